import type { Way } from './ways.js';
import { shareOut } from './gather-supplies.js';
import type { LaidOutPlan } from './lay-out-plan.js';
import type { PlanLot } from './planning-case.js';
import type { PlannableCourse } from './plan-options.js';

/** Credit that a conversion takes: of a lot, or of a course or conversion that comes before it in the plan. */
export type Taken =
  | { from: 'lot'; lot: PlanLot; amountCenti: number }
  | { from: 'course'; course: PlannableCourse; amountCenti: number }
  | { from: 'conversion'; step: ConvertStep; heap: number; amountCenti: number };

/** One conversion. */
export interface ConvertStep {
  do: 'convert';
  way: Way;
  taken: Taken[];
  /** Credit types it brings, in the order of the way's products. */
  brings: { heap: number; creditType: string; centi: number }[];
}

/** One thing to do. */
export type PlanStep = { do: 'take'; course: PlannableCourse } | ConvertStep;

/**
 * The steps behind a solution: conversions of what is there first, then courses in order of their end, then conversions
 * of what those bring. Each conversion comes after everything it takes from.
 */
export function toSteps(plan: LaidOutPlan, values: number[]): PlanStep[] {
  const chosen = plan.courses.map(({ courses, taken }) => courses.slice(0, values[taken]));
  const heaps = drawnByHeap(plan, chosen, values);
  const converts = inFlow(plan, values).flatMap(({ way, uses, draws }): ConvertStep[] => {
    const count = values[uses]!;
    if (count === 0) return [];
    const parts = draws.map(({ heap, column, each }) => ({ heap, centi: values[column]! * each }));
    // A ratio takes all its steps at once, a fixed amount is an order each time.
    const orders = way.mostUses === Infinity ? 1 : count;
    const spares = new Map(
      way.products.map(({ heap, centi }) => [heap, centi * count - countedOf(plan, way, heap, values)]),
    );
    return Array.from({ length: orders }, () =>
      order(plan, way, takeOrder(heaps, parts, orders, way, count), count / orders),
    ).map((step) => {
      for (const { heap, centi } of step.brings) {
        const some = heaps.get(heap) ?? [];
        heaps.set(heap, some);
        const spare = Math.min(centi, spares.get(heap)!);
        spares.set(heap, spares.get(heap)! - spare);
        if (spare > 0) some.push({ from: 'conversion', step, heap, amountCenti: spare });
      }
      return step;
    });
  });
  const takes = chosen
    .flat()
    .sort((a, b) =>
      a.facts.endsOn === b.facts.endsOn ? (a.code < b.code ? -1 : 1) : a.facts.endsOn < b.facts.endsOn ? -1 : 1,
    )
    .map((course): PlanStep => ({ do: 'take', course }));
  return inOrder(converts, takes);
}

/** What of a way's credit in a heap counts, so that others do not draw it; nothing where that is not told apart. */
function countedOf({ counted }: LaidOutPlan, way: Way, heap: number, values: number[]): number {
  const column = counted.find((each) => each.own.way === way && each.heap === heap)?.column;
  return column === undefined ? 0 : values[column]!;
}

function order({ heaps }: LaidOutPlan, way: Way, taken: Taken[], uses: number): ConvertStep {
  const brings = way.products.map(({ heap, centi }) => ({
    ...{ heap, centi: centi * uses },
    creditType: heaps[heap]!.learning.facts.creditType,
  }));
  return { do: 'convert', way, taken, brings };
}

/** What one order takes of each heap: of those that are left, so much that the orders come out even. */
function takeOrder(
  heaps: Map<number, Taken[]>,
  parts: { heap: number; centi: number }[],
  orders: number,
  way: Way,
  count: number,
): Taken[] {
  let missing = (way.drawnCenti * count) / orders;
  return parts.flatMap((part) => {
    const centi = Math.min(part.centi, missing);
    part.centi -= centi;
    missing -= centi;
    return takeFrom(heaps.get(part.heap) ?? [], centi);
  });
}

/** Ways in an order in which what one brings is there before another draws it. */
function inFlow({ ways }: LaidOutPlan, values: number[]): LaidOutPlan['ways'] {
  const left = ways.filter(({ uses }) => values[uses]! > 0);
  const order: LaidOutPlan['ways'] = [];
  while (left.length > 0) {
    const next = left.findIndex(
      (own) =>
        !left.some(
          (other) =>
            other !== own && other.way.products.some(({ heap }) => own.way.feeds.some((feed) => feed.includes(heap))),
        ),
    );
    order.push(...left.splice(Math.max(0, next), 1));
  }
  return order;
}

/** What conversions draw of lots and courses, by heap; of lots the soonest to expire, as when nobody names them. */
function drawnByHeap(
  { lots, uses, draws }: LaidOutPlan,
  chosen: PlannableCourse[][],
  values: number[],
): Map<number, Taken[]> {
  const drawn = new Map<number, Taken[]>();
  for (const { supply, heap, column } of draws) {
    const some = drawn.get(heap) ?? [];
    drawn.set(heap, some);
    const amountCenti = values[column]!;
    if (amountCenti === 0) continue;
    if (supply >= lots.length) {
      some.push(...ofCourses(chosen[supply - lots.length]!, amountCenti));
      continue;
    }
    const given = [
      { bucket: 'drawn', amountCenti },
      ...uses.filter((use) => use.supply === supply).map((use) => ({ bucket: '', amountCenti: values[use.column]! })),
    ];
    for (const part of shareOut(lots[supply]!, given))
      if (part.bucket === 'drawn') some.push({ from: 'lot', lot: part.lot, amountCenti: part.amountCenti });
  }
  return drawn;
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
    const next = some[0];
    if (!next) throw new Error('A plan converts more than there is');
    const part = Math.min(missing, next.amountCenti);
    taken.push({ ...next, amountCenti: part });
    missing -= part;
    if (part === next.amountCenti) some.shift();
    else some[0] = { ...next, amountCenti: next.amountCenti - part };
  }
  return taken;
}

/** Each conversion after everything it takes from. */
function inOrder(converts: ConvertStep[], takes: PlanStep[]): PlanStep[] {
  const order: PlanStep[] = [];
  const isDone = (each: Taken, areCoursesDone: boolean) =>
    each.from === 'lot' ||
    (each.from === 'course' && areCoursesDone) ||
    (each.from === 'conversion' && order.includes(each.step));
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
