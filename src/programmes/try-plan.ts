import { setImmediate } from 'node:timers/promises';
import { isExpired } from '../ledger/domain/lots.js';
import type { ConversionRule } from '../policy/domain/conversion-rules.js';
import { carryOut, type Orders, type WaitingTime } from './domain/carry-out.js';
import { evaluateProgramme, type ProgrammeProgress } from './domain/evaluate-programme.js';
import type { SolveLater } from './domain/integer-programme.js';
import type { NotConsidered } from './domain/plan-credit.js';
import { planPath, type CheapestPath, type PathPlan, type PriceBounds } from './domain/plan-path.js';
import type { PlanStep } from './domain/plan-steps.js';
import { beforePlan, toPlanCase, type PlanMaterial, type PlanTry } from './plan-case.js';
import { convertOnPaper } from './plan-rules.js';
import { solve } from './solver.js';

/** What came of one try. */
export type TriedPlan =
  | { status: 'unknown'; bounds: PriceBounds }
  | { status: 'impossible'; path: Extract<PathPlan, { status: 'impossible' }>; notConsidered: NotConsidered[] }
  /** Credit expires before the plan ends: it is to be planned as on that day. */
  | { status: 'ends-later'; endsOn: string; bounds: PriceBounds }
  /** It does not work when it is carried out, because of these rules. */
  | { status: 'unmet'; path: CheapestPath; because: ConversionRule[] }
  | WorkingPlan;

/** A plan that was carried out on paper and meets the programme. */
export interface WorkingPlan {
  status: 'works';
  path: CheapestPath;
  /** Day it is measured on: the last day of the plan where it has one, else today. */
  measuredOn: string;
  /** What the evaluation says once it is done. */
  promised: ProgrammeProgress;
  orders: Orders;
  notConsidered: NotConsidered[];
}

/** How the searching thread is asked, until when it may search, and what is known of the price. */
export interface Search {
  waiting: WaitingTime;
  solveLater: SolveLater;
  nowMs: () => number;
  untilMs: number;
  known: PriceBounds;
}

/** Less than this is not enough to search. */
const LEAST_MS = 40;

/** One search with so much care, and what is left of the plan it finds once that is carried out. */
export async function tryPlan(
  material: PlanMaterial,
  care: PlanTry,
  { waiting, solveLater, nowMs, untilMs, known }: Search,
): Promise<TriedPlan> {
  const { objective, credit, book } = material;
  // Others have their turn between what takes some tens of milliseconds.
  await setImmediate();
  const given = toPlanCase(material, care);
  await setImmediate();
  const expiresBy = (day: string) => credit.lots.some((lot) => !isExpired(lot, care.measuredOn) && isExpired(lot, day));
  const limitMs = Math.max(LEAST_MS, untilMs - nowMs());
  const path = await planPath(given, solveLater, nowMs, { limitMs, known, endsLate: expiresBy });
  const { notConsidered } = given.ways;
  if (path.status === 'unknown' || path.status === 'ends-later') return path;
  if (path.status === 'impossible') return { status: 'impossible', path, notConsidered };
  const endsOn = objective === 'finish' ? lastDay(path.steps, book.today) : book.today;
  if (expiresBy(endsOn)) return { status: 'ends-later', endsOn, bounds: path };
  await setImmediate();
  const promise = promiseOf(material, waiting, path.steps, endsOn);
  if ('because' in promise) return { status: 'unmet', path, because: promise.because };
  return { status: 'works', path, measuredOn: endsOn, notConsidered, ...promise };
}

/**
 * The one calculator's word on the plan, done: every conversion decided by the functions that will do it. Where the
 * programme is not met by it, the rules to plan without; a plan without conversions that does not meet it is a mistake
 * of this program.
 */
function promiseOf(
  material: PlanMaterial,
  waiting: WaitingTime,
  steps: PlanStep[],
  today: string,
): { promised: ProgrammeProgress; orders: Orders } | { because: ConversionRule[] } {
  const { pack, programme, book } = material;
  const done = carryOut(pack, beforePlan(material, waiting), steps, convertOnPaper(pack, book));
  if ('refused' in done) return { because: [done.refused.way.rule] };
  const { lots, sources } = done.book;
  const promised = evaluateProgramme({ programme, rules: pack, lots, sources, today, solve });
  if (promised.isMet) return { promised, orders: done.orders };
  const because = [...new Set(steps.flatMap((step) => (step.do === 'convert' ? [step.way.rule] : [])))];
  if (because.length === 0) throw new Error(`A plan for ${programme.code} would not meet it`);
  return { because };
}

function lastDay(steps: PlanStep[], today: string): string {
  const days = steps.flatMap((step) => (step.do === 'take' ? [step.course.facts.endsOn] : []));
  return days.reduce((last, day) => (day > last ? day : last), today);
}
