import { setImmediate } from 'node:timers/promises';
import { isExpired } from '../ledger/domain/lots.js';
import { carryOut, type Orders, type WaitingTime } from './domain/carry-out.js';
import { evaluateProgramme, type ProgrammeProgress } from './domain/evaluate-programme.js';
import type { SolveLater } from './domain/integer-programme.js';
import type { NotConsidered } from './domain/plan-credit.js';
import { PLAN_LIMIT_MS, planPath, type PathPlan } from './domain/plan-path.js';
import type { PlanStep } from './domain/plan-steps.js';
import { beforePlan, toPlanCase, type PlanMaterial, type PlanTry } from './plan-case.js';
import { convertOnPaper } from './plan-rules.js';
import { solve } from './solver.js';

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

/**
 * The plan that is the cheapest and works. First converted credit is lumped together in a way that makes plans at least as cheap
 * as any that works: one that works when it is carried out is therefore the cheapest, and its price is a bound for those
 * that follow where it does not. Then it is searched with what surely works, with everything told apart, with every
 * conversion from credit of one kind, and without the rules that clash. Null when none is found in time.
 */
export async function searchPlan(
  material: PlanMaterial,
  waiting: WaitingTime,
  solveLater: SolveLater,
  nowMs: () => number,
): Promise<FoundPlan | null> {
  const { objective, credit, book } = material;
  const tried: PlanTry = { measuredOn: book.today, care: 'loose', isApart: false, dropped: new Set() };
  let least = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    // Others have their turn between what takes some tens of milliseconds.
    await setImmediate();
    const given = toPlanCase(material, tried);
    await setImmediate();
    let path = await planPath(given, solveLater, nowMs, tried.care === 'fine' ? PLAN_LIMIT_MS : TRY_MS);
    if (path.status === 'unknown') path = await planPath(given, solveLater, nowMs, PLAN_LIMIT_MS);
    if (path.status === 'unknown') {
      if (tried.isApart) return null;
      beMoreCareful(tried);
      continue;
    }
    const { notConsidered } = given.ways;
    if (path.status === 'impossible') {
      // Strictly is only a part of what can be done.
      if (tried.care !== 'strict')
        return { path, notConsidered, measuredOn: tried.measuredOn, promised: null, orders: new Map() };
      beMoreCareful(tried);
      continue;
    }
    if (tried.care === 'loose') least = path.least;
    const endsOn = objective === 'finish' ? lastDay(path.steps, book.today) : book.today;
    if (credit.lots.some((lot) => !isExpired(lot, tried.measuredOn) && isExpired(lot, endsOn))) {
      tried.measuredOn = endsOn;
      continue;
    }
    await setImmediate();
    const promised = promise(material, waiting, path.steps, endsOn);
    if ('progress' in promised) {
      // Every plan costs at least what the loose search has proven.
      const isComplete = tried.care === 'fine' && !tried.isApart;
      const bound = isComplete ? Math.max(least, path.least) : least;
      const isCheapest = bound >= path.price && (path.isCheapest || objective !== 'finish');
      const proven = { ...path, least: bound, isCheapest };
      return { path: proven, notConsidered, measuredOn: endsOn, promised: promised.progress, orders: promised.orders };
    }
    if (tried.isApart) promised.withoutRules.forEach((code) => tried.dropped.add(code));
    beMoreCareful(tried);
  }
  return null;
}

function beMoreCareful(tried: PlanTry): void {
  tried.isApart = tried.care === 'fine';
  tried.care = tried.care === 'loose' ? 'strict' : 'fine';
}

/**
 * The one calculator's word on the plan, done: every conversion decided by the functions that will do it. Where the
 * programme is not met by it, the rules to plan without; a plan without conversions that does not meet it is a mistake
 * of this program.
 */
function promise(
  material: PlanMaterial,
  waiting: WaitingTime,
  steps: PlanStep[],
  today: string,
): { progress: ProgrammeProgress; orders: Orders } | { withoutRules: string[] } {
  const { pack, programme, book } = material;
  const converts = steps.flatMap((step) => (step.do === 'convert' ? [step.way.rule.code] : []));
  const done = carryOut(pack, beforePlan(material, waiting), steps, convertOnPaper(pack, book));
  if ('refused' in done) return { withoutRules: [done.refused.way.rule.code] };
  const { lots, sources } = done.book;
  const progress = evaluateProgramme({ programme, rules: pack, lots, sources, today, solve });
  if (progress.isMet) return { progress, orders: done.orders };
  if (converts.length === 0) throw new Error(`A plan for ${programme.code} would not meet it`);
  return { withoutRules: converts };
}

function lastDay(steps: PlanStep[], today: string): string {
  const days = steps.flatMap((step) => (step.do === 'take' ? [step.course.facts.endsOn] : []));
  return days.reduce((last, day) => (day > last ? day : last), today);
}
