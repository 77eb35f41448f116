import type { CountableLot } from './countable-lots.js';
import { findConflict, type Conflict } from './find-conflict.js';
import { shareOut } from './gather-supplies.js';
import { relaxed, type IntegerProgramme, type Row, type SolveLater } from './integer-programme.js';
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
  // How much counts where and is drawn may be fractions at first: what is cheapest is a matter of courses and steps.
  const amounts = new Set(
    [...plan.uses, ...plan.draws, ...plan.standIns.map(({ gives }) => ({ column: gives }))].map(({ column }) => column),
  );
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
      return {
        status: 'impossible',
        conflict: await findConflict(
          plan,
          given,
          (problem) => within(relaxed(problem, amounts)),
          () => nowMs() < until,
        ),
      };
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
  if ('values' in fewest) return { status: 'plan', isCheapest, steps: toSteps(plan, given, fewest.values) };
  if (fewest.status === 'unknown') return { status: 'unknown' };
  // Those courses do with fractions only: whole hundredths from the start, which takes longer.
  const [objective] = objectivesOf(plan, given).slice(-1);
  const whole = await within(builder.minimising(objective!.costs, kept));
  if (!('values' in whole)) return { status: 'unknown' };
  return {
    status: 'plan',
    isCheapest: isCheapest && whole.status === 'best',
    steps: toSteps(plan, given, whole.values),
  };
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
  const chosen = courses.map(({ courses: some, taken: column }) => some.slice(0, values[column]));
  const drawn = new Map<string, Taken[]>();
  for (const { supply, creditType, column } of draws) {
    const some = drawn.get(creditType) ?? [];
    drawn.set(creditType, some);
    const amountCenti = values[column]!;
    if (amountCenti === 0) continue;
    const conversion = conversions[supply - lots.length - courses.length];
    if (conversion) some.push({ from: 'conversion', conversion, amountCenti });
    else if (supply >= lots.length) some.push(...ofCourses(chosen[supply - lots.length]!, amountCenti));
    else {
      // Conversions take the soonest to expire, as they do when nobody names lots.
      const given = [
        { bucket: 'drawn', amountCenti },
        ...uses.filter((use) => use.supply === supply).map((use) => ({ bucket: '', amountCenti: values[use.column]! })),
      ];
      for (const part of shareOut(lots[supply]!, given))
        if (part.bucket === 'drawn') some.push({ from: 'lot', lot: part.lot, amountCenti: part.amountCenti });
    }
  }
  const taken = conversions.map(({ from, fromStepCenti }, index) =>
    takeFrom(drawn.get(from) ?? [], values[steps[index]!]! * fromStepCenti),
  );
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

/** So many hundredths of courses that stand for each other, one after the other. */
function ofCourses(courses: PlannableCourse[], amountCenti: number): Taken[] {
  return takeFrom(
    courses.map((course) => ({ from: 'course', course, amountCenti: course.creditCenti })),
    amountCenti,
  );
}

/** Takes an amount from the front of a list, which loses it. */
function takeFrom(some: Taken[], amountCenti: number): Taken[] {
  const taken: Taken[] = [];
  for (let missing = amountCenti; missing > 0;) {
    const next = some[0]!;
    const part = Math.min(missing, next.amountCenti);
    taken.push({ ...next, amountCenti: part });
    missing -= part;
    if (part === next.amountCenti) some.shift();
    else some[0] = { ...next, amountCenti: next.amountCenti - part };
  }
  return taken;
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
