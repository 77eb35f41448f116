import type { Programme } from '../../policy/domain/programmes.js';
import type { Ways } from './ways.js';
import { attemptKeys } from '../../policy/domain/attempts.js';
import type { CountableLot } from './countable-lots.js';
import { gatherSupplies, type LotSupply } from './gather-supplies.js';
import type { Row } from './integer-programme.js';
import { layNumbers, layWayRows, layWays, mostOfHeaps, type HeapRows, type WayColumns } from './lay-out-ways.js';
import { layOutProgramme, type LaidOut, type Supply } from './lay-out-programme.js';
import type { PlannableCourse } from './plan-options.js';
import { countsOutcomes, isNumbered, traitsOf, traitsOfAny, type ProgrammeRules } from './programme-traits.js';
import type { UsedAttempts } from './used-attempts.js';

/** What a plan may keep least: remaining study time, cost, or the day it is finished. */
export const OBJECTIVES = ['study-time', 'cost', 'finish'] as const;
/** What a plan makes least: study time, money, or the day on which all is done. */
export type Objective = (typeof OBJECTIVES)[number];

/** Everything a plan may be made of. */
export interface PlanCase {
  programme: Programme;
  rules: ProgrammeRules;
  objective: Objective;
  /** Lots that may count or be converted, soonest to expire first. */
  lots: PlanLot[];
  courses: PlannableCourse[];
  ways: Ways;
  /** Heap that conversions draw a course from, by code. */
  heapOfCourse: Map<string, number>;
  /** Codes of courses the learner does not want. */
  excluded: Set<string>;
  /** Price of a course where the objective is cost; a course without one is not considered. */
  costOf: Map<string, number>;
  /** Courses of which an outcome was converted: taken again they would not count. */
  used: UsedAttempts;
  /** Limits on what courses may bring, of the pack's caps on what comes in. */
  intake: IntakeLimit[];
  today: string;
}

/** A lot in a plan. */
export interface PlanLot extends CountableLot {
  /** Heap that conversions draw it from; -1 where none does. */
  heap: number;
}

/** At most so much of what some courses would bring. */
export interface IntakeLimit {
  code: string;
  left: number;
  /** How much one course takes of it, by code. */
  takes: Map<string, number>;
}

/** Courses that the programme cannot tell apart, with one price. */
export interface CourseSupply extends Supply {
  courses: PlannableCourse[];
  price: number;
  /** Column: how many of them are taken. */
  taken: number;
  heap: number;
}

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
}

/** The programme's own conditions, and those of taking courses and converting. All rules that could be in the way have names. */
export function layOutPlan(given: PlanCase): LaidOutPlan {
  const { programme, rules, ways } = given;
  const lots = gatherSupplies(rules, programme, given.lots, { apartBy: ({ heap }) => `${heap}` });
  const courses = gatherCourses(given);
  const start = ways.heaps.map(() => 0);
  const heapOf = [...lots.map(({ lots: [lot] }) => lot!.heap), ...courses.map(({ heap }) => heap)];
  [...lots, ...courses].forEach(({ amountCenti }, index) => {
    if (heapOf[index]! >= 0) start[heapOf[index]!]! += amountCenti;
  });
  const most = mostOfHeaps(ways, start);
  const converted = ways.heaps.flatMap((_, heap) =>
    most.heaps[heap]! > 0 && ways.heaps[heap]!.isConverted
      ? [
          {
            heap,
            amountCenti: most.heaps[heap]!,
            outcome: `heap ${heap}`,
            ...convertedTraits(given, heap, most.heaps[heap]!),
          },
        ]
      : [],
  );
  const supplies: Supply[] = [...lots, ...courses, ...converted];
  const layout = layOutProgramme(programme, supplies, false);
  const { builder, uses } = layout;
  for (const course of courses) course.taken = builder.column(0, course.courses.length);
  const columns = layWays(builder, ways, most);
  const draws = heapOf.flatMap((heap, supply): DrawColumn[] =>
    heap < 0 || supplies[supply]!.amountCenti === 0
      ? []
      : [{ supply, heap, column: builder.column(0, supplies[supply]!.amountCenti) }],
  );
  const plan: LaidOutPlan = { ...layout, lots, courses, ways: columns, heaps: ways.heaps, draws };
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
  layNumbers(layout, columns);
  layLimits(plan, given);
  return plan;
}

/** What converted credit may do, and how caps and floors on numbers of outcomes see it: see {@link PlanCare}. */
function convertedTraits(
  { programme, rules, ways }: PlanCase,
  heap: number,
  centi: number,
): Pick<Supply, 'traits' | 'isConverted' | 'entries'> {
  const traits = traitsOfAny(rules, programme, [...ways.heaps[heap]!.kinds.values()]);
  const byNumber = programme.caps.map(countsOutcomes);
  // Any hundredth may be an outcome that fills a floor.
  if (ways.care === 'loose')
    return {
      traits: { ...traits, caps: traits.caps.map((group, index) => (byNumber[index] ? null : group)) },
      entries: centi,
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
  if (given.objective === 'finish') layTimetable(builder.row.bind(builder), courses);
}

/** What the learner has already: a second attempt at it would count instead of the first, not besides. */
function learntKeys({ lots, rules }: Pick<PlanCase, 'lots' | 'rules'>): Set<string> {
  return new Set(lots.flatMap(({ facts }) => attemptKeys(rules.titleRules, facts)));
}

/** Two courses whose meetings overlap cannot both be taken. */
function layTimetable(
  row: (name: string, terms: Row['terms'], lower: number, upper: number) => void,
  courses: CourseSupply[],
): void {
  const meetings = courses
    .flatMap(({ courses: [course], taken }) => course!.meetings!.map((meeting) => ({ ...meeting, taken })))
    .sort((a, b) => a.startsAt - b.startsAt);
  const told = new Set<string>();
  let running: typeof meetings = [];
  for (const meeting of meetings) {
    running = running.filter(({ endsAt }) => endsAt > meeting.startsAt);
    for (const other of running) {
      const pair = [other.taken, meeting.taken].sort((a, b) => a - b);
      if (other.taken === meeting.taken || told.has(pair.join())) continue;
      told.add(pair.join());
      row(
        'timetable',
        pair.map((column) => [column, 1]),
        0,
        1,
      );
    }
    running.push(meeting);
  }
}

/** Courses the programme cannot tell apart become one column; numbered, dated or gated ones stay by themselves. */
function gatherCourses({
  programme,
  rules,
  objective,
  courses,
  lots,
  excluded,
  costOf,
  intake,
  used,
  heapOfCourse,
}: PlanCase): CourseSupply[] {
  const learnt = learntKeys({ lots, rules });
  const supplies = new Map<string, CourseSupply>();
  for (const course of [...courses].sort((a, b) => (a.code < b.code ? -1 : 1))) {
    if (used.knows(course.facts) || attemptKeys(rules.titleRules, course.facts).some((key) => learnt.has(key)))
      continue;
    if (objective === 'finish' && course.meetings === null) continue;
    const price = objective === 'cost' ? costOf.get(course.code) : course.studySeconds;
    if (price === undefined) continue;
    const traits = traitsOf(rules, programme, course.facts);
    const isAlone =
      isNumbered(programme, traits) ||
      objective === 'finish' ||
      traits.items.length > 0 ||
      course.facts.outcomeClass !== 'activity' ||
      excluded.has(course.code) ||
      intake.some(({ takes }) => takes.has(course.code));
    if (traits.items.length === 0) traits.thing = '';
    const heap = heapOfCourse.get(course.code) ?? -1;
    const label = isAlone ? course.code : '';
    const key = JSON.stringify([traits, price, course.creditType, course.creditCenti, heap, label]);
    const supply = supplies.get(key);
    if (supply) {
      supply.courses.push(course);
      supply.amountCenti += course.creditCenti;
    } else {
      const outcome = `course ${course.code}`;
      const entries = isNumbered(programme, traits)
        ? Math.max(1, Math.min(course.visits.length, course.creditCenti))
        : 1;
      const own = { traits, outcome, entries, courses: [course], price, taken: -1, heap };
      supplies.set(key, { ...own, amountCenti: course.creditCenti });
    }
  }
  return [...supplies.values()];
}
