import type { Orders, WaitingTime } from './domain/carry-out.js';
import type { ProgrammeProgress } from './domain/evaluate-programme.js';
import type { SolveLater } from './domain/integer-programme.js';
import { leftOut } from './domain/left-out-words.js';
import type { NotConsidered } from './domain/plan-credit.js';
import { PLAN_LIMIT_MS, type CheapestPath, type PathPlan } from './domain/plan-path.js';
import { countsOutcomes } from './domain/programme-traits.js';
import type { PlanMaterial, PlanTry } from './plan-case.js';
import { tryPlan, type TriedPlan, type WorkingPlan } from './try-plan.js';

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

/** Credit may expire before a plan ends, or steps may turn out not to work together; then it is planned again without. */
const MOST_ROUNDS = 10;
/** What one try of several may take; a try that finds nothing by then gets {@link PLAN_LIMIT_MS}. */
const TRY_MS = 600;
/** A plan that works but may not be the cheapest is improved until so long after the start, if that much is left. */
const IMPROVE_UNTIL_MS = 800;
const LEAST_TRY_MS = 100;

/**
 * The plan that is the cheapest and works. First converted credit is lumped together in a way that makes plans at least
 * as cheap as any that works: one that works when it is carried out is therefore the cheapest, and its price is a bound
 * for those that follow where it does not. Then it is searched with what surely works and, while there is time, with
 * everything told apart, which may be cheaper or prove that nothing is. Where even that does not work, every conversion
 * draws on credit of one kind, and rules that clash are left out. Null when none is found in time.
 */
export async function searchPlan(
  material: PlanMaterial,
  waiting: WaitingTime,
  solveLater: SolveLater,
  nowMs: () => number,
): Promise<FoundPlan | null> {
  const improveUntil = nowMs() + IMPROVE_UNTIL_MS;
  const care: PlanTry = { measuredOn: material.book.today, care: 'loose', isApart: false, dropped: new Set() };
  const bound = new Bound(material);
  let mixing: NotConsidered[] = [];
  const search = (as: PlanTry, limitMs: number) => tryPlan(material, as, { waiting, solveLater, nowMs, limitMs });
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let tried = await search(care, care.care === 'fine' ? PLAN_LIMIT_MS : TRY_MS);
    if (tried.status === 'unknown') tried = await search(care, PLAN_LIMIT_MS);
    bound.learn(care, tried);
    if (tried.status === 'ends-later') {
      care.measuredOn = tried.endsOn;
      continue;
    }
    if (tried.status === 'works') {
      const found = bound.on(tried);
      const leftMs = improveUntil - nowMs();
      if (care.isApart) return withMixing(found, mixing);
      if (found.path.isCheapest || care.care === 'fine' || leftMs < LEAST_TRY_MS) return found;
      const fine: PlanTry = { ...care, care: 'fine' };
      const further = await search(fine, leftMs);
      bound.learn(fine, further);
      if (further.status === 'works' && further.path.price <= tried.path.price) return bound.on(further);
      const known = bound.on(tried);
      return further.status === 'unmet' && !known.path.isCheapest ? withMixing(known, mixingOf(further)) : known;
    }
    // What surely works is only a part of what can be done.
    if (tried.status === 'impossible' && care.care !== 'strict') {
      const { path, notConsidered } = tried;
      const none = { path, notConsidered, measuredOn: care.measuredOn, promised: null, orders: new Map() };
      return care.isApart ? withMixing(none, mixing) : none;
    }
    if (tried.status === 'unknown' && care.isApart) return null;
    if (tried.status === 'unmet' && care.isApart) tried.because.forEach(({ code }) => care.dropped.add(code));
    else if (tried.status === 'unmet' && care.care === 'fine') mixing = mixingOf(tried);
    care.isApart = care.care === 'fine';
    care.care = care.care === 'loose' ? 'strict' : 'fine';
  }
  return null;
}

/** Credit of a heap is drawn soonest to expire first, which a plan that mixes what the programme tells apart cannot choose. */
function mixingOf({ because }: Extract<TriedPlan, { status: 'unmet' }>): NotConsidered[] {
  return because.map((rule) => leftOut(rule, 'mixed'));
}

function withMixing(found: FoundPlan, mixing: NotConsidered[]): FoundPlan {
  const known = new Set(mixing.map(({ rule }) => rule));
  return { ...found, notConsidered: [...found.notConsidered.filter(({ rule }) => !known.has(rule)), ...mixing] };
}

/** What no plan costs less than, by the searches that leave nothing out that a plan may do. */
class Bound {
  private least = 0;
  private readonly isFineComplete: boolean;

  constructor(private readonly material: PlanMaterial) {
    // Strict and fine searches do not fill a floor that is a number with conversions.
    this.isFineComplete = !material.programme.floors.some(countsOutcomes);
  }

  learn({ care, isApart }: PlanTry, tried: TriedPlan): void {
    const isComplete = care === 'loose' || (care === 'fine' && !isApart && this.isFineComplete);
    if (isComplete && (tried.status === 'works' || tried.status === 'unmet'))
      this.least = Math.max(this.least, tried.path.least);
  }

  /** The plan with what is known of its price by now. */
  on({ path, measuredOn, promised, orders, notConsidered }: WorkingPlan): FoundPlan & { path: CheapestPath } {
    // The soonest plan also has the least study time of those, which its own search has to prove.
    const isProven = this.least >= path.price && (path.isCheapest || this.material.objective !== 'finish');
    const proven = { ...path, least: this.least, isCheapest: isProven };
    return { path: proven, measuredOn, promised, orders, notConsidered };
  }
}
