import { Injectable } from '@nestjs/common';
import { attendanceByCourse } from '../attendance/attendance.port.js';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { Reader } from '../platform/database/data-sources.js';
import { policyVersion, programmeOf, type PolicyPack } from '../policy/domain/policy-pack.js';
import type { Programme } from '../policy/domain/programmes.js';
import { Policies } from '../policy/policy.port.js';
import { readOfferedCourses } from '../providers/providers.port.js';
import type { WaitingTime } from './domain/carry-out.js';
import type { Objective } from './domain/planning-case.js';
import { plannableCourse, type PlannableCourse } from './domain/plan-options.js';
import type { PlanMaterial } from './plan-case.js';
import { ReadLearnerCredit } from './read-learner-credit.service.js';
import { searchPlan, type FoundPlan } from './search-plan.js';
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

/** A plan with its promise, and the rules it was made by. */
export interface PlannedPath extends FoundPlan {
  programme: Programme;
  pack: PolicyPack;
  objective: Objective;
  costs: Map<string, number>;
  /** Titles of the lots that are there, by number. */
  startLots: Map<number, string>;
  policyVersion: string;
}

const NOTHING_DONE = { attendedSessions: 0, acceptedSeconds: 0, isCompleted: false };

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
   * `not-found`, `course-unknown` for an excluded course that is not offered, `plan-costs-missing`, or
   * `plan-not-found-in-time`.
   */
  async run(asked: PlanAsked): Promise<PlannedPath> {
    requireCosts(asked);
    const sinceMs = performance.now();
    this.solver.wake();
    const nowMs = this.clock.nowMs();
    const today = shanghaiDay(nowMs);
    const pack = this.policies.inForceOn(today);
    const programme = programmeOf(pack, asked.programme);
    if (!programme) throw new Refusal('programme-unknown', { programme: asked.programme });
    const { learnerId, objective, costs } = asked;
    const material: PlanMaterial = {
      ...{ programme, pack, objective, costs, excluded: new Set(asked.excluded) },
      credit: await this.credit.run(learnerId),
      book: await this.credit.planningBook(learnerId, pack, today),
      courses: await this.courses(asked, pack, today, nowMs),
    };
    const plan = { programme, pack, objective, costs, policyVersion: policyVersion(pack) };
    const waiting = await this.waitingTime(learnerId);
    const found = await searchPlan(
      material,
      waiting,
      (problem, limit) => this.solver.solve(problem, limit),
      () => performance.now(),
      { sinceMs },
    );
    if (!found) throw new Refusal('plan-not-found-in-time');
    const { sources } = material.credit;
    return { ...plan, ...found, startLots: new Map([...sources].map(([lot, { title }]) => [lot, title])) };
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
}

/** Courses without a cost are left out of a plan of least cost: without any there would be none to choose from. */
function requireCosts({ objective, costs }: PlanAsked): void {
  if (objective !== 'cost' || costs.size > 0) return;
  const detail = '求最少费用时必须填写 is needed where the objective is the least cost';
  throw new Refusal('plan-costs-missing', { errors: [{ pointer: '/costs', code: 'isDefined', detail }] });
}
