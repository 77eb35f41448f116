import type { Orders, WaitingTime } from './domain/carry-out.js';
import type { ProgrammeProgress } from './domain/evaluate-programme.js';
import type { SolveLater } from './domain/integer-programme.js';
import { leftOut } from './domain/left-out-words.js';
import type { NotConsidered } from './domain/plan-credit.js';
import { PLAN_LIMIT_MS, type PathPlan, type PriceBounds } from './domain/plan-path.js';
import { countsOutcomes } from './domain/programme-traits.js';
import type { PlanMaterial, PlanTry } from './plan-case.js';
import { tryPlan, type Search, type TriedPlan, type WorkingPlan } from './try-plan.js';

/** A plan with its promise: what the evaluation says once it is done. */
export interface FoundPlan {
  path: PathPlan;
  /** Day the promise is measured on: the last day of the plan where it has one, else today. */
  measuredOn: string;
  promised: ProgrammeProgress | null;
  /** What its conversions are asked. */
  orders: Orders;
  /** Rules of conversion that it could not use, wholly or in part. */
  notConsidered: NotConsidered[];
}

/** A plan that ends later may lose credit that expires, and be planned again without: so often. */
const MOST_ENDS = 4;
/** Times that rules which clash are left out. */
const MOST_CLASHES = 6;
/** Time in which a plan is answered where one is found by then, everything included. */
const ANSWER_MS = 900;
/** Kept for carrying out and evaluating what was found. */
const PROMISE_MS = 60;
/** Kept for what surely works, where the cheapest does not once it is carried out. */
const SURE_MS = 150;

/** When somebody asked, and how long they wait. */
export interface Patience {
  sinceMs: number;
  answerMs?: number;
}

/**
 * The plan that is the cheapest and works, see {@link PlanSearch}, or the best of those found in {@link ANSWER_MS}. It takes
 * longer only where none is found by then. Null when none is found at all.
 */
export async function searchPlan(
  material: PlanMaterial,
  waiting: WaitingTime,
  solveLater: SolveLater,
  nowMs: () => number,
  { sinceMs, answerMs = ANSWER_MS }: Patience = { sinceMs: nowMs() },
): Promise<FoundPlan | null> {
  const search = new PlanSearch(material, { waiting, solveLater, nowMs });
  return (
    (await search.run(sinceMs + answerMs)) ?? (await search.run(nowMs() + PLAN_LIMIT_MS)) ?? (await search.apart())
  );
}

/**
 * First converted credit is lumped together in a way that makes plans at least as cheap as any that works: one that works
 * when it is carried out is therefore the cheapest. Where it does not, more is told apart, see {@link PlanCare}: no plan
 * can cost less than the one before, so that a search which finds one of that price ends. Where the cheapest is not proven
 * so, what surely works may be cheaper. Where even everything told apart does not work, every conversion draws on credit of
 * one kind, and rules that clash are left out.
 */
class PlanSearch {
  /** What no plan costs less than, by the searches that leave nothing out that a plan may do. */
  private known: PriceBounds = { least: 0, leastAfter: null };
  private measuredOn: string;
  private mixing: NotConsidered[] = [];
  private readonly hasNumberedFloor: boolean;

  constructor(
    private readonly material: PlanMaterial,
    private readonly how: Omit<Search, 'untilMs' | 'known'>,
  ) {
    this.measuredOn = material.book.today;
    this.hasNumberedFloor = material.programme.floors.some(countsOutcomes);
  }

  /** The cheapest, or the best of what is found by then. */
  async run(untilMs: number): Promise<FoundPlan | null> {
    const { nowMs } = this.how;
    const end = untilMs - PROMISE_MS;
    let best: WorkingPlan | null = null;
    let last: TriedPlan['status'] = 'unknown';
    for (const care of this.hasNumberedFloor ? (['loose', 'close'] as const) : (['close'] as const)) {
      const tried = await this.try({ care }, care === 'loose' ? (nowMs() + end) / 2 : end - SURE_MS);
      if (tried.status === 'impossible') return this.none(tried);
      last = tried.status;
      if (tried.status === 'works') best = tried;
      if (best) break;
    }
    const isEnough = () => best !== null && (this.isProven(best) || nowMs() > end - PROMISE_MS);
    if (!isEnough()) best = cheaper(best, await this.try({ care: 'strict' }, end));
    // What takes too long closely takes longer finely.
    if (last === 'unmet' && !isEnough()) {
      const fine = await this.try({ care: 'fine' }, end);
      if (fine.status === 'impossible' && !best) return this.none(fine);
      if (fine.status === 'unmet') this.mixing = fine.because.map((rule) => leftOut(rule, 'mixed'));
      best = cheaper(best, fine);
    }
    return best && this.found(best);
  }

  async apart(): Promise<FoundPlan | null> {
    const dropped = new Set<string>();
    for (let round = 0; round < MOST_CLASHES; round += 1) {
      const tried = await this.try({ care: 'fine', isApart: true, dropped }, this.how.nowMs() + PLAN_LIMIT_MS);
      if (tried.status === 'works') return this.found(tried);
      if (tried.status === 'impossible') return this.none(tried);
      if (tried.status !== 'unmet') return null;
      tried.because.forEach(({ code }) => dropped.add(code));
    }
    return null;
  }

  private async try(
    { care, isApart = false, dropped = new Set() }: Pick<PlanTry, 'care'> & Partial<PlanTry>,
    untilMs: number,
  ): Promise<TriedPlan> {
    for (let round = 0; ; round += 1) {
      const { measuredOn, known } = this;
      const tried = await tryPlan(
        this.material,
        { care, isApart, dropped, measuredOn },
        { ...this.how, untilMs, known },
      );
      if (this.isComplete(care, isApart)) this.learn(tried);
      if (tried.status !== 'ends-later' || round === MOST_ENDS) return tried;
      this.measuredOn = tried.endsOn;
    }
  }

  /** True where nothing is left out that a plan may do. Only a loose search fills a floor that is a number with conversions. */
  private isComplete(care: PlanTry['care'], isApart: boolean): boolean {
    return !isApart && (care === 'loose' || (care !== 'strict' && !this.hasNumberedFloor));
  }

  /** What a search that leaves nothing out proves of every plan. */
  private learn(tried: TriedPlan): void {
    const bounds =
      'bounds' in tried ? tried.bounds : 'path' in tried && tried.path.status === 'plan' ? tried.path : null;
    if (!bounds || bounds.least < this.known.least) return;
    const before = bounds.least === this.known.least ? this.known.leastAfter : null;
    const leastAfter = bounds.leastAfter === null ? before : Math.max(bounds.leastAfter, before ?? 0);
    this.known = { least: bounds.least, leastAfter };
  }

  private isProven({ path }: WorkingPlan): boolean {
    // The soonest plan also has the least study time of those, which its own search has to prove.
    return this.known.least >= path.price && (path.isCheapest || this.material.objective !== 'finish');
  }

  /** The plan with what is known of its price by now. */
  private found(plan: WorkingPlan): FoundPlan {
    const { path, measuredOn, promised, orders, notConsidered } = plan;
    const proven = { ...path, ...this.known, isCheapest: this.isProven(plan) };
    return this.withMixing({ path: proven, measuredOn, promised, orders, notConsidered });
  }

  private none({ path, notConsidered }: Extract<TriedPlan, { status: 'impossible' }>): FoundPlan {
    return this.withMixing({
      ...{ path, notConsidered, measuredOn: this.measuredOn },
      ...{ promised: null, orders: new Map() },
    });
  }

  /** Credit of a heap is drawn soonest to expire first: a plan that mixes what the programme tells apart cannot choose. */
  private withMixing(found: FoundPlan): FoundPlan {
    const known = new Set(this.mixing.map(({ rule }) => rule));
    return { ...found, notConsidered: [...found.notConsidered.filter(({ rule }) => !known.has(rule)), ...this.mixing] };
  }
}

/** What works and costs less; the first of two that cost the same. */
function cheaper(best: WorkingPlan | null, tried: TriedPlan): WorkingPlan | null {
  return tried.status === 'works' && !(best && best.path.price <= tried.path.price) ? tried : best;
}
