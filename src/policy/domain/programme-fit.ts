import { formatCredit } from '../../kernel/credit.js';
import { overflowOf, type Bucket } from './buckets.js';
import type { FindMistake, Mistake } from './mistake.js';
import type { KnownNames } from './outcome-pattern.js';
import type { ProgrammeLimit } from './programme-limits.js';

/** What of a programme asks for credit, and where it may count. */
interface Fit {
  totalCenti: number;
  buckets: Bucket[];
  items: { code: string; creditType: string; centi: number; isRequired: boolean }[];
  floors: ProgrammeLimit[];
}

/**
 * What a programme asks for and nobody could ever reach: required items or floors of more than its total, items of more
 * than the buckets can hold that may take them, and buckets that together hold less than the total.
 */
export function unfitMistakes(programme: Fit, wrong: FindMistake, known: KnownNames): Mistake[] {
  const { totalCenti, buckets, floors } = programme;
  const found: Mistake[] = [];
  const room = buckets.reduce((sum, { maximumCenti }) => sum + (maximumCenti ?? Infinity), 0);
  if (room < totalCenti) found.push(wrong('total', 'no-room-for-total', formatCredit(room)));
  found.push(...unreachableItems(programme, wrong, known));
  for (const [index, { code, limit }] of floors.entries())
    if (limit.unit === 'centi' && limit.amount > totalCenti)
      found.push(wrong(`floors/${index}/limit/credit`, 'floor-over-total', code, formatCredit(totalCenti)));
  return found;
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
