import type { CountableLot } from './countable-lots.js';
import { findConflict, type Conflict } from './find-conflict.js';
import { shareOut } from './gather-supplies.js';
import type { IntegerProgramme, Row, SolveLater } from './integer-programme.js';
import { layOutPlan, type LaidOutPlan, type PlanCase } from './lay-out-plan.js';
import type { PlannableConversion, PlannableCourse } from './plan-options.js';

/** Credit that a conversion takes: of a lot, or of a course or conversion that comes before it in the plan. */
export type Taken =
  | { from: 'lot'; lot: CountableLot; amountCenti: number }
  | { from: 'course'; course: PlannableCourse; amountCenti: number }
  | { from: 'conversion'; conversion: PlannableConversion; amountCenti: number };

/** One thing to do. */
export type PlanStep =
  | { do: 'take'; course: PlannableCourse }
  | { do: 'convert'; conversion: PlannableConversion; taken: Taken[]; toCenti: number };

/** The cheapest way to an award, or why there is none. */
export type PathPlan =
  | { status: 'plan'; isCheapest: boolean; steps: PlanStep[] }
  | { status: 'impossible'; conflict: Conflict }
  | { status: 'unknown' };

/** All solving of one plan together takes no longer; a plan that is not proven the cheapest by then says so. */
export const PLAN_LIMIT_MS = 2_500;

/**
 * The plan with the least study time, cost or finishing day under all rules; among those the one that converts least.
 * Conversions of what is there come first, then courses in order of their end, then conversions of what they bring.
 */
export async function planPath(given: PlanCase, solve: SolveLater, nowMs: () => number): Promise<PathPlan> {
  const until = nowMs() + PLAN_LIMIT_MS;
  const within = (problem: IntegerProgramme, share = 1) => solve(problem, Math.max(20, (until - nowMs()) * share));
  const plan = layOutPlan(given);
  const { builder, courses } = plan;
  const kept: Row[] = [];
  let isCheapest = true;
  let values: number[] | null = null;
  for (const objective of objectivesOf(plan, given)) {
    const solution = await within(
      builder.minimising(objective.costs, [...objective.rows, ...kept]),
      values ? 0.5 : 0.7,
    );
    if (!('values' in solution)) {
      if (values) break;
      if (solution.status === 'unknown') return { status: 'unknown' };
      return { status: 'impossible', conflict: await findConflict(plan, given, within, () => nowMs() < until) };
    }
    values = solution.values;
    isCheapest &&= solution.status === 'best';
    kept.push(...objective.rows, ...objective.keep(values));
  }
  const chosen = courses.map(({ taken }): Row => {
    const count = values![taken]!;
    return { name: 'chosen', terms: [[taken, 1]], lower: count, upper: count };
  });
  const converted = plan.draws.map(({ column }): [number, number] => [column, 1]);
  const fewest = await within(builder.minimising(converted, chosen));
  if ('values' in fewest) values = fewest.values;
  return { status: 'plan', isCheapest, steps: toSteps(plan, given, values!) };
}

/** A sum to make least, and what later objectives may not make worse. */
interface ObjectiveStep {
  costs: [number, number][];
  rows: Row[];
  keep(values: number[]): Row[];
}

function objectivesOf({ builder, courses }: LaidOutPlan, { objective }: PlanCase): ObjectiveStep[] {
  const scale = divisorOf(courses.map(({ price }) => price));
  const prices = courses.map(({ taken, price }): [number, number] => [taken, price / scale]);
  const price: ObjectiveStep = { costs: prices, rows: [], keep: () => [] };
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
  return [{ costs: [[finish, 1]], rows, keep }, price];
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

function toSteps(plan: LaidOutPlan, { conversions }: PlanCase, values: number[]): PlanStep[] {
  const { lots, courses, uses, draws, steps } = plan;
  const taken = conversions.map((): Taken[] => []);
  lots.forEach((supply, index) => {
    // Conversions take the soonest to expire, as they do when nobody names lots.
    const given = [
      ...draws
        .filter((draw) => draw.supply === index)
        .map(({ conversion, column }) => ({ bucket: `${conversion}`, amountCenti: values[column]! })),
      ...uses.filter((use) => use.supply === index).map(({ column }) => ({ bucket: '', amountCenti: values[column]! })),
    ];
    for (const { lot, bucket, amountCenti } of shareOut(supply, given))
      if (bucket !== '') taken[Number(bucket)]!.push({ from: 'lot', lot, amountCenti });
  });
  const chosen = courses.map(({ courses: some, taken: column }) => some.slice(0, values[column]));
  for (const { supply, conversion, column } of draws) {
    const amountCenti = values[column]!;
    if (supply < lots.length || amountCenti === 0) continue;
    const some = chosen[supply - lots.length];
    if (!some) {
      const source = conversions[supply - lots.length - courses.length]!;
      taken[conversion]!.push({ from: 'conversion', conversion: source, amountCenti });
      continue;
    }
    let missing = amountCenti;
    for (const course of some) {
      const before = taken
        .flat()
        .reduce((sum, each) => (each.from === 'course' && each.course === course ? sum + each.amountCenti : sum), 0);
      const part = Math.min(missing, course.creditCenti - before);
      if (part > 0) taken[conversion]!.push({ from: 'course', course, amountCenti: part });
      missing -= part;
    }
  }
  const converts = conversions.flatMap((conversion, index): (PlanStep & { do: 'convert' })[] => {
    const toCenti = values[steps[index]!]! * conversion.toStepCenti;
    return toCenti === 0 ? [] : [{ do: 'convert', conversion, taken: taken[index]!, toCenti }];
  });
  const takes = chosen
    .flat()
    .sort((a, b) =>
      a.facts.endsOn === b.facts.endsOn ? (a.code < b.code ? -1 : 1) : a.facts.endsOn < b.facts.endsOn ? -1 : 1,
    )
    .map((course): PlanStep => ({ do: 'take', course }));
  return inOrder(converts, takes);
}

/** Each conversion after everything it takes from. */
function inOrder(converts: (PlanStep & { do: 'convert' })[], takes: PlanStep[]): PlanStep[] {
  const order: PlanStep[] = [];
  const isDone = (each: Taken, areCoursesDone: boolean) =>
    each.from === 'lot' ||
    (each.from === 'course' && areCoursesDone) ||
    (each.from === 'conversion' && order.some((step) => step.do === 'convert' && step.conversion === each.conversion));
  const place = (areCoursesDone: boolean) => {
    for (let ready = true; ready;) {
      const next = converts.find(
        (step) => !order.includes(step) && step.taken.every((each) => isDone(each, areCoursesDone)),
      );
      if (next) order.push(next);
      ready = next !== undefined;
    }
  };
  place(false);
  order.push(...takes);
  place(true);
  return order;
}
