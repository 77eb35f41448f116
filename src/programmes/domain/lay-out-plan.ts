import type { Programme } from '../../policy/domain/programmes.js';
import { attemptKeys, type CountableLot } from './countable-lots.js';
import { gatherSupplies, type LotSupply } from './gather-supplies.js';
import type { Row } from './integer-programme.js';
import { layOutProgramme, type LaidOut, type Supply } from './lay-out-programme.js';
import type { PlannableConversion, PlannableCourse } from './plan-options.js';
import { countsOutcomes, traitsOf, type ProgrammeRules } from './programme-traits.js';

/** What a plan may keep least: remaining study time, cost, or the day it is finished. */
export const OBJECTIVES = ['study-time', 'cost', 'finish'] as const;
/** What a plan makes least: study time, money, or the day on which all is done. */
export type Objective = (typeof OBJECTIVES)[number];

/** Everything a plan may be made of. */
export interface PlanCase {
  programme: Programme;
  rules: ProgrammeRules;
  objective: Objective;
  /** Lots that may count, soonest to expire first. */
  lots: CountableLot[];
  courses: PlannableCourse[];
  conversions: PlannableConversion[];
  /** Codes of courses the learner does not want. */
  excluded: Set<string>;
  /** Price of a course where the objective is cost; a course without one is not considered. */
  costOf: Map<string, number>;
  /** Limits on what courses may bring, of the pack's caps on what comes in. */
  intake: IntakeLimit[];
  today: string;
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
}

/** So many hundredths of a supply into conversions of its type; which of them takes which does not matter to the rules. */
export interface DrawColumn {
  supply: number;
  creditType: string;
  column: number;
}

/** A plan as an integer programme. Supplies are lots, then courses, then conversions. */
export interface LaidOutPlan extends LaidOut {
  lots: LotSupply[];
  courses: CourseSupply[];
  /** Column of the number of steps, by conversion. */
  steps: number[];
  draws: DrawColumn[];
}

/** The programme's own conditions, and those of taking courses and converting. All rules that could be in the way have names. */
export function layOutPlan(given: PlanCase): LaidOutPlan {
  const { programme, rules, conversions } = given;
  const lots = gatherSupplies(rules, programme, given.lots, false);
  const courses = gatherCourses(given);
  const most = mostOfConversions(conversions, [
    ...lots.map(({ lots: [lot], amountCenti }) => ({ creditType: lot!.facts.creditType, amountCenti })),
    ...courses.map(({ courses: [course], amountCenti }) => ({ creditType: course!.creditType, amountCenti })),
  ]);
  const converted = conversions.map(({ code, facts }, index): Supply => ({
    traits: traitsOf(rules, programme, facts),
    amountCenti: most[index]!,
    outcome: `conversion ${code}`,
  }));
  const supplies = [...lots, ...courses, ...converted];
  const layout = layOutProgramme(programme, supplies, false);
  const { builder } = layout;
  for (const course of courses) course.taken = builder.column(0, course.courses.length);
  const steps = conversions.map(({ toStepCenti }, index) => builder.column(0, Math.floor(most[index]! / toStepCenti)));
  const typeOf = [
    ...lots.map(({ lots: [lot] }) => lot!.facts.creditType),
    ...courses.map(({ courses: [course] }) => course!.creditType),
    ...conversions.map(({ to }) => to),
  ];
  const convertible = new Set(conversions.map(({ from }) => from));
  const draws = supplies.flatMap(({ amountCenti }, supply): DrawColumn[] => {
    const creditType = typeOf[supply]!;
    if (!convertible.has(creditType) || amountCenti === 0) return [];
    return [{ supply, creditType, column: builder.column(0, amountCenti) }];
  });
  const plan = { ...layout, lots, courses, steps, draws };
  laySupplies(plan, supplies, conversions);
  layLimits(plan, given);
  return plan;
}

/** What uses and conversions take of a supply is no more than there is. */
function laySupplies(plan: LaidOutPlan, supplies: Supply[], conversions: PlannableConversion[]): void {
  const { builder, uses, draws, lots, courses, steps } = plan;
  const terms = supplies.map((): Row['terms'] => []);
  for (const { supply, column } of [...uses, ...draws]) terms[supply]!.push([column, 1]);
  supplies.forEach(({ amountCenti }, index) => {
    const taken = terms[index]!;
    const course = courses[index - lots.length];
    const conversion = index - lots.length - courses.length;
    if (taken.length === 0) return;
    if (index < lots.length) builder.row('supply', taken, 0, amountCenti);
    else if (course) {
      const each = course.courses[0]!.creditCenti;
      builder.row('supply', [...taken, [course.taken, -each]], -Infinity, 0);
    } else builder.row('supply', [...taken, [steps[conversion]!, -conversions[conversion]!.toStepCenti]], -Infinity, 0);
  });
  for (const type of new Set(draws.map(({ creditType }) => creditType))) {
    const drawn = draws.filter(({ creditType }) => creditType === type);
    const given = conversions.flatMap(({ from, fromStepCenti }, index): Row['terms'] =>
      from === type ? [[steps[index]!, -fromStepCenti]] : [],
    );
    builder.row('steps', [...drawn.map(({ column }): [number, number] => [column, 1]), ...given], 0, 0);
  }
}

function layLimits({ builder, courses, steps }: LaidOutPlan, given: PlanCase): void {
  const { conversions, excluded, intake, rules } = given;
  conversions.forEach(({ code, leftCenti, limitGroup }) => {
    if (limitGroup === null) return;
    const together = conversions.flatMap((other, index): Row['terms'] =>
      other.limitGroup === limitGroup ? [[steps[index]!, other.toStepCenti]] : [],
    );
    builder.row(`conversion ${code}`, together, 0, leftCenti);
  });
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
}: PlanCase): CourseSupply[] {
  const learnt = new Set(lots.flatMap(({ facts }) => attemptKeys(rules.titleRules, facts)));
  const isNumbered = [...programme.caps, ...programme.floors].some(countsOutcomes);
  const supplies = new Map<string, CourseSupply>();
  for (const course of [...courses].sort((a, b) => (a.code < b.code ? -1 : 1))) {
    if (attemptKeys(rules.titleRules, course.facts).some((key) => learnt.has(key))) continue;
    if (objective === 'finish' && course.meetings === null) continue;
    const price = objective === 'cost' ? costOf.get(course.code) : course.studySeconds;
    if (price === undefined) continue;
    const traits = traitsOf(rules, programme, course.facts);
    const isAlone =
      isNumbered ||
      objective === 'finish' ||
      traits.items.length > 0 ||
      course.facts.outcomeClass !== 'activity' ||
      excluded.has(course.code) ||
      intake.some(({ takes }) => takes.has(course.code));
    if (traits.items.length === 0) traits.thing = '';
    const key = JSON.stringify([traits, price, course.creditType, course.creditCenti, isAlone ? course.code : '']);
    const supply = supplies.get(key);
    if (supply) {
      supply.courses.push(course);
      supply.amountCenti += course.creditCenti;
    } else {
      const outcome = `course ${course.code}`;
      supplies.set(key, { traits, outcome, courses: [course], price, taken: -1, amountCenti: course.creditCenti });
    }
  }
  return [...supplies.values()];
}

/** Most that each conversion can bring, from all there could be of its source, also by way of other conversions. */
function mostOfConversions(
  conversions: PlannableConversion[],
  supplies: { creditType: string; amountCenti: number }[],
): number[] {
  const most = conversions.map(() => 0);
  // A chain of n conversions is known after n rounds: no rule leads back to its start.
  for (let round = 0; round < conversions.length; round += 1) {
    let hasGrown = false;
    conversions.forEach(({ from, fromStepCenti, toStepCenti, leftCenti }, index) => {
      const sources = [
        ...supplies.filter(({ creditType }) => creditType === from).map(({ amountCenti }) => amountCenti),
        ...conversions.flatMap(({ to }, other) => (to === from ? [most[other]!] : [])),
      ];
      const steps = Math.floor(sources.reduce((sum, amount) => sum + amount, 0) / fromStepCenti);
      const next = toStepCenti * Math.min(steps, Math.floor(leftCenti / toStepCenti));
      if (next > most[index]!) hasGrown = true;
      most[index] = Math.max(most[index]!, next);
    });
    if (!hasGrown) break;
  }
  return most;
}
