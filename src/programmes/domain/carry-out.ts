import { groupBy } from '../../kernel/group-by.js';
import type { OutcomeFacts } from '../../kernel/outcome.js';
import { availableOf, drawOrder, type Lot } from '../../ledger/domain/lots.js';
import {
  activityTypeOf,
  creditTypeOf,
  tariffOf,
  timeBucketOf,
  type PolicyPack,
} from '../../policy/domain/policy-pack.js';
import type { Learning, LearningRoot } from './plan-credit.js';
import type { PlannableCourse } from './plan-options.js';
import type { ConvertStep, PlanStep, Taken } from './plan-steps.js';

/** A learner's credit as far as a plan changes it. */
export interface PlannedBook {
  lots: Lot[];
  sources: Map<number, OutcomeFacts>;
}

/** Study time that waits for its next hundredth, seconds by account and credit type: `time leisure`. */
export type WaitingTime = Map<string, number>;

/** What a conversion would be asked: a rule, lots by number, and an amount where the rule does not fix it. */
export interface PaperOrder {
  rule: string;
  lots: number[];
  fromCenti: number | null;
}

/** A lot as conversions look at it. */
export interface PaperLot extends Learning {
  lot: Lot;
}

/** What a conversion does to the book, or null where it would be refused. */
export interface PaperConversion {
  draws: { lot: number; amountCenti: number }[];
  grants: { facts: OutcomeFacts; roots: LearningRoot[]; centi: number }[];
  validUntil: string | null;
}

/** Decides a conversion as the bank would, in a book that is only planned. */
export type ConvertOnPaper = (lots: PaperLot[], order: PaperOrder) => PaperConversion | null;

/** What each conversion of a plan is asked, and what it draws. */
export type Orders = Map<ConvertStep, PaperOrder & Pick<PaperConversion, 'draws'>>;

/** A learner's book before a plan, with what rules of conversion want to know of it. */
export interface BeforePlan extends PlannedBook {
  waiting: WaitingTime;
  /** Roots, and whether nothing was used, of lots that may be converted. */
  learnings: Map<number, Learning>;
  /** Day on which a lot that comes in ends. */
  validUntil(creditType: string, earnedOn: string): string | null;
}

/**
 * The learner's credit after every step of a plan, done in its order: what the promise is evaluated on. Hours that wait
 * join those of the courses, and conversions are decided, by the functions that will do it. A step that would be
 * refused is the answer instead.
 */
export function carryOut(
  pack: PolicyPack,
  before: BeforePlan,
  steps: PlanStep[],
  convert: ConvertOnPaper,
): { book: PlannedBook; orders: Orders } | { refused: ConvertStep } {
  const book = new PaperBook(pack, before, steps);
  for (const step of steps) {
    if (step.do === 'take') book.take(step.course);
    else if (!book.convert(step, convert)) return { refused: step };
  }
  return { book, orders: book.orders };
}

class PaperBook implements PlannedBook {
  readonly lots: Lot[];
  readonly sources: Map<number, OutcomeFacts>;
  private readonly learnings: Map<number, Learning>;
  private readonly time: WaitingTime;
  private readonly brought = new Map<object, number[]>();
  /** Lots that the plan draws on, by heap, soonest to expire first. */
  private readonly drawn: Map<number, number[]>;
  readonly orders: Orders = new Map();

  constructor(
    private readonly pack: PolicyPack,
    private readonly before: BeforePlan,
    steps: PlanStep[],
  ) {
    const taken = steps.flatMap((step) => (step.do === 'convert' ? step.taken : []));
    const planned = taken.flatMap((each) => (each.from === 'lot' ? [each.lot] : []));
    const byHeap = groupBy(new Set(planned.sort((a, b) => drawOrder(a.lot, b.lot))), ({ heap }) => heap);
    this.drawn = new Map([...byHeap].map(([heap, lots]) => [heap, lots.map(({ lot }) => lot.lot)]));
    this.lots = before.lots.map((lot) => ({ ...lot, buckets: { ...lot.buckets } }));
    this.sources = new Map(before.sources);
    this.learnings = new Map(before.learnings);
    this.time = new Map(before.waiting);
  }

  /** Visits bring lots of their own, a course that is passed brings one. */
  take(course: PlannableCourse): void {
    const { facts } = course;
    const category = creditTypeOf(this.pack, facts.creditType)?.category ?? null;
    const until = this.before.validUntil(facts.creditType, facts.endsOn);
    for (const centi of this.creditOf(course)) {
      if (centi === 0) continue;
      const version = this.nextVersion();
      const roots = [{ entry: version, creditType: facts.creditType, category }];
      this.bringIn(course, version, { facts, roots, centi }, until);
    }
  }

  convert(step: ConvertStep, convert: ConvertOnPaper): boolean {
    const { way, taken } = step;
    const { rule } = way;
    const named = [...new Set([...this.lotsToName(taken), ...taken.flatMap((each) => this.lotsOf(each))])];
    const fromCenti = rule.mode === 'ratio' ? taken.reduce((sum, { amountCenti }) => sum + amountCenti, 0) : null;
    const usable = this.lots.flatMap((lot) => {
      const learning = this.learnings.get(lot.lot);
      return learning && availableOf(lot) > 0 ? [{ lot, ...learning }] : [];
    });
    const order = { rule: rule.code, lots: named, fromCenti };
    const done = convert(usable, order);
    if (!done) return false;
    this.orders.set(step, { ...order, draws: done.draws });
    for (const { lot: number, amountCenti } of done.draws) {
      const lot = this.lots.find((each) => each.lot === number)!;
      lot.buckets['available'] = availableOf(lot) - amountCenti;
      lot.buckets['converted'] = (lot.buckets['converted'] ?? 0) + amountCenti;
      this.learnings.set(number, { ...this.learnings.get(number)!, isWhole: false });
    }
    const version = this.nextVersion();
    for (const grant of done.grants) this.bringIn(step.brings, version, grant, done.validUntil);
    return true;
  }

  /**
   * Lots that are there from the start, so many as are needed. Of those that are named a conversion takes the soonest to
   * expire first, whatever was planned of each; all that the plan draws from a heap are as good as each other.
   */
  private lotsToName(taken: Taken[]): number[] {
    const lots = taken.flatMap((each) => (each.from === 'lot' ? [each] : []));
    return [...groupBy(lots, ({ lot }) => lot.heap)].flatMap(([heap, some]) => {
      let missing = some.reduce((sum, { amountCenti }) => sum + amountCenti, 0);
      return this.drawn.get(heap)!.flatMap((number) => {
        const available = availableOf(this.lots.find(({ lot }) => lot === number)!);
        if (missing <= 0 || available === 0) return [];
        missing -= available;
        return [number];
      });
    });
  }

  /** Numbers of the lots with what a step takes of a course or conversion, so many as are needed. */
  private lotsOf(taken: Taken): number[] {
    if (taken.from === 'lot') return [];
    const numbers = this.brought.get(taken.from === 'course' ? taken.course : taken.step.brings) ?? [];
    const type = taken.from === 'course' ? null : taken.step.brings.find(({ heap }) => heap === taken.heap)!.creditType;
    let missing = taken.amountCenti;
    return numbers.filter((number) => {
      const lot = this.lots.find((each) => each.lot === number)!;
      if (missing <= 0 || availableOf(lot) === 0 || (type !== null && lot.creditType !== type)) return false;
      missing -= availableOf(lot);
      return true;
    });
  }

  private nextVersion(): number {
    return this.lots.reduce((highest, lot) => Math.max(highest, lot.version), 0) + 1;
  }

  private bringIn(
    what: object,
    version: number,
    { facts, roots, centi }: PaperConversion['grants'][number],
    validUntil: string | null,
  ): void {
    const number = this.lots.reduce((highest, { lot }) => Math.max(highest, lot), 0) + 1;
    const { creditType, endsOn: earnedOn } = facts;
    const own = { lot: number, creditType, version, earnedOn, validUntil, fromTime: null, recognised: centi };
    this.lots.push({ ...own, buckets: { available: centi } });
    this.sources.set(number, facts);
    this.learnings.set(number, { facts, roots, isWhole: true });
    this.brought.set(what, [...(this.brought.get(what) ?? []), number]);
  }

  /** Hundredths of every visit when its hours join what waits in the same account. */
  private creditOf({ creditCenti, visits, facts }: PlannableCourse): number[] {
    const activity = activityTypeOf(this.pack, facts.activityType ?? '')!;
    const creditType = creditTypeOf(this.pack, facts.creditType)!;
    const tariff = tariffOf(this.pack, activity, creditType);
    if (tariff.kind !== 'per-time' || tariff.rounding !== 'cumulative')
      return visits.map(() => creditCenti / visits.length);
    const account = `${timeBucketOf(tariff)} ${creditType.code}`;
    return visits.map((added) => {
      const seconds = (this.time.get(account) ?? 0) + added;
      const quanta = Math.floor(seconds / tariff.secondsPerQuantum);
      this.time.set(account, seconds - quanta * tariff.secondsPerQuantum);
      return quanta * tariff.quantumCenti;
    });
  }
}
