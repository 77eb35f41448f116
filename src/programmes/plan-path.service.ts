import { Injectable } from '@nestjs/common';
import { attendanceByCourse } from '../attendance/attendance.port.js';
import { usedUnderCap } from '../conversion/conversion.port.js';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { isExpired } from '../ledger/domain/lots.js';
import { Reader } from '../platform/database/data-sources.js';
import { policyVersion, programmeOf, type PolicyPack } from '../policy/domain/policy-pack.js';
import type { Programme } from '../policy/domain/programmes.js';
import { Policies } from '../policy/policy.port.js';
import { readOfferedCourses } from '../providers/providers.port.js';
import { carryOut, type WaitingTime } from './domain/carry-out.js';
import { countableLots } from './domain/countable-lots.js';
import { evaluateProgramme, type ProgrammeProgress } from './domain/evaluate-programme.js';
import { intakeLimits } from './domain/intake-limits.js';
import type { Objective, PlanCase } from './domain/lay-out-plan.js';
import {
  plannableConversions,
  plannableCourse,
  type PlannableConversion,
  type PlannableCourse,
} from './domain/plan-options.js';
import { planPath, type PathPlan, type PlanStep } from './domain/plan-path.js';
import { ReadLearnerCredit, type LearnerCredit } from './read-learner-credit.service.js';
import { solve } from './solver.js';
import { SolverThread } from './solver-thread.js';

/** What somebody wants to know a way to. */
export interface PlanAsked {
  learnerId: string;
  programme: string;
  objective: Objective;
  excluded: string[];
  /** Price of courses in whole units of the caller's choice, by code. */
  costs: Map<string, number>;
}

/** A plan with its promise: what the evaluation says once it is done. */
export interface PlannedPath {
  programme: Programme;
  pack: PolicyPack;
  objective: Objective;
  path: PathPlan;
  costs: Map<string, number>;
  /** Day the promise is measured on: the last day of the plan where it has one, else today. */
  measuredOn: string;
  promised: ProgrammeProgress | null;
  policyVersion: string;
}

const NOTHING_DONE = { attendedSessions: 0, acceptedSeconds: 0, isCompleted: false };
/** Credit may expire before a plan ends; then it is planned again without. */
const MOST_ROUNDS = 4;

/** Finds the cheapest way to an award. Writes nothing. */
@Injectable()
export class PlanPath {
  constructor(
    private readonly policies: Policies,
    private readonly credit: ReadLearnerCredit,
    private readonly reader: Reader,
    private readonly solver: SolverThread,
    private readonly clock: Clock,
  ) {}

  /**
   * The plan by the rules in force today, or the rules that make one impossible. Refuses with `programme-unknown`,
   * `not-found`, `course-unknown` for an excluded course that is not offered, or `plan-not-found-in-time`.
   */
  async run(asked: PlanAsked): Promise<PlannedPath> {
    const nowMs = this.clock.nowMs();
    const today = shanghaiDay(nowMs);
    const pack = this.policies.inForceOn(today);
    const programme = programmeOf(pack, asked.programme);
    if (!programme) throw new Refusal('programme-unknown', { programme: asked.programme });
    const credit = await this.credit.run(asked.learnerId);
    const courses = await this.courses(asked, pack, today, nowMs);
    const conversions = await this.conversions(asked.learnerId, pack, today);
    const plan = {
      programme,
      pack,
      objective: asked.objective,
      costs: asked.costs,
      policyVersion: policyVersion(pack),
    };
    const waiting = await this.waitingTime(asked.learnerId);
    let measuredOn = today;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const given = toCase(asked, plan, credit, courses, conversions, measuredOn);
      const path = await planPath(
        given,
        (problem, limit) => this.solver.solve(problem, limit),
        () => performance.now(),
      );
      if (path.status === 'unknown') throw new Refusal('plan-not-found-in-time');
      if (path.status === 'impossible') return { ...plan, path, measuredOn, promised: null };
      const endsOn = asked.objective === 'finish' ? lastDay(path.steps, today) : today;
      const isLost = credit.lots.some((lot) => !isExpired(lot, measuredOn) && isExpired(lot, endsOn));
      if (isLost) {
        measuredOn = endsOn;
        continue;
      }
      return { ...plan, path, measuredOn: endsOn, promised: promise(plan, credit, waiting, path.steps, endsOn) };
    }
    throw new Refusal('plan-not-found-in-time');
  }

  private async waitingTime(learnerId: string): Promise<WaitingTime> {
    const rows = await this.reader.sql.rows<{ bucket: string; credit_type: string; amount: number }>(
      "select bucket, credit_type, amount from balance where learner_id = ? and bucket like 'time%'",
      [learnerId],
    );
    return new Map(rows.map(({ bucket, credit_type: creditType, amount }) => [`${bucket} ${creditType}`, amount]));
  }

  private async courses(
    { learnerId, excluded, costs }: PlanAsked,
    pack: PolicyPack,
    today: string,
    nowMs: number,
  ): Promise<PlannableCourse[]> {
    const offered = await readOfferedCourses(this.reader.sql, today, nowMs);
    const codes = new Set(offered.map(({ code }) => code));
    const unknown = [...excluded, ...costs.keys()].find((code) => !codes.has(code));
    if (unknown !== undefined) throw new Refusal('course-unknown', { course: unknown });
    const done = await attendanceByCourse(this.reader.sql, learnerId);
    return offered.flatMap(
      (course) => plannableCourse(pack, course, done.get(course.courseId) ?? NOTHING_DONE, today) ?? [],
    );
  }

  private async conversions(learnerId: string, pack: PolicyPack, today: string): Promise<PlannableConversion[]> {
    const used = await usedUnderCap(this.reader.sql, learnerId);
    return plannableConversions(pack, ({ to, cap }) => (cap ? used(cap.programme, to) : 0), today);
  }
}

type Plan = Pick<PlannedPath, 'programme' | 'pack'>;

function toCase(
  asked: PlanAsked,
  { programme, pack }: Plan,
  { lots, sources }: LearnerCredit,
  courses: PlannableCourse[],
  conversions: PlannableConversion[],
  today: string,
): PlanCase {
  const earlier = lots.map((lot) => ({ ...sources.get(lot.lot)!, seconds: 0, centi: lot.recognised }));
  return {
    programme,
    rules: pack,
    objective: asked.objective,
    lots: countableLots(programme, pack.titleRules, lots, sources, today).countable,
    courses,
    conversions,
    excluded: new Set(asked.excluded),
    costOf: asked.costs,
    intake: intakeLimits(pack, earlier, courses),
    today,
  };
}

/** The one calculator's word on the plan, done. A plan that it does not find met is a mistake of this program. */
function promise(
  { programme, pack }: Plan,
  credit: LearnerCredit,
  waiting: WaitingTime,
  steps: PlanStep[],
  today: string,
): ProgrammeProgress {
  const after = carryOut(pack, credit, waiting, steps);
  const promised = evaluateProgramme({ programme, rules: pack, ...after, today, solve });
  if (!promised.isMet) throw new Error(`A plan for ${programme.code} would not meet it`);
  return promised;
}

function lastDay(steps: PlanStep[], today: string): string {
  const days = steps.flatMap((step) => (step.do === 'take' ? [step.course.facts.endsOn] : []));
  return days.reduce((last, day) => (day > last ? day : last), today);
}
