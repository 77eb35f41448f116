import type { Programme } from '../../policy/domain/programmes.js';
import type { CountableLot } from './countable-lots.js';
import type { Supply } from './lay-out-programme.js';
import type { PlannableCourse } from './plan-options.js';
import type { ProgrammeRules } from '../../policy/domain/programme-items.js';
import type { UsedAttempts } from './used-attempts.js';
import type { Ways } from './ways.js';

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
