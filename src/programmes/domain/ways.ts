import { groupBy } from '../../kernel/group-by.js';
import type { OutcomeFacts } from '../../kernel/outcome.js';
import { programmesOf, type ConversionRule } from '../../policy/domain/conversion-rules.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';
import type { Programme } from '../../policy/domain/programmes.js';
import type { Learning, NotConsidered, PlanCare, RuleBook, RuleLimit, StartCredit } from './plan-credit.js';
import type { ProgrammeRules } from '../../policy/domain/programme-items.js';
import { countsOutcomes } from './programme-traits.js';

/** Credit that no rule can tell apart: conversions draw on it as on one heap. */
export interface Heap {
  /** One of those in it, as good as any other for the rules of conversion. */
  learning: Learning;
  /** What the programme may tell apart in it, by its own signature. */
  kinds: Map<string, OutcomeFacts>;
  /** Brought in by conversions of the plan, not there or earned. */
  isConverted: boolean;
  /** One outcome; null where a heap holds many and nothing asks which. */
  outcome: string | null;
  amountCenti: number;
  /** Rules with single use that what is in it has served. */
  served: ConversionRule[];
}

/** A rule as a plan may use it: so much of some heaps, so often, becomes so much in others. */
export interface Way {
  rule: ConversionRule;
  /** Heaps for each source of the rule, by index. */
  feeds: number[][];
  /** Hundredths that one use draws, of all heaps together. */
  drawnCenti: number;
  /** Uses are orders of their own: not where a ratio takes steps. */
  mostUses: number;
  products: { heap: number; centi: number }[];
  limits: RuleLimit[];
}

/** Everything a plan may convert, and what it leaves out. */
export interface Ways {
  heaps: Heap[];
  ways: Way[];
  /** Heap of each credit given; -1 where no rule draws on it. */
  heapOf: number[];
  notConsidered: NotConsidered[];
  care: PlanCare;
}

/** What ways are looked for in. */
export interface WaysCase {
  pack: PolicyPack;
  programme: Programme;
  rules: ProgrammeRules;
  credit: StartCredit[];
  book: RuleBook;
  today: string;
  care: PlanCare;
  /** Keeps credit of these labels apart, so that each order draws on one supply alone. */
  apartBy: (index: number) => string;
  /** Rules that an earlier try showed not to work together. */
  dropped: Set<string>;
}

/** True when what one rule used may not serve the other. */
export function clash(a: ConversionRule, b: ConversionRule): boolean {
  if (a === b) return false;
  if (a.singleUse === 'ever' || b.singleUse === 'ever') return true;
  const isShared = programmesOf(a).some((code) => programmesOf(b).includes(code));
  return isShared && (a.singleUse !== null || b.singleUse !== null);
}

/** How often a rule may be used at most: what replaces an item replaces it once. */
export function repeats({ targets }: ConversionRule, most: number): number {
  return targets.some(({ item }) => item !== null) ? 1 : most;
}

/** What a rule draws of one outcome it takes whole, or null when that outcome alone does not do. */
export function wholeDraw(rule: ConversionRule, amountCenti: number, ownCenti: number): number | null {
  if (amountCenti < rule.sources[0]!.minimumCenti) return null;
  if (rule.mode === 'ratio') return amountCenti % ownCenti === 0 ? amountCenti : null;
  const isEnough = amountCenti >= ownCenti || (rule.mode === 'fixed' && rule.isWholeOnly);
  if (!isEnough) return null;
  return rule.surplusType === null ? Math.min(amountCenti, ownCenti) : amountCenti;
}

/** What a way brings in, each heap once. */
export function mergeProducts(products: Way['products']): Way['products'] {
  return [...groupBy(products, ({ heap }) => heap)].map(([heap, some]) => ({
    heap,
    centi: some.reduce((sum, { centi }) => sum + centi, 0),
  }));
}

/** What a conversion makes of learning that differs from the tried one: what all it took has in common stays. */
export function keptFacts(source: OutcomeFacts, made: OutcomeFacts): OutcomeFacts {
  const { outcomeClass, activityType, provider, level, isAssessed, startsOn, endsOn } = source;
  return { ...made, outcomeClass, activityType, provider, level, isAssessed, startsOn, endsOn };
}

/** Ways that bring something that counts, or that such a way can draw on. */
export function usefulWays(ways: Way[], heaps: Heap[], counts: (heap: Heap) => boolean): Way[] {
  const useful = new Set([...heaps.keys()].filter((index) => counts(heaps[index]!)));
  const kept = new Set<Way>();
  for (let before = -1; before !== kept.size;) {
    before = kept.size;
    for (const way of ways) {
      if (kept.has(way) || !way.products.some(({ heap }) => useful.has(heap))) continue;
      kept.add(way);
      way.feeds.flat().forEach((heap) => useful.add(heap));
    }
  }
  return ways.filter((way) => kept.has(way));
}

/** Where one outcome serves once, every use is a way of its own, so that no outcome is in two of them. */
export function inOrders(way: Way, heaps: Heap[]): { orders: Way[]; isCut: boolean } {
  const { rule, mostUses, feeds, drawnCenti } = way;
  if (rule.singleUse === null || mostUses === Infinity || mostUses === 1) return { orders: [way], isCut: false };
  const there = feeds.flat().reduce((sum, heap) => sum + heaps[heap]!.amountCenti, 0);
  const uses = Math.min(mostUses, Math.floor(there / drawnCenti));
  const orders = Array.from({ length: Math.max(1, uses) }, () => ({ ...way, mostUses: 1 }));
  return { orders, isCut: uses === mostUses };
}

/** True where it matters which outcome a rule draws. */
export function isByOutcome(pack: PolicyPack, rule: ConversionRule): boolean {
  const programmes = pack.programmes.filter(({ code }) => programmesOf(rule).includes(code));
  return (
    rule.isWholeOnly ||
    rule.surplusType !== null ||
    rule.caps.some(({ limit, per }) => limit.unit === 'count' || per === 'visit') ||
    programmes.some(({ caps }) => caps.some(countsOutcomes)) ||
    (rule.singleUse !== null && rule.mode !== 'ratio' && rule.targets.every(({ item }) => item === null))
  );
}
