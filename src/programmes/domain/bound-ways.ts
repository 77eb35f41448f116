import { programmeLimitAmount } from '../../policy/domain/programme-limits.js';
import type { Programme } from '../../policy/domain/programmes.js';
import { requiredItems } from '../../policy/domain/programme-items.js';
import { countsOutcomes, type Traits } from './programme-traits.js';
import type { Way, Ways } from './ways.js';

/** Most hundredths that can come into each heap, and most uses of each way. */
export interface WayBounds {
  heaps: number[];
  uses: number[];
}

/**
 * Most of what each heap can hold and each way be used: from all there could be, also by way of other conversions, within
 * the limits of the rules, and, where `wantedCenti` is what may count, no more than that needs. No cheapest plan needs more:
 * small bounds are what makes the search fast. Where that is null it is only what is possible were no rule in the way.
 */
export function boundWays(ways: Ways, start: number[], wantedCenti: number | null): WayBounds {
  const bounds = grownFrom(ways, start, wantedCenti !== null);
  const order = productsFirst(ways);
  if (order === null) return bounds;
  const drawnOn = waysByHeap(ways);
  limitBySupply(ways, { start, order, drawnOn }, bounds);
  if (wantedCenti !== null) limitByDemand(ways, { order, drawnOn }, wantedCenti, bounds);
  return bounds;
}

/** What is there, grown by what can be made of it: counted again for every way that draws on it. */
function grownFrom({ heaps, ways }: Ways, start: number[], isLimited: boolean): WayBounds {
  const most = heaps.map((_, index) => start[index] ?? 0);
  const uses = ways.map(() => 0);
  for (let round = 0; round <= ways.length; round += 1) {
    let hasGrown = false;
    ways.forEach((way, index) => {
      const there = way.feeds.flat().reduce((sum, heap) => sum + most[heap]!, 0);
      const limits = isLimited ? way.limits.map(usesUnder) : [];
      const next = Math.min(way.mostUses, Math.floor(there / way.drawnCenti), ...limits);
      if (next <= uses[index]!) return;
      for (const { heap, centi } of way.products) most[heap]! += (next - uses[index]!) * centi;
      uses[index] = next;
      hasGrown = true;
    });
    if (!hasGrown) break;
  }
  return { heaps: most, uses };
}

/** A limit of outcomes is a matter of which are drawn, one of credit of how much. */
function usesUnder({ unit, left, asked }: Way['limits'][number]): number {
  return unit === 'centi' && asked > 0 ? Math.floor(left / asked) : Infinity;
}

/** Heaps in an order in which what is made of one comes before it; null where conversions go round in a circle. */
function productsFirst({ heaps, ways }: Ways): number[] | null {
  const drawnOn = waysByHeap({ heaps, ways });
  const order: number[] = [];
  const state = heaps.map((): 'new' | 'open' | 'done' => 'new');
  const visit = (heap: number): boolean => {
    if (state[heap] !== 'new') return state[heap] === 'done';
    state[heap] = 'open';
    if (!drawnOn[heap]!.every((way) => ways[way]!.products.every((product) => visit(product.heap)))) return false;
    state[heap] = 'done';
    order.push(heap);
    return true;
  };
  return heaps.every((_, heap) => visit(heap)) ? order : null;
}

/** Indexes of the ways that draw on each heap. */
function waysByHeap({ heaps, ways }: Pick<Ways, 'heaps' | 'ways'>): number[][] {
  const drawnOn = heaps.map((): number[] => []);
  ways.forEach(({ feeds }, index) => new Set(feeds.flat()).forEach((heap) => drawnOn[heap]!.push(index)));
  return drawnOn;
}

/** A hundredth that is there becomes at most so much of a heap, by one chain or another: what one chain takes others have not. */
function limitBySupply(
  { heaps, ways }: Ways,
  { start, order, drawnOn }: { start: number[]; order: number[]; drawnOn: number[][] },
  bounds: WayBounds,
): void {
  const there = [...start.keys()].filter((heap) => start[heap]! > 0);
  const into = ways.map(() => new Map<number, number>());
  heaps.forEach((_, target) => {
    const gains = heaps.map(() => 0);
    gains[target] = 1;
    for (const heap of order) {
      if (heap === target) continue;
      for (const index of drawnOn[heap]!) {
        const { products, drawnCenti } = ways[index]!;
        let made = 0;
        for (const product of products) made += product.centi * gains[product.heap]!;
        if (made > gains[heap]! * drawnCenti) gains[heap] = made / drawnCenti;
      }
    }
    const most = there.reduce((sum, heap) => sum + start[heap]! * gains[heap]!, 0);
    bounds.heaps[target] = Math.min(bounds.heaps[target]!, whole(most));
    for (const index of drawnOn[target]!)
      for (const heap of there) if (gains[heap]! > (into[index]!.get(heap) ?? 0)) into[index]!.set(heap, gains[heap]!);
  });
  ways.forEach(({ drawnCenti }, index) => {
    const most = [...into[index]!].reduce((sum, [heap, gain]) => sum + start[heap]! * gain, 0);
    bounds.uses[index] = Math.min(bounds.uses[index]!, whole(most / drawnCenti));
  });
}

/**
 * Of each heap so much is needed for one hundredth at the end of a chain, by the dearest one. At the end is what counts,
 * what the last step of a conversion leaves over, and what must be there as the minimum of a rule.
 */
function limitByDemand(
  { heaps, ways }: Ways,
  { order, drawnOn }: { order: number[]; drawnOn: number[][] },
  wantedCenti: number,
  bounds: WayBounds,
): void {
  const left = heaps.map(() => 0);
  for (const { rule, feeds, products } of ways) {
    for (const product of products) left[product.heap] = Math.max(left[product.heap]!, product.centi);
    const least = Math.max(...rule.sources.map(({ minimumCenti }) => minimumCenti));
    if (least > 1) for (const heap of feeds.flat()) left[heap]! += least;
  }
  const atEnds = left.reduce((sum, some, heap) => sum + (heaps[heap]!.isConverted ? some : 0), wantedCenti);
  const each = heaps.map(() => 1);
  for (const heap of order)
    for (const index of drawnOn[heap]!) {
      const { products, drawnCenti } = ways[index]!;
      for (const product of products)
        each[heap] = Math.max(each[heap]!, (drawnCenti / product.centi) * each[product.heap]!);
    }
  ways.forEach(({ products }, index) => {
    const needed = products.map((product) => (atEnds * each[product.heap]!) / product.centi);
    bounds.uses[index] = Math.min(bounds.uses[index]!, 1 + whole(Math.max(...needed)));
  });
}

/** Rounded down, but not for what floating point lost. */
function whole(amount: number): number {
  return Math.floor(amount + 1e-6);
}

/**
 * Most hundredths of converted credit that count in a plan with nothing to spare: every one of them is needed for the
 * total, or else for a bucket, a floor or an item; and no more than caps let in of all of it. Infinite where outcomes are
 * asked for.
 */
export function mostWanted(programme: Programme, converted: Traits[]): number {
  const { totalCenti, buckets, floors } = programme;
  const parts = [
    ...buckets.map(({ minimumCenti }) => minimumCenti),
    ...floors.map((floor) => (countsOutcomes(floor) ? Infinity : programmeLimitAmount(programme, floor.limit, 'up'))),
    ...requiredItems(programme).map(({ centi }) => centi),
  ];
  const needed = Math.max(
    totalCenti,
    parts.reduce((sum, part) => sum + part, 0),
  );
  const counting = converted.filter(({ buckets: some }) => some.length > 0);
  const caps = programme.caps.flatMap((cap, index) => {
    const groups = new Set(counting.map(({ caps: some }) => some[index]));
    const isOfAll = !countsOutcomes(cap) && groups.size === 1 && !groups.has(null);
    return isOfAll ? [programmeLimitAmount(programme, cap.limit)] : [];
  });
  return Math.min(needed, ...caps);
}
