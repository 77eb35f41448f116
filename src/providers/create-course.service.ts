import { Injectable } from '@nestjs/common';
import { recordDeeds } from '../audit/audit.port.js';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { CourseVocabulary } from './course-vocabulary.js';
import type { CreateCourseRequest } from './create-course.request.js';
import { toCourseHistory, type RecordedCourseResponse } from './course.response.js';
import { findLikelyDuplicates } from './course.store.js';
import { insertAll, insertIfNew } from '../platform/database/entity-sql.js';
import { newCourse, newCourseVersion } from './new-rows.js';
import { readProvider } from './provider.store.js';
import { courseEntity, courseVersionEntity } from './providers.entity.js';

/** Records a course with its first version. */
@Injectable()
export class CreateCourse {
  constructor(
    private readonly onceWriter: OnceWriter,
    private readonly clock: Clock,
    private readonly vocabulary: CourseVocabulary,
  ) {}

  /**
   * Courses of the provider with practically the same title are named in the answer, not refused: whether they are one
   * course is for a person to say (CAT-3). Refuses with `provider-unknown`, `credit-type-unknown`,
   * `activity-type-unknown`, `level-unknown`, `approval-period-invalid` or `code-already-used`.
   */
  run(caller: Caller, once: OnceKey, request: CreateCourseRequest): Promise<Receipt<RecordedCourseResponse>> {
    return this.onceWriter.run(once, async ({ sql }) => {
      const now = this.clock.nowMs();
      const { code, providerId } = request;
      if (!(await readProvider(sql, providerId))) throw new Refusal('provider-unknown');
      this.vocabulary.check(request);
      const course = newCourse(request, providerId, now);
      const version = newCourseVersion(request, { courseId: course.courseId, version: 1 }, now);
      if (!(await insertIfNew(sql, courseEntity, course))) throw new Refusal('code-already-used', { takenCode: code });
      await insertAll(sql, courseVersionEntity, [version]);
      await recordDeeds(sql, [{ caller, action: 'create-course', subject: code }], now);
      const likelyDuplicates = await findLikelyDuplicates(sql, { ...course, canonicalTitle: version.canonicalTitle });
      return { ...toCourseHistory(course, [version]), likelyDuplicates };
    });
  }
}
