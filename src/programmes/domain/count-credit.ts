import type { Programme } from '../../policy/domain/programmes.js';
import { bySoonest, type CountableLot } from './countable-lots.js';
import { gatherSupplies, shareOut, type CountedPart, type LotSupply } from './gather-supplies.js';
import type { IntegerProgramme, Row, Solve } from './integer-programme.js';
import { layOutProgramme, type LaidOut } from './lay-out-programme.js';
import { requiredItems, type ProgrammeRules } from '../../policy/domain/programme-items.js';

/** What counts where. */
export interface Counted {
  parts: CountedPart[];
  /** Which thing stands for which required item. */
  standIns: { item: string; thing: string }[];
}

/**
 * The assignment of credit to buckets that leaves the least missing, and of those the one that counts most. No greedy
 * order finds it where lots fit several buckets or caps cross them, so it is an integer programme: a programme that can
 * be met is always found to be met. Where every lot fits one bucket and nothing else is asked, adding up is enough.
 */
export function countMost(rules: ProgrammeRules, programme: Programme, lots: CountableLot[], solve: Solve): Counted {
  const supplies = gatherSupplies(rules, programme, lots);
  if (isPlain(programme, supplies)) return { parts: addUp(programme, supplies, 'all'), standIns: [] };
  const layout = layOutProgramme(programme, supplies, true);
  supplyRows(layout, supplies);
  const { builder, shortages, uses } = layout;
  const least = best(solve, builder.minimising(shortages.map(({ column, weight }) => [column, weight])));
  const missing = shortages.reduce((sum, { column, weight }) => sum + weight * least[column]!, 0);
  const noWorse: Row = {
    name: 'least missing',
    terms: shortages.map(({ column, weight }) => [column, weight]),
    lower: 0,
    upper: missing,
  };
  // Credit rather counts where it belongs than as the surplus of another bucket.
  const counts = uses.map(({ column, isSurplus }): [number, number] => [
    column,
    isSurplus ? -OWN_BUCKET + 1 : -OWN_BUCKET,
  ]);
  const values = best(solve, builder.minimising(counts, [noWorse]));
  const standIns = layout.standIns.filter(({ gives }) => values[gives]! > 0);
  return { parts: toParts(layout, supplies, values), standIns };
}

/** A hundredth in a bucket of its own is preferred to one that is surplus; counting more goes before both. */
const OWN_BUCKET = 10_000;

/** The least credit that meets a programme, soonest to expire first where there is a choice; null when none does. */
export function countLeast(
  rules: ProgrammeRules,
  programme: Programme,
  lots: CountableLot[],
  solve: Solve,
): CountedPart[] | null {
  const supplies = gatherSupplies(rules, programme, lots, { apartBy: ({ lot }) => lot.validUntil ?? '' });
  if (isPlain(programme, supplies)) return addUp(programme, supplies, 'needed');
  const layout = layOutProgramme(programme, supplies, false);
  supplyRows(layout, supplies);
  const { builder, uses } = layout;
  const all = uses.map(({ column }): [number, number] => [column, 1]);
  const first = solve(builder.minimising(all));
  if (first.status !== 'best') {
    if (first.status === 'none') return null;
    throw new Error('The solver ran out of time over an award');
  }
  const taken = uses.reduce((sum, { column }) => sum + first.values[column]!, 0);
  const noMore: Row = { name: 'least credit', terms: all, lower: taken, upper: taken };
  const order = new Map(
    [...new Set(supplies.map(({ lots: [lot] }) => lot!.lot.validUntil ?? '9999'))]
      .sort()
      .map((day, rank) => [day, rank]),
  );
  const soonest = uses.map(({ column, supply }): [number, number] => [
    column,
    order.get(supplies[supply]!.lots[0]!.lot.validUntil ?? '9999')!,
  ]);
  return toParts(layout, supplies, best(solve, builder.minimising(soonest, [noMore])));
}

function best(solve: Solve, problem: IntegerProgramme): number[] {
  const solution = solve(problem);
  if (solution.status === 'best') return solution.values;
  throw new Error(`The solver has no answer for an evaluation: ${solution.status}`);
}

/** A supply in several buckets gives no more than it has: no hundredth counts twice. */
function supplyRows({ builder, uses }: LaidOut, supplies: LotSupply[]): void {
  supplies.forEach(({ amountCenti, traits }, index) => {
    if (traits.buckets.length < 2) return;
    const terms = uses.filter(({ supply }) => supply === index).map(({ column }): [number, number] => [column, 1]);
    builder.row('supply', terms, 0, amountCenti);
  });
}

function toParts({ uses }: LaidOut, supplies: LotSupply[], values: number[]): CountedPart[] {
  return supplies.flatMap((supply, index) =>
    shareOut(
      supply,
      uses
        .filter((use) => use.supply === index)
        .map(({ bucket, column }) => ({ bucket, amountCenti: values[column]! })),
    ),
  );
}

/** True where every lot fits one bucket at most and only buckets and a total are asked. */
function isPlain(programme: Programme, supplies: LotSupply[]): boolean {
  return (
    programme.caps.length === 0 &&
    programme.floors.length === 0 &&
    requiredItems(programme).length === 0 &&
    supplies.every(({ traits }) => traits.buckets.length < 2)
  );
}

/** All that fits, or of each bucket its minimum and then what the total still needs, soonest to expire first. */
function addUp(programme: Programme, supplies: LotSupply[], how: 'all' | 'needed'): CountedPart[] {
  const room = new Map(programme.buckets.map(({ code, maximumCenti }) => [code, maximumCenti ?? Infinity]));
  const minimum = new Map(programme.buckets.map(({ code, minimumCenti }) => [code, minimumCenti]));
  let extra = programme.totalCenti - [...minimum.values()].reduce((sum, each) => sum + each, 0);
  const taken = new Map<CountableLot, CountedPart>();
  const inOrder = supplies
    .flatMap(({ lots, traits }) => lots.map((lot) => ({ lot, bucket: traits.buckets[0]?.code })))
    .sort((a, b) => bySoonestLot(a.lot, b.lot));
  const take = (lot: CountableLot, bucket: string, most: number): number => {
    const part = taken.get(lot) ?? { lot, bucket, amountCenti: 0 };
    const amount = Math.min(most, lot.amountCenti - part.amountCenti, room.get(bucket)!);
    room.set(bucket, room.get(bucket)! - amount);
    taken.set(lot, { ...part, amountCenti: part.amountCenti + amount });
    return amount;
  };
  for (const { lot, bucket } of inOrder) {
    if (bucket === undefined) continue;
    if (how === 'all') take(lot, bucket, Infinity);
    else minimum.set(bucket, minimum.get(bucket)! - take(lot, bucket, minimum.get(bucket)!));
  }
  if (how === 'needed')
    for (const { lot, bucket } of inOrder) if (bucket !== undefined) extra -= take(lot, bucket, extra);
  return [...taken.values()].filter(({ amountCenti }) => amountCenti > 0);
}

function bySoonestLot(a: CountableLot, b: CountableLot): number {
  return bySoonest(a.lot, b.lot);
}
