import type { OutcomeFacts } from '../../kernel/outcome.js';
import { overflowOf } from '../../policy/domain/buckets.js';
import type { CapDimension } from '../../policy/domain/caps.js';
import { matchesOutcome } from '../../policy/domain/outcome-pattern.js';
import type { ProgrammeLimit } from '../../policy/domain/programme-limits.js';
import {
  directBuckets,
  requiredItems,
  standsForItem,
  type ProgrammeRules,
} from '../../policy/domain/programme-items.js';
import type { Programme } from '../../policy/domain/programmes.js';
import { duplicateTitle } from '../../policy/domain/title-rules.js';

/** Everything a programme wants to know of a piece of learning: credit with the same traits can stand in for each other. */
export interface Traits {
  /** Buckets it may count in: those that accept it, then those that take their surplus. */
  buckets: { code: string; isSurplus: boolean }[];
  /** Group in which each cap counts it; null where the cap does not speak of it. */
  caps: (string | null)[];
  floors: boolean[];
  /** Codes of the required items it may stand for. */
  items: string[];
  /** What it is: credit of one course can stand for a required item together. */
  thing: string;
}

/** What a programme asks of a piece of learning, answered. */
export function traitsOf(rules: ProgrammeRules, programme: Programme, facts: OutcomeFacts): Traits {
  const { levelSchemes, titleRules } = rules;
  const codes = directBuckets(rules, programme, facts).map(({ code }) => code);
  const surplus = new Set(codes.flatMap((code) => overflowOf(programme.buckets, code)));
  return {
    buckets: [
      ...codes.map((code) => ({ code, isSurplus: false })),
      ...[...surplus].filter((code) => !codes.includes(code)).map((code) => ({ code, isSurplus: true })),
    ],
    caps: programme.caps.map((cap) => (matchesOutcome(cap.only, facts, levelSchemes) ? groupIn(cap, facts) : null)),
    floors: programme.floors.map(({ only }) => matchesOutcome(only, facts, levelSchemes)),
    items: requiredItems(programme)
      .filter((item) => standsForItem(rules, item, facts))
      .map(({ code }) => code),
    thing: facts.item === null ? `title ${duplicateTitle(titleRules, facts.title)}` : `item ${facts.item}`,
  };
}

/**
 * Traits of credit of which it is not known what kind it will be: whatever any of the kinds may do, and only the caps
 * that speak of all of them. What is planned with them is never dearer than what can be done.
 */
export function traitsOfAny(rules: ProgrammeRules, programme: Programme, kinds: OutcomeFacts[]): Traits {
  const all = kinds.map((facts) => traitsOf(rules, programme, facts));
  const [first] = all;
  const buckets = new Map(all.flatMap(({ buckets: some }) => some.map((bucket) => [bucket.code, bucket])));
  return {
    buckets: [...buckets.values()],
    caps: first!.caps.map((group, index) => (all.every(({ caps }) => caps[index] === group) ? group : null)),
    floors: first!.floors.map((_, index) => all.some(({ floors }) => floors[index])),
    items: [...new Set(all.flatMap(({ items }) => items))],
    thing: first!.thing,
  };
}

/** True for a cap or floor that counts outcomes, not credit. */
export function countsOutcomes({ limit }: ProgrammeLimit): boolean {
  return limit.unit === 'count';
}

/** True when a cap or floor that counts outcomes speaks of it: then each outcome is by itself. */
export function isNumbered({ caps, floors }: Programme, traits: Traits): boolean {
  return (
    caps.some((cap, index) => countsOutcomes(cap) && traits.caps[index] !== null) ||
    floors.some((floor, index) => countsOutcomes(floor) && traits.floors[index])
  );
}

function groupIn({ each }: ProgrammeLimit, facts: OutcomeFacts): string {
  const parts: Record<CapDimension, string | null> = {
    'activity-type': facts.activityType,
    item: facts.item,
    provider: facts.provider,
    'outcome-class': facts.outcomeClass,
    'credit-type': facts.creditType,
  };
  return each.map((dimension) => parts[dimension] ?? '—').join(' ');
}
