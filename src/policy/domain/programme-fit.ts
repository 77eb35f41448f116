import { OUTCOME_CLASSES, OUTCOME_ORIGINS } from '../../kernel/outcome.js';
import { formatCredit } from '../../kernel/credit.js';
import { overflowOf, type Bucket } from './buckets.js';
import type { FindMistake, Mistake } from './mistake.js';
import type { KnownNames, OutcomePattern } from './outcome-pattern.js';
import { programmeLimitAmount, type ProgrammeLimit } from './programme-limits.js';

/** What of a programme asks for credit, and where it may count. */
interface Fit {
  totalCenti: number;
  requiredCenti: number;
  buckets: Bucket[];
  items: { code: string; creditType: string; centi: number; isRequired: boolean }[];
  caps: ProgrammeLimit[];
  floors: ProgrammeLimit[];
}

/**
 * What a programme asks for and nobody could ever reach: required items or floors of more than its total, items of more
 * than the buckets can hold that may take them, and buckets or caps that together let less count than the total.
 */
export function unfitMistakes(programme: Fit, wrong: FindMistake, known: KnownNames): Mistake[] {
  const { totalCenti, buckets, floors } = programme;
  const found: Mistake[] = [];
  const room = buckets.reduce((sum, { maximumCenti }) => sum + (maximumCenti ?? Infinity), 0);
  if (room < totalCenti) found.push(wrong('total', 'no-room-for-total', formatCredit(room)));
  const most = mostUnderCaps(programme);
  if (most < totalCenti) found.push(wrong('total', 'caps-below-total', formatCredit(most)));
  found.push(...unreachableItems(programme, wrong, known));
  for (const [index, { code, limit }] of floors.entries())
    if (limit.unit === 'centi' && limit.amount > totalCenti)
      found.push(
        wrong(
          `floors/${index}/limit/credit`,
          'floor-over-total',
          code,
          formatCredit(limit.amount),
          formatCredit(totalCenti),
        ),
      );
  return found;
}

/** More kinds than that are not looked through. */
const MOST_KINDS = 10;

/**
 * Most credit that caps on origins, classes or types of learning let count where together they speak of all learning:
 * what is not under one of them is under another. Infinite where some learning is under none.
 */
function mostUnderCaps(programme: Fit): number {
  // A bucket that takes every type takes those of later packs as well.
  const types = programme.buckets.every(({ accepts }) => accepts.creditTypes.length > 0)
    ? new Set(programme.buckets.flatMap(({ accepts }) => accepts.creditTypes))
    : [];
  const kinds: ['origins' | 'outcomeClasses' | 'creditTypes', string[]][] = [
    ['origins', [...OUTCOME_ORIGINS]],
    ['outcomeClasses', [...OUTCOME_CLASSES]],
    ['creditTypes', [...types]],
  ];
  return Math.min(...kinds.map(([field, all]) => leastCover(programme, field, all)));
}

/** Least sum of caps that speak of all kinds of one field of a pattern and ask nothing else. */
function leastCover(programme: Fit, field: 'origins' | 'outcomeClasses' | 'creditTypes', all: string[]): number {
  if (all.length === 0 || all.length > MOST_KINDS) return Infinity;
  // By the set of kinds that are covered, as bits.
  const least = new Array<number>(2 ** all.length).fill(Infinity);
  least[0] = 0;
  for (const { limit, each, only } of programme.caps) {
    if (limit.unit === 'count' || limit.unit === 'second' || each.length > 0 || !asksOnly(only, field)) continue;
    const names: string[] = only[field];
    const covers = all.reduce(
      (bits, kind, bit) => (names.length === 0 || names.includes(kind) ? bits | (1 << bit) : bits),
      0,
    );
    const amount = programmeLimitAmount(programme, limit);
    for (let set = least.length - 1; set >= 0; set -= 1)
      least[set | covers] = Math.min(least[set | covers]!, least[set]! + amount);
  }
  return least.at(-1)!;
}

function asksOnly(pattern: OutcomePattern, field: keyof OutcomePattern): boolean {
  return Object.entries(pattern).every(
    ([name, asked]) =>
      name === field || asked === null || asked === false || (Array.isArray(asked) && asked.length === 0),
  );
}

function unreachableItems(programme: Fit, wrong: FindMistake, known: KnownNames): Mistake[] {
  const { totalCenti } = programme;
  const required = [...programme.items.entries()].filter(([, { isRequired }]) => isRequired);
  const found = required.flatMap(([index, item]) => {
    const { code, creditType, centi } = item;
    const at = `items/${index}/credit`;
    const credit = formatCredit(centi);
    if (centi > totalCenti) return [wrong(at, 'item-over-total', code, credit, formatCredit(totalCenti))];
    // Which buckets an unknown type belongs in is unknown as well.
    if (centi === 0 || !known.creditTypes.has(creditType)) return [];
    const room = roomFor(programme, item);
    if (room === null) return [wrong(`items/${index}/creditType`, 'item-without-bucket', code, creditType)];
    return room < centi ? [wrong(at, 'item-over-buckets', code, credit, formatCredit(room))] : [];
  });
  const sum = required.reduce((whole, [, { centi }]) => whole + centi, 0);
  // Of an item that is more than the total by itself all of them together are too.
  if (sum > totalCenti && required.every(([, { centi }]) => centi <= totalCenti))
    found.push(wrong('total', 'items-over-total', formatCredit(sum)));
  return found;
}

/** Most credit that can count of an item: one that several buckets take may be shared out; null where none takes it. */
function roomFor({ buckets }: Pick<Fit, 'buckets'>, { creditType }: Fit['items'][number]): number | null {
  const takers = buckets.filter(
    ({ accepts: { creditTypes } }) => creditTypes.length === 0 || creditTypes.includes(creditType),
  );
  if (takers.length === 0) return null;
  const reached = new Set(takers.flatMap(({ code }) => [code, ...overflowOf(buckets, code)]));
  return buckets
    .filter(({ code }) => reached.has(code))
    .reduce((sum, { maximumCenti }) => sum + (maximumCenti ?? Infinity), 0);
}
