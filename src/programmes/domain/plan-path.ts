import { largestDivisor } from '../../kernel/largest-divisor.js';
import { findConflict, type Conflict } from './find-conflict.js';
import {
  relaxed,
  withBounds,
  type IntegerProgramme,
  type Row,
  type Solution,
  type SolveLater,
} from './integer-programme.js';
import { layOutPlan, type LaidOutPlan } from './lay-out-plan.js';
import type { PlanCase } from './planning-case.js';
import { amountsOf, roundPlan } from './round-plan.js';
import { toSteps, type PlanStep } from './plan-steps.js';

/** What no plan of the same case has less of: of what is made least, and of study time where it ends on that day. */
export interface PriceBounds {
  least: number;
  /** Null where it is not known, or nothing is made least after the first. */
  leastAfter: number | null;
}

/**
 * The cheapest way to an award. `price` is what is made least, and no plan of the same case has less than `least`: they
 * are equal where it is proven.
 */
export interface CheapestPath extends PriceBounds {
  status: 'plan';
  isCheapest: boolean;
  steps: PlanStep[];
  price: number;
}

/** The cheapest way to an award, why there is none, or that the time ran out, with what is known of the price by then. */
export type PathPlan =
  | CheapestPath
  | { status: 'impossible'; conflict: Conflict }
  | { status: 'unknown'; bounds: PriceBounds }
  /** No plan ends before this day, which is said to be late. */
  | EndsLate;

interface EndsLate {
  status: 'ends-later';
  endsOn: string;
  bounds: PriceBounds;
}

/** What a search may take and begins with. */
export interface PathSearch {
  /** True where a plan that ends on this day is to be searched again, with what is there by then. */
  endsLate?: (day: string) => boolean;
  /** For all solving together; a plan that is not proven the cheapest by then says so. */
  limitMs?: number;
  /** What is known of every plan from searches that leave nothing out. */
  known?: PriceBounds;
}

/** Where nobody says how long it may take. */
export const PLAN_LIMIT_MS = 2_500;
/** Why there is no plan is looked for at least so long. */
const CONFLICT_LIMIT_MS = 600;
/** Kept for each search that comes after the first. */
const STEP_MS = 150;
/** Shorter than this no search is worth its while. */
const LEAST_MS = 20;
/** So much of a price or bound is lost in floating point. */
const SLACK = 1e-6;
const NOTHING_KNOWN: PriceBounds = { least: 0, leastAfter: null };

/**
 * The plan with the least study time, cost or finishing day under all rules; among those the one that converts least.
 * Conversions of what is there come first, then courses in order of their end, then conversions of what they bring.
 */
export async function planPath(
  given: PlanCase,
  solve: SolveLater,
  nowMs: () => number,
  { limitMs = PLAN_LIMIT_MS, known = NOTHING_KNOWN, endsLate = () => false }: PathSearch = {},
): Promise<PathPlan> {
  const until = nowMs() + limitMs;
  const within: Searching['within'] = (problem, keptMs) => {
    const left = until - nowMs();
    if (left < LEAST_MS) return Promise.resolve({ status: 'unknown' });
    return solve(problem, Math.max(LEAST_MS, left - Math.min(keptMs, 0.4 * left)));
  };
  const impossible = async (areWhole: boolean): Promise<PathPlan> => {
    const conflict = await conflictOf(given, areWhole, { solve, nowMs, until });
    return { status: 'impossible', conflict };
  };
  const plan = layOutPlan(given);
  const loose = await search(plan, given, { amounts: amountsOf(plan), within, known, endsLate });
  if (loose.status === 'unknown' || loose.status === 'ends-later') return loose;
  if (loose.status === 'none') return impossible(false);
  const { values, ...proven } = loose;
  const fewest = await roundPlan(plan, values, (problem) => within(problem, STEP_MS / 2));
  if ('values' in fewest) return { ...proven, status: 'plan', steps: toSteps(plan, fewest.values) };
  const { least, leastAfter } = proven;
  const bounds = { least, leastAfter };
  if (fewest.status === 'unknown') return { status: 'unknown', bounds };
  // Those courses do with fractions only: whole hundredths from the start, which takes longer.
  const whole = await search(plan, given, { amounts: new Set(), within, known: bounds, endsLate });
  if (whole.status === 'unknown' || whole.status === 'ends-later') return whole;
  if (whole.status === 'none') return impossible(true);
  const { values: exact, ...best } = whole;
  return { ...best, status: 'plan', steps: toSteps(plan, exact) };
}

interface FoundPlan extends PriceBounds {
  status: 'plan';
  values: number[];
  isCheapest: boolean;
  price: number;
}
type Found = FoundPlan | EndsLate | { status: 'none' } | { status: 'unknown'; bounds: PriceBounds };

/** How one search goes about it: which columns may be fractions, within which time, and what is known of the price. */
interface Searching {
  amounts: Set<number>;
  /** Solves, and leaves so many milliseconds, or less than half of what there is, for what comes after it. */
  within: (problem: IntegerProgramme, keptMs: number) => ReturnType<SolveLater>;
  known: PriceBounds;
  endsLate: (day: string) => boolean;
}

/** What is cheapest, one objective after the other. */
async function search(plan: LaidOutPlan, given: PlanCase, how: Searching): Promise<Found> {
  const { amounts, known } = how;
  const kept: Row[] = [];
  let found: FoundPlan | undefined;
  const objectives = objectivesOf(plan, given);
  let stepsLeft = objectives.length;
  for (const objective of objectives) {
    const before: FoundPlan | undefined = found;
    // Study time is only known where the day is the same.
    const isSame = before !== undefined && before.isCheapest && before.price <= known.least;
    const least: number = before === undefined ? known.least : isSame ? (known.leastAfter ?? 0) : 0;
    const enough = Math.ceil(least / objective.scale - SLACK);
    const problem = relaxed(plan.builder.minimising(objective.costs, [...objective.rows, ...kept]), amounts);
    const solution = await cheapest({ ...problem, enough }, plan, (one, keptMs) =>
      how.within(one, keptMs + STEP_MS * stepsLeft),
    );
    if (before && !('values' in solution)) return { ...before, isCheapest: false };
    if (solution.status === 'none') return solution;
    const proven = Math.max(least, Math.ceil((solution.bound ?? 0) - SLACK) * objective.scale);
    if (solution.status === 'unknown') return { status: 'unknown', bounds: { least: proven, leastAfter: null } };
    const { values } = solution;
    const cost = costOf(problem, values);
    const isBest = solution.status === 'best' || cost <= enough + SLACK;
    const price = cost * objective.scale;
    const bound: number = isBest ? price : Math.min(price, proven);
    found = before
      ? { ...before, values, isCheapest: isBest && before.isCheapest, leastAfter: before.isCheapest ? bound : null }
      : { status: 'plan', values, price, least: bound, leastAfter: null, isCheapest: isBest };
    const endsOn = isBest ? objective.endsOn(cost) : null;
    if (endsOn !== null && how.endsLate(endsOn))
      return { status: 'ends-later', endsOn, bounds: { least: price, leastAfter: null } };
    kept.push(...objective.rows, ...objective.keep(values));
    stepsLeft -= 1;
  }
  return found!;
}

/**
 * The cheapest solution; where that is not proven in time, the cheaper of what was found and of what is found without
 * conversions under a cap on a number, which is a matter of some tens of milliseconds.
 */
async function cheapest(
  problem: IntegerProgramme,
  { counted }: LaidOutPlan,
  within: Searching['within'],
): Promise<Solution> {
  const numbers = counted.flatMap((each) => each.numbers);
  const any = await within(problem, numbers.length > 0 ? STEP_MS : 0);
  if (numbers.length === 0 || any.status === 'best' || any.status === 'none') return any;
  const few = await within(withBounds(problem, new Map(numbers.map((column) => [column, { lower: 0, upper: 0 }]))), 0);
  if (!('values' in few) || ('values' in any && costOf(problem, any.values) <= costOf(problem, few.values))) return any;
  return { status: 'found', values: few.values, bound: any.bound };
}

function costOf({ columns }: IntegerProgramme, values: number[]): number {
  return columns.reduce((sum, { cost }, index) => sum + cost * values[index]!, 0);
}

/** Why there is no plan, by all rules as conditions. It is known that there is none: saying why has a time of its own. */
function conflictOf(
  given: PlanCase,
  areWhole: boolean,
  { solve, nowMs, until }: { solve: SolveLater; nowMs: () => number; until: number },
): Promise<Conflict> {
  const plan = layOutPlan(given, { isBounded: false });
  const latest = Math.max(until, nowMs() + CONFLICT_LIMIT_MS);
  return findConflict(plan, given, {
    amounts: areWhole ? new Set() : amountsOf(plan),
    solve: (problem) => solve(problem, Math.max(LEAST_MS, latest - nowMs())),
    isTimeLeft: () => nowMs() < latest,
  });
}

/** A sum to make least, and what later objectives may not make worse. */
interface ObjectiveStep {
  costs: [number, number][];
  /** What one of the sum is worth. */
  scale: number;
  rows: Row[];
  keep(values: number[]): Row[];
  /** Day on which a plan ends that comes to so much; null where the sum does not say it. */
  endsOn(cost: number): string | null;
}

function objectivesOf({ builder, courses }: LaidOutPlan, { objective }: PlanCase): ObjectiveStep[] {
  const scale = divisorOf(courses.map(({ price }) => price));
  const prices = courses.map(({ taken, price }): [number, number] => [taken, price / scale]);
  const price: ObjectiveStep = { costs: prices, scale, rows: [], keep: () => [], endsOn: () => null };
  if (objective !== 'finish') return [price];
  const days = courses.map(({ courses: [course] }) => dayNumber(course!.facts.endsOn));
  const [first, last] = [Math.min(...days), Math.max(...days)];
  if (days.length === 0) return [price];
  const finish = builder.column(0, last - first + 1);
  const rows = courses.map(({ taken }, index): Row => ({
    name: 'finish',
    terms: [
      [finish, 1],
      [taken, -(days[index]! - first + 1)],
    ],
    lower: 0,
    upper: Infinity,
  }));
  const keep = (values: number[]): Row[] => [
    { name: 'finish', terms: [[finish, 1]], lower: 0, upper: values[finish]! },
  ];
  const endsOn = (cost: number) => (cost < 1 ? null : dayOf(first + Math.round(cost) - 1));
  return [{ costs: [[finish, 1]], scale: 1, rows, keep, endsOn }, price];
}

function dayOf(number: number): string {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}

/** Largest number that divides all prices: smaller numbers are found faster. */
function divisorOf(prices: number[]): number {
  return prices.reduce((a, b) => largestDivisor(a, b), 0) || 1;
}
