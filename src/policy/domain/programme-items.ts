import type { OutcomeFacts } from '../../kernel/outcome.js';
import type { CreditType } from './credit-types.js';
import type { LevelScheme } from './level-schemes.js';
import { isAtLeast, matchesOutcome } from './outcome-pattern.js';
import type { Bucket } from './buckets.js';
import type { Programme, ProgrammeItem } from './programmes.js';
import { substituteTitle, type TitleRules } from './title-rules.js';

/** The parts of a pack besides the programme itself that say where learning counts in it. */
export interface ProgrammeRules {
  creditTypes: CreditType[];
  levelSchemes: LevelScheme[];
  titleRules: TitleRules;
}

/*
 * Where a piece of learning counts in a programme as it is. The one place that says it: advice before enrolment, the
 * evaluation, the award and the plan all ask here.
 */

/** Buckets that take a piece of learning as it is; none where it is barred from the programme. */
export function directBuckets(rules: ProgrammeRules, programme: Programme, facts: OutcomeFacts): Bucket[] {
  if (isBarredFrom(programme, rules, facts)) return [];
  return programme.buckets.filter(({ accepts }) => matchesOutcome(accepts, facts, rules.levelSchemes));
}

/** Whatever buckets accept: what is or began as leisure credit counts towards no degree (Shanghai). */
export function isBarredFrom(
  { category }: Pick<Programme, 'category'>,
  { creditTypes }: Pick<ProgrammeRules, 'creditTypes'>,
  { creditType, beganAsLeisure }: OutcomeFacts,
): boolean {
  if (category !== 'degree') return false;
  return beganAsLeisure === true || creditTypes.find(({ code }) => code === creditType)?.category === 'leisure';
}

/** Items that must be there. */
export function requiredItems({ items }: Pick<Programme, 'items'>): ProgrammeItem[] {
  return items.filter(({ isRequired }) => isRequired);
}

/** A course of the item, an outcome granted for it, or one with its title or a near-synonym; what may not be exempted is done here. */
export function standsForItem(
  { levelSchemes, titleRules }: Pick<ProgrammeRules, 'levelSchemes' | 'titleRules'>,
  item: ProgrammeItem,
  facts: OutcomeFacts,
): boolean {
  if (facts.creditType !== item.creditType) return false;
  if (!item.isExemptible && facts.origin !== 'attendance') return false;
  if (!reachesLevel(levelSchemes, item, facts)) return false;
  if (facts.item !== null && (facts.item === item.code || item.courses.includes(facts.item))) return true;
  const title = substituteTitle(titleRules, facts.title);
  return title !== '' && [item.title.zh, item.title.en].some((each) => substituteTitle(titleRules, each) === title);
}

/**
 * What says its level must reach the item's. What says none reaches no level, but for the item's own course passed here:
 * the programme itself says that it is the item.
 */
function reachesLevel(schemes: LevelScheme[], { level, courses }: ProgrammeItem, facts: OutcomeFacts): boolean {
  if (level === null) return true;
  if (facts.level !== null) return isAtLeast(schemes, facts.level, level);
  const isPassedHere = facts.origin === 'attendance' && facts.isAssessed;
  return isPassedHere && facts.item !== null && courses.includes(facts.item);
}
