import type { PlanningBook } from '../conversion/conversion.port.js';
import { addYears } from '../kernel/clock.js';
import { creditTypeOf, type PolicyPack } from '../policy/domain/policy-pack.js';
import type { Programme } from '../policy/domain/programmes.js';
import type { BeforePlan, WaitingTime } from './domain/carry-out.js';
import { findWays } from './domain/conversion-ways.js';
import { countableLots } from './domain/countable-lots.js';
import { intakeLimits } from './domain/intake-limits.js';
import type { Objective, PlanCase } from './domain/planning-case.js';
import type { Learning, PlanCare, StartCredit } from './domain/plan-credit.js';
import type { PlannableCourse } from './domain/plan-options.js';
import { traitsOf } from './domain/programme-traits.js';
import { UsedAttempts } from './domain/used-attempts.js';
import { ruleBookOf } from './plan-rules.js';
import type { LearnerCredit } from './read-learner-credit.service.js';

/** What a plan is made from, as it was read. */
export interface PlanMaterial {
  programme: Programme;
  pack: PolicyPack;
  objective: Objective;
  credit: LearnerCredit;
  book: PlanningBook;
  courses: PlannableCourse[];
  excluded: Set<string>;
  costs: Map<string, number>;
}

/** How a try differs from the first one. */
export interface PlanTry {
  /** Day on which what is there must still count. */
  measuredOn: string;
  care: PlanCare;
  /** Every conversion draws on credit of one kind alone, where mixing it went wrong. */
  isApart: boolean;
  /** Rules that did not work together with others. */
  dropped: Set<string>;
}

/** Puts together what is searched: credit that counts or may be converted, courses, and the rules as ways. */
export function toPlanCase(material: PlanMaterial, { measuredOn, care, isApart, dropped }: PlanTry): PlanCase {
  const { programme, pack, objective, credit, book, courses, excluded, costs } = material;
  const { lots, sources } = credit;
  // Of attempts at one course the other ones neither count nor convert.
  const { countable } = countableLots(programme, pack, lots, sources, measuredOn);
  const learnings = learningsOf(book);
  const start: StartCredit[] = [];
  const lotHeap = countable.map(({ lot, amountCenti }) => {
    const learning = learnings.get(lot.lot);
    if (!learning) return -1;
    return start.push({ learning, amountCenti, outcome: `entry ${lot.version}` }) - 1;
  });
  const courseHeap = courses.map(
    ({ code, facts, creditCenti }) =>
      start.push({ learning: ofCourse(pack, code, facts), amountCenti: creditCenti, outcome: `course ${code}` }) - 1,
  );
  const ways = findWays({
    ...{
      pack,
      programme,
      rules: pack,
      credit: start,
      book: ruleBookOf(pack, book),
      today: book.today,
      care,
      dropped,
    },
    apartBy: (index) =>
      isApart ? JSON.stringify([traitsOf(pack, programme, start[index]!.learning.facts), start[index]!.outcome]) : '',
  });
  const heapOf = (index: number) => (index < 0 ? -1 : ways.heapOf[index]!);
  const earlier = lots.map((lot) => ({ ...sources.get(lot.lot)!, seconds: 0, centi: lot.recognised }));
  return {
    ...{ programme, rules: pack, objective, courses, ways, excluded, costOf: costs, today: measuredOn },
    lots: countable.map((lot, index) => ({ ...lot, heap: heapOf(lotHeap[index]!) })),
    used: new UsedAttempts(pack.titleRules, lots, sources),
    heapOfCourse: new Map(courses.map(({ code }, index) => [code, heapOf(courseHeap[index]!)])),
    intake: intakeLimits(pack, earlier, courses),
  };
}

/** The book before the plan, with what conversions look at. */
export function beforePlan({ credit, book, pack }: PlanMaterial, waiting: WaitingTime): BeforePlan {
  return {
    ...{ ...credit, waiting, learnings: learningsOf(book) },
    validUntil(code, earnedOn) {
      const years = creditTypeOf(pack, code)?.validityYears ?? null;
      return years === null ? null : addYears(earnedOn, years);
    },
  };
}

function learningsOf({ lots }: PlanningBook): Map<number, Learning> {
  return new Map(lots.map(({ lot, facts, roots, isWhole }) => [lot, { facts, roots, isWhole }]));
}

function ofCourse(pack: PolicyPack, code: string, facts: Learning['facts']): Learning {
  const { creditType } = facts;
  const category = creditTypeOf(pack, creditType)?.category ?? null;
  return { facts, isWhole: true, roots: [{ entry: `course ${code}`, creditType, category }] };
}
