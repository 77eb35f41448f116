import type { Orders, WaitingTime } from './domain/carry-out.js';
import type { ProgrammeProgress } from './domain/evaluate-programme.js';
import type { SolveLater } from './domain/integer-programme.js';
import { leftOut } from './domain/left-out-words.js';
import type { NotConsidered } from './domain/plan-credit.js';
import { PLAN_LIMIT_MS, type PathPlan } from './domain/plan-path.js';
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
/** What one try may take at first; where nothing is found by then, every one gets {@link PLAN_LIMIT_MS}. */
const TRY_MS = 650;

/**
 * The plan that is the cheapest and works, see {@link PlanSearch}. Null when none is found in time.
 */
export async function searchPlan(
  material: PlanMaterial,
  waiting: WaitingTime,
  solveLater: SolveLater,
  nowMs: () => number,
): Promise<FoundPlan | null> {
  const search = new PlanSearch(material, { waiting, solveLater, nowMs });
  return (await search.run(TRY_MS)) ?? (await search.run(PLAN_LIMIT_MS)) ?? (await search.apart());
}

/**
 * First converted credit is lumped together in a way that makes plans at least as cheap as any that works: one that works
 * when it is carried out is therefore the cheapest. Where it does not, more is told apart, see {@link PlanCare}; where
 * that is not proven the cheapest in time, what surely works may be cheaper. Where even everything told apart does not
 * work, every conversion draws on credit of one kind, and rules that clash are left out.
 */
class PlanSearch {
  /** What no plan costs less than, by the searches that leave nothing out that a plan may do. */
  private least = 0;
  private measuredOn: string;
  private mixing: NotConsidered[] = [];

  constructor(
    private readonly material: PlanMaterial,
    private readonly how: Omit<Search, 'limitMs'>,
  ) {
    this.measuredOn = material.book.today;
  }

  async run(limitMs: number): Promise<FoundPlan | null> {
    let best: WorkingPlan | null = null;
    for (const care of ['loose', 'close', 'fine'] as const) {
      const tried = await this.try({ care }, limitMs);
      if (tried.status === 'impossible') return this.none(tried);
      if (tried.status === 'works') best = tried;
      // What takes too long closely takes longer finely.
      if (best || (tried.status === 'unknown' && care === 'close')) break;
      if (tried.status === 'unmet' && care === 'fine')
        this.mixing = tried.because.map((rule) => leftOut(rule, 'mixed'));
    }
    if (best && this.least >= best.path.price) return this.found(best);
    const sure = await this.try({ care: 'strict' }, limitMs);
    if (sure.status === 'works' && !(best && best.path.price <= sure.path.price)) best = sure;
    return best && this.found(best);
  }

  async apart(): Promise<FoundPlan | null> {
    const dropped = new Set<string>();
    for (let round = 0; round < MOST_CLASHES; round += 1) {
      const tried = await this.try({ care: 'fine', isApart: true, dropped }, PLAN_LIMIT_MS);
      if (tried.status === 'works') return this.found(tried);
      if (tried.status === 'impossible') return this.none(tried);
      if (tried.status !== 'unmet') return null;
      tried.because.forEach(({ code }) => dropped.add(code));
    }
    return null;
  }

  private async try(
    { care, isApart = false, dropped = new Set() }: Pick<PlanTry, 'care'> & Partial<PlanTry>,
    limitMs: number,
  ): Promise<TriedPlan> {
    for (let round = 0; ; round += 1) {
      const { measuredOn } = this;
      const tried = await tryPlan(this.material, { care, isApart, dropped, measuredOn }, { ...this.how, limitMs });
      if (this.isComplete(care, isApart) && 'path' in tried && tried.path.status === 'plan')
        this.least = Math.max(this.least, tried.path.least);
      if (tried.status !== 'ends-later' || round === MOST_ENDS) return tried;
      this.measuredOn = tried.endsOn;
    }
  }

  /** True where nothing is left out that a plan may do. Only a loose search fills a floor that is a number with conversions. */
  private isComplete(care: PlanTry['care'], isApart: boolean): boolean {
    const hasNumberedFloor = this.material.programme.floors.some(countsOutcomes);
    return !isApart && (care === 'loose' || (care !== 'strict' && !hasNumberedFloor));
  }

  /** The plan with what is known of its price by now. */
  private found({ path, measuredOn, promised, orders, notConsidered }: WorkingPlan): FoundPlan {
    // The soonest plan also has the least study time of those, which its own search has to prove.
    const isCheapest = this.least >= path.price && (path.isCheapest || this.material.objective !== 'finish');
    const proven = { ...path, least: this.least, isCheapest };
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
