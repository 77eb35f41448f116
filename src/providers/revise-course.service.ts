import { Injectable } from '@nestjs/common';
import { recordDeeds } from '../audit/audit.port.js';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import { requireIfMatch, requireMatch } from '../platform/http/if-match.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { CourseVocabulary } from './course-vocabulary.js';
import type { ReviseCourseRequest } from './revise-course.request.js';
import { courseTag, toCourseHistory, type RecordedCourseResponse } from './course.response.js';
import { findLikelyDuplicates, lockCourse, readVersions } from './course.store.js';
import { insertAll } from '../platform/database/entity-sql.js';
import { newCourseVersion } from './new-rows.js';
import { courseVersionEntity } from './providers.entity.js';
import { SessionCatalogue } from './session-catalogue.service.js';

/** Adds the next version of a course. Sessions already scheduled keep theirs. */
@Injectable()
export class ReviseCourse {
  constructor(
    private readonly onceWriter: OnceWriter,
    private readonly clock: Clock,
    private readonly vocabulary: CourseVocabulary,
    private readonly catalogue: SessionCatalogue,
  ) {}

  /**
   * Refuses with `precondition-required`, `not-found`, `precondition-failed` (`ifMatch` is not the tag of the latest version),
   * `credit-type-unknown`, `activity-type-unknown`, `level-unknown` or `approval-period-invalid`.
   */
  async run(
    caller: Caller,
    once: OnceKey,
    { courseId, ifMatch }: { courseId: string; ifMatch: string | undefined },
    request: ReviseCourseRequest,
  ): Promise<Receipt<RecordedCourseResponse>> {
    const expected = requireIfMatch(ifMatch);
    const receipt = await this.onceWriter.run(once, async ({ sql }) => {
      const now = this.clock.nowMs();
      const course = await lockCourse(sql, courseId);
      if (!course) throw new Refusal('not-found');
      const versions = await readVersions(sql, courseId);
      requireMatch(expected, courseTag({ versions }));
      this.vocabulary.check(request);
      const version = newCourseVersion(request, { courseId, version: versions.length + 1 }, now);
      await insertAll(sql, courseVersionEntity, [version]);
      const subject = `${course.code} version ${version.version}`;
      await recordDeeds(sql, [{ caller, action: 'revise-course', subject }], now);
      const likelyDuplicates = await findLikelyDuplicates(sql, { ...course, canonicalTitle: version.canonicalTitle });
      return { ...toCourseHistory(course, [...versions, version]), likelyDuplicates };
    });
    this.catalogue.forget();
    return receipt;
  }
}
