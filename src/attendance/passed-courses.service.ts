import { Injectable } from '@nestjs/common';
import type { AccrualStep } from '../ledger/domain/accrue.js';
import type { Sql } from '../platform/database/sql.js';
import { activityTypeOf, creditTypeOf, tariffOf, type PolicyPack } from '../policy/domain/policy-pack.js';
import { SessionCatalogue } from '../providers/providers.port.js';
import { completionOf } from './attendance.store.js';
import type { PassedTitle } from './domain/require-no-duplicate.js';
import { accrualStep, courseOfBucket, pendingBucket } from './domain/visit-postings.js';
import { readCompletions } from './learning-history.store.js';

/** Tells which courses a person has passed, and which study time no longer waits for one passed in another account. */
@Injectable()
export class PassedCourses {
  constructor(private readonly catalogue: SessionCatalogue) {}

  /**
   * Accounts among `buckets` whose course one of these learners has passed, with the step their time gathers in, dated
   * for `day`. A course that these rules do not know is left waiting.
   */
  async among(
    sql: Sql,
    learnerIds: string[],
    buckets: string[],
    pack: PolicyPack,
    day: string,
  ): Promise<Map<string, AccrualStep>> {
    const steps = new Map<string, AccrualStep>();
    for (const courseId of new Set(buckets.flatMap((bucket) => courseOfBucket(bucket) ?? []))) {
      const completions = await Promise.all(learnerIds.map((learnerId) => completionOf(sql, learnerId, courseId)));
      const step = completions.some((completion) => completion !== null)
        ? await this.stepOf(courseId, pack, day)
        : null;
      if (step) steps.set(pendingBucket(courseId), step);
    }
    return steps;
  }

  /** Courses the person of a learner has passed, in any account, by title. */
  async titlesOf(sql: Sql, learnerId: string): Promise<PassedTitle[]> {
    return (await readCompletions(sql, learnerId)).map(({ courseId, courseCode, title, entryId }) => ({
      ...{ courseId, courseCode, title, entryId },
    }));
  }

  private async stepOf(courseId: string, pack: PolicyPack, day: string): Promise<AccrualStep | null> {
    const course = await this.catalogue.courseById(courseId);
    const activity = course && activityTypeOf(pack, course.activityType);
    const creditType = course && creditTypeOf(pack, course.creditType);
    if (!activity || !creditType) return null;
    const tariff = tariffOf(pack, activity, creditType);
    return tariff.kind === 'per-time' && tariff.rounding === 'cumulative' ? accrualStep(tariff, creditType, day) : null;
  }
}
