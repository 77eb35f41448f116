import { groupBy } from '../../kernel/group-by.js';
import { oncePer } from '../../kernel/once-per.js';
import type { OutcomeFacts } from '../../kernel/outcome.js';
import { isRuleInForce, type ConversionRule } from '../../policy/domain/conversion-rules.js';
import { matchesOutcome } from '../../policy/domain/outcome-pattern.js';
import { signatureOf, type Learning, type NotConsidered, type Probe } from './plan-credit.js';
import { leftOut, whyLeftOut } from './left-out-words.js';
import { traitsOf } from './programme-traits.js';
import {
  clash,
  inOrders,
  isByOutcome,
  keptFacts,
  mergeProducts,
  repeats,
  usefulWays,
  wholeDraw,
  type Heap,
  type Way,
  type Ways,
  type WaysCase,
} from './ways.js';

/** More pairs of a rule and an outcome than this would take too long to choose among. */
const MOST_CHOICES = 1_500;
/** Times that a fixed amount is considered. */
const MOST_REPEATS = 8;
/** Kinds of credit that are tried together for a rule with several sources. */
const MOST_MIXES = 40;

/**
 * The rules in force as ways, each asked of every kind of credit by the functions that decide conversions. What a way brings in
 * is a heap that other ways may draw on. Rules that cannot be planned are named with the reason.
 */
export function findWays(given: WaysCase): Ways {
  return new WaySearch(given).run();
}

class WaySearch {
  private readonly heaps: Heap[] = [];
  private readonly ways = new Map<string, Way>();
  private readonly heapOf: number[];
  private readonly notConsidered = new Map<string, NotConsidered>();
  private readonly heapByKey = new Map<string, number>();
  private readonly probes = new Map<string, Probe>();
  private readonly rules: ConversionRule[];
  private readonly signature: (learning: Learning) => string;
  private readonly fineSignature: (learning: Learning) => string;
  private readonly refused = new Set<string>();
  private readonly spentBy: (learning: Learning) => string;
  /** Kind of learning for the rules: equal ones are asked once. */
  private readonly kind: (learning: Learning) => string;
  private readonly drawnByUse: (rule: ConversionRule) => number;
  /** What becomes of each kind of a heap, by what was made of one of them. */
  private readonly keptOf: (made: Learning) => Map<string, Learning>;

  constructor(private readonly given: WaysCase) {
    const { pack, programme, today, dropped, credit } = given;
    const inForce = pack.conversionRules.filter((rule) => isRuleInForce(rule, today));
    for (const rule of inForce) {
      if (rule.approval === 'required') this.leaveOut(rule, 'approval');
      else if (dropped.has(rule.code)) this.leaveOut(rule, 'clash');
    }
    this.rules = inForce.filter((rule) => rule.approval !== 'required' && !dropped.has(rule.code));
    this.signature = oncePer(signatureOf(pack, programme, this.rules, given.care));
    this.fineSignature = oncePer(signatureOf(pack, programme, this.rules, 'fine'));
    // Single use of earlier conversions depends on the outcome itself, not on its kind.
    this.spentBy = oncePer(({ roots }) =>
      roots.flatMap(({ entry }) => (given.book.hasServed(entry) ? [entry] : [])).join(),
    );
    this.kind = oncePer((learning) => `${this.signature(learning)} ${this.spentBy(learning)}`);
    this.keptOf = oncePer(() => new Map());
    this.drawnByUse = oncePer((rule) => given.book.drawnByUse(rule));
    this.heapOf = credit.map(() => -1);
  }

  run(): Ways {
    this.stackStart();
    for (let index = 0; index < this.heaps.length; index += 1) this.useAlone(index);
    for (const rule of this.rules) if (rule.sources.length > 1) this.useTogether(rule);
    for (let index = 0; index < this.heaps.length; index += 1) if (this.heaps[index]!.isConverted) this.useAlone(index);
    const { programme, rules } = this.given;
    const counts = ({ isConverted, kinds }: Heap) =>
      isConverted && [...kinds.values()].some((facts) => traitsOf(rules, programme, facts).buckets.length > 0);
    const ways = usefulWays([...this.ways.values()], this.heaps, counts).flatMap((way) => {
      const { orders, isCut } = inOrders(way, this.heaps);
      if (isCut) this.leaveOut(way.rule, 'repeats');
      return orders;
    });
    const drawn = new Set(ways.flatMap(({ feeds }) => feeds.flat()));
    const { heaps, heapOf } = this;
    return {
      heaps,
      ways,
      heapOf: heapOf.map((heap) => (drawn.has(heap) ? heap : -1)),
      notConsidered: [...this.notConsidered.values()],
      care: this.given.care,
    };
  }

  private leaveOut(rule: ConversionRule, reason: Parameters<typeof whyLeftOut>[0]): void {
    if (!this.notConsidered.has(rule.code)) this.notConsidered.set(rule.code, leftOut(rule, reason));
  }

  /** Credit of one kind is one heap; apart by outcome where a rule that may take it counts outcomes. */
  private stackStart(): void {
    const { credit, apartBy } = this.given;
    const kinds = groupBy(credit.keys(), (index) => `${this.kind(credit[index]!.learning)} ${apartBy(index)}`);
    let choices = 0;
    for (const some of kinds.values()) {
      const { learning } = credit[some[0]!]!;
      const takers = this.rules.filter((rule) => this.takes(rule, learning));
      if (takers.length === 0) continue;
      const outcomes = groupBy(some, (index) => credit[index]!.outcome);
      let isApart = takers.some(
        (rule) => isByOutcome(this.given.pack, rule) || takers.some((other) => clash(rule, other)),
      );
      if (isApart && (choices += outcomes.size * takers.length) > MOST_CHOICES) {
        isApart = false;
        takers
          .filter((rule) => isByOutcome(this.given.pack, rule) || rule.singleUse !== null)
          .forEach((rule) => {
            this.leaveOut(rule, 'too-many');
            this.refused.add(`${rule.code} ${this.signature(learning)}`);
          });
      }
      for (const [outcome, indexes] of isApart ? outcomes : [['', some] as const]) {
        const amountCenti = indexes.reduce((sum, index) => sum + credit[index]!.amountCenti, 0);
        const kinds = this.kindsOf(indexes.map((index) => credit[index]!.learning));
        const own = { learning, kinds, isConverted: false, outcome: isApart ? outcome : null, amountCenti, served: [] };
        const heap = this.heaps.push(own) - 1;
        for (const index of indexes) this.heapOf[index] = heap;
      }
    }
  }

  private kindsOf(learnings: Learning[]): Heap['kinds'] {
    return new Map(learnings.map((each) => [this.fineSignature(each), each.facts]));
  }

  private takes(rule: ConversionRule, learning: Learning): boolean {
    const { levelSchemes } = this.given.pack;
    // Most rules speak of other learning, which is said at once.
    if (!rule.sources.some(({ only }) => matchesOutcome(only, learning.facts, levelSchemes))) return false;
    const drawn = this.drawnByUse(rule);
    return drawn > 0 && this.probe(rule, [learning], [drawn]).refusedBy === null;
  }

  private probe(rule: ConversionRule, from: Learning[], drawn: number[]): Probe {
    const key = `${rule.code}|${from.map(this.kind).join('|')}|${drawn.join()}`;
    const known = this.probes.get(key) ?? this.given.book.probe(rule, from, drawn);
    this.probes.set(key, known);
    return known;
  }

  /** All that rules with one source make of a heap. */
  private useAlone(index: number): void {
    const heap = this.heaps[index]!;
    for (const rule of this.rules) {
      if (rule.sources.length > 1 || !this.takes(rule, heap.learning) || this.isClosed(rule, heap)) continue;
      const own = this.drawnByUse(rule);
      if (!rule.isWholeOnly && rule.surplusType === null) {
        this.add(rule, [index], [own], rule.mode === 'ratio' ? Infinity : MOST_REPEATS);
        continue;
      }
      // Whole outcomes: one of them at a time.
      if (heap.outcome === null) {
        this.leaveOut(rule, 'whole-of-course');
        continue;
      }
      const drawn = wholeDraw(rule, heap.amountCenti, own);
      if (drawn === null) this.leaveOut(rule, 'one-outcome');
      else this.add(rule, [index], [drawn], 1);
    }
  }

  private isClosed(rule: ConversionRule, heap: Heap): boolean {
    return (
      heap.served.some((before) => clash(before, rule)) ||
      this.refused.has(`${rule.code} ${this.signature(heap.learning)}`)
    );
  }

  /** A rule with several sources: one kind of credit for each. */
  private useTogether(rule: ConversionRule): void {
    const own = this.drawnByUse(rule);
    if (rule.isWholeOnly || rule.surplusType !== null) return this.leaveOut(rule, 'several-sources');
    const open = [...this.heaps.keys()].filter((index) => !this.isClosed(rule, this.heaps[index]!));
    const kinds = [...groupBy(open, (index) => this.kindOf(index)).values()];
    let mixes: number[][] = [[]];
    for (const source of rule.sources) {
      const fitting = kinds.filter(([first]) => this.fits(rule, source, this.heaps[first!]!.learning));
      mixes = mixes.flatMap((mix) => fitting.map((kind) => [...mix, kinds.indexOf(kind)]));
      if (mixes.length > MOST_MIXES) {
        this.leaveOut(rule, 'several-sources');
        mixes = mixes.slice(0, MOST_MIXES);
      }
    }
    const share = rule.sources.map((_, index) => (index === 0 ? own - rule.sources.length + 1 : 1));
    for (const mix of mixes) {
      if (share[0]! < 1 || new Set(mix).size < mix.length) continue;
      this.addMix(
        rule,
        mix.map((kind) => kinds[kind]!),
        share,
      );
    }
  }

  private fits(rule: ConversionRule, source: ConversionRule['sources'][number], learning: Learning): boolean {
    return (
      this.probe(
        { ...rule, code: `${rule.code}#${rule.sources.indexOf(source)}`, sources: [source] },
        [learning],
        [this.drawnByUse(rule)],
      ).refusedBy === null
    );
  }

  private kindOf(index: number): string {
    const { learning, served, isConverted } = this.heaps[index]!;
    return JSON.stringify([
      this.signature(learning),
      served.map(({ code }) => code),
      isConverted,
      this.spentBy(learning),
    ]);
  }

  private addMix(rule: ConversionRule, feeds: number[][], drawn: number[]): void {
    const learnings = feeds.map(([first]) => this.heaps[first!]!.learning);
    const probe = this.probe(rule, learnings, drawn);
    if (probe.refusedBy !== null) return;
    const products = this.productsOf(rule, probe, feeds.flat());
    const kinds = groupBy(products, ({ heap }) => heap);
    // Which institution brought how much would depend on what is drawn of each.
    if (kinds.size > rule.targets.length) return this.leaveOut(rule, 'several-institutions');
    const sum = drawn.reduce((total, each) => total + each, 0);
    const isRatio = rule.mode === 'ratio';
    this.ways.set(JSON.stringify([rule.code, feeds]), {
      ...{ rule, feeds, drawnCenti: sum, mostUses: isRatio ? Infinity : repeats(rule, MOST_REPEATS) },
      products: mergeProducts(products),
      limits: probe.limits.map((limit) => ({
        ...limit,
        asked: limit.unit === 'centi' ? probe.newLots.reduce((total, { centi }) => total + centi, 0) : limit.asked,
      })),
    });
  }

  /** A way, or one more heap that an equal way may draw on. */
  private add(rule: ConversionRule, feed: number[], drawn: number[], mostUses: number): void {
    const heap = this.heaps[feed[0]!]!;
    const probe = this.probe(rule, [heap.learning], drawn);
    const products = mergeProducts(this.productsOf(rule, probe, feed));
    if (products.some(({ heap: product }) => feed.includes(product))) return;
    const isSingle = heap.outcome !== null && (rule.isWholeOnly || rule.surplusType !== null);
    const isVisit = rule.caps.some(({ per }) => per === 'visit');
    const key = JSON.stringify([
      ...[rule.code, products, probe.limits.map(({ id, left, asked }) => [id, left, asked])],
      isSingle || isVisit || rule.caps.length > 0 ? feed : null,
    ]);
    const way = this.ways.get(key);
    if (way) {
      if (!way.feeds[0]!.includes(feed[0]!)) way.feeds[0]!.push(...feed);
      return;
    }
    const limits = probe.limits.map((limit) => (isVisit ? { ...limit, id: `${limit.id} of ${feed[0]}` } : limit));
    this.ways.set(key, {
      ...{ rule, feeds: [[...feed]], drawnCenti: drawn[0]!, products, limits },
      mostUses: repeats(rule, rule.sources[0]!.minimumCenti > drawn[0]! && mostUses !== Infinity ? 1 : mostUses),
    });
  }

  private productsOf(rule: ConversionRule, { newLots }: Probe, from: number[]): Way['products'] {
    const sources = from.map((index) => this.heaps[index]!);
    const served = sources.flatMap((heap) => heap.served);
    const after = [...new Set(rule.singleUse === null ? served : [...served, rule])];
    return newLots.map(({ learning, centi }) => {
      const codes = after.map(({ code }) => code).sort();
      const key = JSON.stringify([this.signature(learning), codes, learning.facts.item]);
      let heap = this.heapByKey.get(key);
      if (heap === undefined) {
        const own = { learning, kinds: new Map<string, OutcomeFacts>(), isConverted: true, outcome: null };
        heap = this.heaps.push({ ...own, amountCenti: 0, served: after }) - 1;
        this.heapByKey.set(key, heap);
      }
      const { kinds } = this.heaps[heap]!;
      kinds.set(this.fineSignature(learning), learning.facts);
      if (sources.length === 1)
        for (const [source, facts] of sources[0]!.kinds) {
          const known = this.keptOf(learning);
          const made = known.get(source) ?? { ...learning, facts: keptFacts(facts, learning.facts) };
          known.set(source, made);
          kinds.set(this.fineSignature(made), made.facts);
        }
      return { heap, centi };
    });
  }
}
