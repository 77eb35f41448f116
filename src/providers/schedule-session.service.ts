import { Injectable } from '@nestjs/common';
import { recordDeeds } from '../audit/audit.port.js';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { readLatest } from './course.store.js';
import { newSession } from './new-rows.js';
import { isOwn } from './ownership.js';
import type { ScheduleSessionRequest } from './schedule-session.request.js';
import { toSessionResponse, type SessionResponse } from './session.response.js';
import { insertSession } from './session.store.js';
import { unitExists } from './unit.store.js';

/** Schedules a session of a course under its latest version. */
@Injectable()
export class ScheduleSession {
  constructor(
    private readonly onceWriter: OnceWriter,
    private readonly clock: Clock,
  ) {}

  /**
   * A provider schedules its own courses only; another's is as unknown as none. Refuses with `course-unknown`,
   * `session-times-invalid`, `unit-unknown` or `code-already-used`.
   */
  run(caller: Caller, once: OnceKey, request: ScheduleSessionRequest): Promise<Receipt<SessionResponse>> {
    return this.onceWriter.run(once, async ({ sql }) => {
      const now = this.clock.nowMs();
      const course = await readLatest(sql, request.courseId);
      if (!course || !isOwn(caller, course.providerId)) throw new Refusal('course-unknown');
      const session = newSession(request, course, now);
      const { code, unitCode } = session;
      if (!(await unitExists(sql, unitCode))) throw new Refusal('unit-unknown', { unitCode });
      if (!(await insertSession(sql, session))) throw new Refusal('code-already-used', { takenCode: code });
      await recordDeeds(sql, [{ caller, action: 'schedule-session', subject: code }], now);
      const { title, creditType, activityType } = course;
      return toSessionResponse({ ...session, courseCode: course.code, title, creditType, activityType, taken: 0 });
    });
  }
}
