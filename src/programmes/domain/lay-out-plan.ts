import { boundWays, mostWanted } from './bound-ways.js';
import { layNumbers, type CountedColumn } from './count-conversions.js';
import { attemptKeys } from '../../policy/domain/attempts.js';
import { gatherCourses, learntKeys } from './gather-courses.js';
import { gatherSupplies, type LotSupply } from './gather-supplies.js';
import type { Row } from './integer-programme.js';
import { layOutProgramme, type LaidOut, type Supply } from './lay-out-programme.js';
import { layWayRows, layWays, type HeapRows, type WayColumns } from './lay-out-ways.js';
import { layTimetable } from './lay-timetable.js';
import type { CourseSupply, PlanCase, PlanLot } from './planning-case.js';
import { countsOutcomes, isNumbered, traitsOfAny, type Traits } from './programme-traits.js';
import type { Ways } from './ways.js';

/** So many hundredths of a supply to be drawn by conversions. */
export interface DrawColumn {
  supply: number;
  heap: number;
  column: number;
}

/** A plan as an integer programme. Supplies are lots, then courses, then converted credit. */
export interface LaidOutPlan extends LaidOut {
  lots: LotSupply<PlanLot>[];
  courses: CourseSupply[];
  ways: WayColumns[];
  heaps: Ways['heaps'];
  draws: DrawColumn[];
  /** Part of what conversions bring that counts as it is, where each that does is an outcome. */
  counted: CountedColumn[];
}

/**
 * The programme's own conditions, and those of taking courses and converting. All rules that could be in the way have
 * names. Bounded, what no plan needs is left out, and some rules may be in the bounds of columns alone; unbounded, every
 * rule is a condition with its name and nothing else is one.
 */
export function layOutPlan(given: PlanCase, { isBounded = true } = {}): LaidOutPlan {
  const { programme, rules, ways } = given;
  const lots = gatherSupplies(rules, programme, given.lots, { apartBy: ({ heap }) => `${heap}` });
  const courses = gatherCourses(given);
  const start = ways.heaps.map(() => 0);
  const heapOf = [...lots.map(({ lots: [lot] }) => lot!.heap), ...courses.map(({ heap }) => heap)];
  [...lots, ...courses].forEach(({ amountCenti }, index) => {
    if (heapOf[index]! >= 0) start[heapOf[index]!]! += amountCenti;
  });
  const made = ways.heaps.flatMap(({ isConverted, kinds }, heap) =>
    isConverted ? [{ heap, traits: traitsOfAny(rules, programme, [...kinds.values()]) }] : [],
  );
  const wanted = isBounded
    ? mostWanted(
        programme,
        made.map(({ traits }) => traits),
      )
    : null;
  const most = boundWays(ways, start, wanted);
  const converted = made.flatMap(({ heap, traits }) => {
    const amountCenti = most.heaps[heap]!;
    return amountCenti > 0
      ? [{ heap, amountCenti, outcome: `heap ${heap}`, ...convertedTraits(given, { heap, traits, amountCenti }) }]
      : [];
  });
  const supplies: Supply[] = [...lots, ...courses, ...converted];
  const layout = layOutProgramme(programme, supplies, false);
  const { builder, uses } = layout;
  for (const course of courses) course.taken = builder.column(0, course.courses.length);
  if (wanted !== null)
    for (const { supply, column } of uses) if (supply >= lots.length + courses.length) builder.limit(column, wanted);
  const columns = layWays(builder, ways, most);
  const draws = heapOf.flatMap((heap, supply): DrawColumn[] =>
    heap < 0 || supplies[supply]!.amountCenti === 0
      ? []
      : [{ supply, heap, column: builder.column(0, supplies[supply]!.amountCenti) }],
  );
  const plan: LaidOutPlan = { ...layout, lots, courses, ways: columns, heaps: ways.heaps, draws, counted: [] };
  laySupplies(plan);
  const rows = ways.heaps.map((_, heap): HeapRows => {
    const own = heapOf.flatMap((each, supply) => (each === heap ? [supply] : []));
    const product = converted.findIndex((each) => each.heap === heap);
    return {
      drawn: draws.filter((draw) => draw.heap === heap).map(({ column }) => [column, 1]),
      there: {
        terms: own.flatMap((supply): Row['terms'] => {
          const course = courses[supply - lots.length];
          return course ? [[course.taken, course.courses[0]!.creditCenti]] : [];
        }),
        centi: own.reduce((sum, supply) => sum + (lots[supply]?.amountCenti ?? 0), 0),
      },
      used:
        product < 0
          ? []
          : uses
              .filter(({ supply }) => supply === lots.length + courses.length + product)
              .map(({ column }) => [column, 1]),
    };
  });
  layWayRows(builder, ways, columns, rows);
  plan.counted = layNumbers(layout, columns, (heap) => Math.min(most.heaps[heap]!, wanted ?? Infinity));
  layLimits(plan, given);
  return plan;
}

/** What converted credit may do, and how caps and floors on numbers of outcomes see it: see {@link PlanCare}. */
function convertedTraits(
  { programme, ways }: PlanCase,
  { heap, traits, amountCenti }: { heap: number; traits: Traits; amountCenti: number },
): Pick<Supply, 'traits' | 'isConverted' | 'entries'> {
  const byNumber = programme.caps.map(countsOutcomes);
  // Any hundredth may be an outcome that fills a floor.
  if (ways.care === 'loose')
    return {
      traits: { ...traits, caps: traits.caps.map((group, index) => (byNumber[index] ? null : group)) },
      entries: amountCenti,
    };
  if (!isNumbered(programme, traits)) return { traits };
  const behind = ways.ways.filter(({ products }) => products.some((product) => product.heap === heap));
  if (behind.length === 1 && [1, Infinity].includes(behind[0]!.mostUses)) return { traits };
  return ways.care === 'strict' ? { traits: { ...traits, buckets: [] } } : { traits, isConverted: true };
}

/** What uses and conversions take of a lot or course is no more than there is. */
function laySupplies({ builder, uses, draws, lots, courses }: LaidOutPlan): void {
  const terms = [...lots, ...courses].map((): Row['terms'] => []);
  for (const { supply, column } of [...uses, ...draws]) terms[supply]?.push([column, 1]);
  terms.forEach((taken, index) => {
    if (taken.length === 0) return;
    const course = courses[index - lots.length];
    if (!course) builder.row('supply', taken, 0, lots[index]!.amountCenti);
    else builder.row('supply', [...taken, [course.taken, -course.courses[0]!.creditCenti]], -Infinity, 0);
  });
}

function layLimits({ builder, courses, ways }: LaidOutPlan, given: PlanCase): void {
  const { excluded, intake, rules } = given;
  for (const {
    courses: [course],
    taken,
  } of courses)
    if (excluded.has(course!.code)) builder.row(`excluded ${course!.code}`, [[taken, 1]], 0, 0);
  for (const { code, left, takes } of intake) {
    const terms = courses.map(({ courses: some, taken }): [number, number] => [
      taken,
      Math.max(0, ...some.map((course) => takes.get(course.code) ?? 0)),
    ]);
    builder.row(
      `intake ${code}`,
      terms.filter(([, takes]) => takes > 0),
      0,
      left,
    );
  }
  const sameThing = new Map<string, number[]>();
  for (const {
    courses: [course],
    taken,
  } of courses)
    for (const key of attemptKeys(rules.titleRules, course!.facts))
      sameThing.set(key, [...(sameThing.get(key) ?? []), taken]);
  const learnt = learntKeys(given);
  for (const { way, uses } of ways)
    for (const { heap } of way.products)
      for (const key of attemptKeys(rules.titleRules, given.ways.heaps[heap]!.learning.facts))
        if (learnt.has(key)) builder.row('attempt', [[uses, 1]], 0, 0);
        else sameThing.set(key, [...(sameThing.get(key) ?? []), uses]);
  for (const taken of sameThing.values())
    if (taken.length > 1)
      builder.row(
        'attempt',
        taken.map((column) => [column, 1]),
        0,
        1,
      );
  if (given.objective === 'finish') layTimetable(builder, courses);
}
