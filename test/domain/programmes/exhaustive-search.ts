import type { OutcomeFacts } from '../../../src/kernel/outcome.js';
import type { EvaluationCase } from '../../../src/programmes/domain/evaluate-programme.js';

/**
 * Every way of sharing a few hundredths among buckets, tried one by one: what the evaluation must agree with. It knows
 * buckets with surplus, caps and floors of credit by credit type or provider, and numbers of outcomes.
 */
export function leastThatMeets({ programme, lots, sources }: EvaluationCase): number | null {
  let least: number | null = null;
  const counted = lots.map(() => new Map<string, number>());
  const fits = (facts: OutcomeFacts) => {
    const found = new Set<string>();
    for (const { code, accepts } of programme.buckets) {
      if (accepts.creditTypes.length > 0 && !accepts.creditTypes.includes(facts.creditType)) continue;
      for (let at: string | null = code; at !== null && !found.has(at);) {
        found.add(at);
        at = programme.buckets.find((bucket) => bucket.code === at)!.overflowTo;
      }
    }
    return [...found];
  };
  const tryLot = (index: number): void => {
    const lot = lots[index];
    if (!lot) {
      const taken = check(counted);
      if (taken !== null && (least === null || taken < least)) least = taken;
      return;
    }
    const buckets = fits(sources.get(lot.lot)!);
    const share = (at: number, left: number): void => {
      if (at === buckets.length) return tryLot(index + 1);
      for (let some = 0; some <= left; some += 1) {
        counted[index]!.set(buckets[at]!, some);
        share(at + 1, left - some);
      }
      counted[index]!.set(buckets[at]!, 0);
    };
    share(0, lot.buckets['available']!);
  };
  const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
  const check = (parts: Map<string, number>[]): number | null => {
    const ofLot = parts.map((part) => sum(part.values()));
    const total = sum(ofLot);
    if (total < programme.totalCenti) return null;
    for (const { code, minimumCenti, maximumCenti } of programme.buckets) {
      const here = sum(parts.map((part) => part.get(code) ?? 0));
      if (here < minimumCenti || here > (maximumCenti ?? Infinity)) return null;
    }
    const speaksOf = ({ creditTypes, providers }: { creditTypes: string[]; providers: string[] }, index: number) => {
      const facts = sources.get(lots[index]!.lot)!;
      return (
        (creditTypes.length === 0 || creditTypes.includes(facts.creditType)) &&
        (providers.length === 0 || providers.includes(facts.provider!))
      );
    };
    for (const { limit, only, each } of programme.caps) {
      const groups = new Map<string, number>();
      lots.forEach((lot, index) => {
        if (!speaksOf(only, index)) return;
        const group = each.includes('provider') ? sources.get(lot.lot)!.provider! : '';
        const size = limit.unit === 'count' ? Math.min(1, ofLot[index]!) : ofLot[index]!;
        groups.set(group, (groups.get(group) ?? 0) + size);
      });
      if (limit.unit !== 'share' && [...groups.values()].some((used) => used > limit.amount)) return null;
    }
    for (const { limit, only } of programme.floors) {
      const some = ofLot.map((amount, index) => {
        if (!speaksOf(only, index)) return 0;
        return limit.unit === 'count' ? Number(amount === lots[index]!.buckets['available']) : amount;
      });
      if (limit.unit !== 'share' && sum(some) < limit.amount) return null;
    }
    return total;
  };
  tryLot(0);
  return least;
}
