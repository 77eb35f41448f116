import type { OutcomeFacts } from '../../kernel/outcome.js';
import { capUse, type CountedOutcome } from '../../policy/domain/caps.js';
import { isRuleInForce, programmesOf, takesFrom } from '../../policy/domain/conversion-rules.js';
import { directBuckets, requiredItems, standsForItem } from '../../policy/domain/programme-items.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';
import { duplicateTitle, substituteTitle } from '../../policy/domain/title-rules.js';
import { adviceNotes, type AdviceNote } from './advice-words.js';
import { stepOf } from './amount-checks.js';
import type { Check, ConversionDecision, ConversionInputs, SourceLot } from './conversion-case.js';
import { decideByRule } from './decide-by-rule.js';

/** Learning already in the book, as advice looks at it. */
export interface EarlierLearning extends CountedOutcome {
  /** Version of its entry. */
  entry: number;
}

/** Something the learner has that is the same, or nearly. */
export interface Duplicate {
  entry: number;
  title: string;
  how: 'same-item' | 'same-title' | 'similar-title';
  /** True: awards count one of the two. Hours attended add up instead. */
  countsOnce: boolean;
}

/** How a cap on what comes in would stand. Hundredths, seconds or a number, as `unit` says. */
export interface IntakeCap {
  cap: string;
  unit: 'second' | 'centi' | 'count';
  limit: number;
  used: number;
  left: number;
  asked: number;
  whenOver: 'cut' | 'refuse';
}

/** Where credit of a course would count as it is. */
export interface DirectUse {
  programme: string;
  /** Required item of the programme that it would stand for, as the evaluation says. */
  item: string | null;
}

/** What a course not taken yet would be worth to one learner. */
export interface Advice {
  duplicates: Duplicate[];
  caps: IntakeCap[];
  direct: DirectUse[];
  conversions: ConversionDecision[];
  notes: AdviceNote[];
}

/** Learning that is planned: its facts and size. */
export type PlannedOutcome = CountedOutcome;

/**
 * Answers before enrolment what the rules will say after it, by the same functions: is it a duplicate, which cap is in the
 * way, where does it count as it is, and what would every rule in force make of it (DOMAIN CNV-6).
 */
export function advise(
  pack: PolicyPack,
  planned: PlannedOutcome,
  earlier: EarlierLearning[],
  book: Pick<ConversionInputs, 'status' | 'isMerged' | 'today' | 'lots' | 'history'> & { programme: string | null },
): Advice {
  const said = {
    duplicates: duplicatesOf(pack, planned, earlier),
    caps: intakeCaps(pack, planned, earlier),
    direct: directUses(pack, planned).filter(
      ({ programme }) => book.programme === null || programme === book.programme,
    ),
    conversions: plannedConversions(pack, planned, book),
  };
  return { ...said, notes: adviceNotes(pack, planned, said, book) };
}

function duplicatesOf(pack: PolicyPack, planned: PlannedOutcome, earlier: EarlierLearning[]): Duplicate[] {
  const [same, near] = [
    duplicateTitle(pack.titleRules, planned.title),
    substituteTitle(pack.titleRules, planned.title),
  ];
  const found = earlier.flatMap(({ entry, title, item, origin, outcomeClass }): Duplicate[] => {
    if (origin === 'conversion') return [];
    const classes = [outcomeClass, planned.outcomeClass];
    const countsOnce = !classes.includes('activity');
    if (item !== null && item === planned.item) return [{ entry, title, how: 'same-item', countsOnce }];
    if (title === '' || planned.title === '') return [];
    if (duplicateTitle(pack.titleRules, title) === same)
      return [{ entry, title, how: 'same-title', countsOnce: countsOnce && !classes.includes('unformatted') }];
    return substituteTitle(pack.titleRules, title) === near
      ? [{ entry, title, how: 'similar-title', countsOnce: false }]
      : [];
  });
  // Forty visits to one course are one duplicate.
  return [...new Map(found.reverse().map((each) => [`${each.how} ${each.title}`, each])).values()].reverse();
}

function intakeCaps(pack: PolicyPack, planned: PlannedOutcome, earlier: EarlierLearning[]): IntakeCap[] {
  const counted = earlier.filter(({ origin }) => origin !== 'conversion');
  return pack.caps.flatMap((cap) => {
    // Its short caps have already cut what is planned.
    if (cap.short) return [];
    const use = capUse(cap, pack, counted, planned);
    if (!use) return [];
    const { unit, amount } = cap.limit;
    const asked = { second: planned.seconds, centi: planned.centi, count: 1 }[unit];
    return [{ cap: cap.code, unit, limit: amount, used: use.used, left: use.left, asked, whenOver: cap.whenOver }];
  });
}

function directUses(pack: PolicyPack, outcome: OutcomeFacts): DirectUse[] {
  return pack.programmes
    .filter((programme) => directBuckets(pack, programme, outcome).length > 0)
    .map((programme) => {
      const item = requiredItems(programme).find((each) => standsForItem(pack, each, outcome));
      return { programme: programme.code, item: item?.code ?? null };
    });
}

/** Stands for the entry of what is only planned. No entry has this version: nothing of it was ever used. */
const PLANNED_ENTRY = 0;

function plannedConversions(
  pack: PolicyPack,
  planned: PlannedOutcome,
  { programme, lots, ...book }: Parameters<typeof advise>[3],
): ConversionDecision[] {
  const number = lots.reduce((highest, { lot }) => Math.max(highest, lot), 0) + 1_000_000;
  const { seconds: _, centi, ...facts } = planned;
  const category = pack.creditTypes.find(({ code }) => code === facts.creditType)?.category ?? null;
  const lot: SourceLot = {
    ...{ lot: number, creditType: facts.creditType, availableCenti: centi, isWhole: true, validUntil: null, facts },
    roots: [{ entry: PLANNED_ENTRY, creditType: facts.creditType, category }],
  };
  return pack.conversionRules
    .filter((rule) => isRuleInForce(rule, book.today) && takesFrom(rule, facts.creditType))
    .filter((rule) => programme === null || programmesOf(rule).includes(programme) || rule.cap?.programme === programme)
    .map((rule) => {
      const isAlone = rule.sources.length === 1;
      const step = stepOf(rule);
      const asked = {
        ...{ from: null, to: null, rule: rule.code, programme: null, lots: isAlone ? [number] : null },
        fromCenti: rule.mode === 'ratio' ? Math.floor(centi / step) * step : null,
      };
      const { decision } = decideByRule(pack, rule, { ...book, asked, lots: [...lots, lot], restCenti: 0 });
      return { ...decision, checks: decision.checks.map((check) => withoutNumber(check, number, facts.title)) };
    });
}

/** What is only planned is in no lot yet: its title stands where a check names the lot. */
function withoutNumber(check: Check, number: number, title: string): Check {
  const facts = Object.entries(check.facts).map(([name, fact]) => {
    const planned = { lots: number, unsuitable: number, leftOut: number, outcomes: PLANNED_ENTRY }[name];
    if (planned === undefined || typeof fact !== 'string') return [name, fact];
    const names = fact.split(', ').map((each) => (each === String(planned) ? `《${title}》` : each));
    return [name, names.join(', ')];
  });
  return { ...check, facts: Object.fromEntries(facts) as Check['facts'] };
}
