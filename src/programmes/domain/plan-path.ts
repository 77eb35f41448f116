import { findConflict, type Conflict } from './find-conflict.js';
import { relaxed, type IntegerProgramme, type Row, type SolveLater } from './integer-programme.js';
import { layOutPlan, type LaidOutPlan, type PlanCase } from './lay-out-plan.js';
import { toSteps, type PlanStep } from './plan-steps.js';

/**
 * The cheapest way to an award. `price` is what is made least, and no plan of the same case has less than `least`: they
 * are equal where it is proven.
 */
export interface CheapestPath {
  status: 'plan';
  isCheapest: boolean;
  steps: PlanStep[];
  least: number;
  price: number;
}

/** The cheapest way to an award, or why there is none. */
export type PathPlan = CheapestPath | { status: 'impossible'; conflict: Conflict } | { status: 'unknown' };

/** All solving of one plan together takes no longer; a plan that is not proven the cheapest by then says so. */
export const PLAN_LIMIT_MS = 2_500;
const CONFLICT_LIMIT_MS = 2_000;
/** Less than this of a conversion is none. */
const IDLE = 1e-6;

/**
 * The plan with the least study time, cost or finishing day under all rules; among those the one that converts least.
 * Conversions of what is there come first, then courses in order of their end, then conversions of what they bring.
 */
export async function planPath(
  given: PlanCase,
  solve: SolveLater,
  nowMs: () => number,
  limitMs = PLAN_LIMIT_MS,
): Promise<PathPlan> {
  const until = nowMs() + limitMs;
  const within = (problem: IntegerProgramme, share = 1) => solve(problem, Math.max(20, (until - nowMs()) * share));
  const plan = layOutPlan(given);
  const { builder, courses } = plan;
  // How much counts where and is drawn may be fractions at first: what is cheapest is a matter of courses and steps.
  const amounts = new Set([
    ...[...plan.uses, ...plan.draws, ...plan.standIns.map(({ gives }) => ({ column: gives }))].map(
      ({ column }) => column,
    ),
    ...plan.ways.flatMap(({ way, uses, draws }) =>
      way.mostUses === Infinity ? [uses, ...draws.map(({ column }) => column)] : [],
    ),
  ]);
  const loose = await search(plan, given, amounts, within);
  if (loose.status === 'unknown') return loose;
  if (loose.status === 'none')
    return { status: 'impossible', conflict: await conflictOf(plan, given, { amounts, solve, nowMs }) };
  const { values, ...proven } = loose;
  const chosen = courses.map(({ taken }): Row => {
    const count = values[taken]!;
    return { name: 'chosen', terms: [[taken, 1]], lower: count, upper: count };
  });
  const converted = plan.draws.map(({ column }): [number, number] => [column, 1]);
  // Mostly the conversions that were found with fractions do, and so few are rounded at once.
  const idle = plan.ways.filter(({ uses }) => values[uses]! < IDLE).map(({ uses }): [number, number] => [uses, 1]);
  const unused: Row = { name: 'unused', terms: idle, lower: 0, upper: 0 };
  const few = await within(builder.minimising(converted, [...chosen, unused]), 0.4);
  const fewest = 'values' in few ? few : await within(builder.minimising(converted, chosen));
  if ('values' in fewest) return { ...proven, status: 'plan', steps: toSteps(plan, fewest.values) };
  if (fewest.status === 'unknown') return { status: 'unknown' };
  // Those courses do with fractions only: whole hundredths from the start, which takes longer.
  const whole = await search(plan, given, new Set(), within);
  if (whole.status === 'unknown') return whole;
  if (whole.status === 'none')
    return { status: 'impossible', conflict: await conflictOf(plan, given, { amounts: new Set(), solve, nowMs }) };
  const { price, isCheapest, values: exact } = whole;
  return { status: 'plan', isCheapest, least: Math.max(proven.least, whole.least), price, steps: toSteps(plan, exact) };
}

interface FoundPlan {
  status: 'plan';
  values: number[];
  isCheapest: boolean;
  price: number;
  least: number;
}
type Found = FoundPlan | { status: 'none' } | { status: 'unknown' };

/** What is cheapest, one objective after the other, when the columns of `loose` may be fractions. */
async function search(
  plan: LaidOutPlan,
  given: PlanCase,
  loose: Set<number>,
  within: (problem: IntegerProgramme, share?: number) => ReturnType<SolveLater>,
): Promise<Found> {
  const kept: Row[] = [];
  let found: FoundPlan | null = null;
  for (const objective of objectivesOf(plan, given)) {
    const problem = relaxed(plan.builder.minimising(objective.costs, [...objective.rows, ...kept]), loose);
    const solution = await within(problem, found ? 0.5 : 0.8);
    if (!('values' in solution))
      return found ?? (solution.status === 'unknown' ? { status: 'unknown' } : { status: 'none' });
    const { values } = solution;
    const isBest = solution.status === 'best';
    const price = objective.costs.reduce((sum, [column, cost]) => sum + cost * values[column]!, 0);
    const bound = isBest ? price : Math.min(price, Math.max(0, solution.bound ?? 0));
    const before: FoundPlan | null = found;
    const cost: Pick<FoundPlan, 'price' | 'least' | 'isCheapest'> = before ?? {
      price: price * objective.scale,
      least: bound * objective.scale,
      isCheapest: true,
    };
    found = { status: 'plan', values, price: cost.price, least: cost.least, isCheapest: isBest && cost.isCheapest };
    kept.push(...objective.rows, ...objective.keep(values));
  }
  return found!;
}

/** Why there is no plan. It is known that there is none: saying why has a time of its own. */
function conflictOf(
  plan: LaidOutPlan,
  given: PlanCase,
  { amounts, solve, nowMs }: { amounts: Set<number>; solve: SolveLater; nowMs: () => number },
): Promise<Conflict> {
  const until = nowMs() + CONFLICT_LIMIT_MS;
  return findConflict(plan, given, {
    amounts,
    solve: (problem) => solve(problem, Math.max(20, until - nowMs())),
    isTimeLeft: () => nowMs() < until,
  });
}

/** A sum to make least, and what later objectives may not make worse. */
interface ObjectiveStep {
  costs: [number, number][];
  /** What one of the sum is worth. */
  scale: number;
  rows: Row[];
  keep(values: number[]): Row[];
}

function objectivesOf({ builder, courses }: LaidOutPlan, { objective }: PlanCase): ObjectiveStep[] {
  const scale = divisorOf(courses.map(({ price }) => price));
  const prices = courses.map(({ taken, price }): [number, number] => [taken, price / scale]);
  const price: ObjectiveStep = { costs: prices, scale, rows: [], keep: () => [] };
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
  return [{ costs: [[finish, 1]], scale: 1, rows, keep }, price];
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}

/** Largest number that divides all prices: smaller numbers are found faster. */
function divisorOf(prices: number[]): number {
  const common = prices.reduce((a, b) => {
    while (b !== 0) [a, b] = [b, a % b];
    return a;
  }, 0);
  return common === 0 ? 1 : common;
}
