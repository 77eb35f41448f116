import { newId } from '../kernel/ids.js';
import { SECONDS_PER_MINUTE } from '../kernel/study-time.js';
import type { CreateProviderRequest } from './create-provider.request.js';
import type { ReviseCourseRequest } from './revise-course.request.js';
import type { CourseWithVersion } from './course.store.js';
import { checkApprovalPeriod } from './domain/approval-period.js';
import { canonicalTitle } from '../kernel/canonical-title.js';
import { checkSessionTimes, parseInstant } from './domain/session-times.js';
import type { CourseRow, CourseSessionRow, CourseVersionRow, ProviderRow } from './providers.entity.js';
import type { SessionPlan } from './schedule-session.request.js';

/*
 * Rows made from well-formed requests. The API and the file loader both come through here, so a rule that looks at a
 * request alone is said once; what looks at other rows (codes taken, units known) is checked by each beside its reads.
 */

/** Refuses with `approval-period-invalid`. */
export function newProvider(request: CreateProviderRequest, nowMs: number): ProviderRow {
  const { code, name, type, unitCode, approvedFrom } = request;
  const approvedTo = request.approvedTo ?? null;
  checkApprovalPeriod({ from: approvedFrom, to: approvedTo });
  return { providerId: newId(nowMs), code, name, type, unitCode, approvedFrom, approvedTo, recordedAt: nowMs };
}

/** A course of a provider that is known to be on record, under a new id. Its first version is a row of its own. */
export function newCourse(request: { code: string }, providerId: string, nowMs: number): CourseRow {
  return { courseId: newId(nowMs), code: request.code, providerId, recordedAt: nowMs };
}

/** Refuses with `approval-period-invalid`. */
export function newCourseVersion(
  request: ReviseCourseRequest,
  { courseId, version }: { courseId: string; version: number },
  nowMs: number,
): CourseVersionRow {
  const { title, creditType, activityType, plannedMinutes, plannedSessions, approvedFrom } = request;
  const approvedTo = request.approvedTo ?? null;
  checkApprovalPeriod({ from: approvedFrom, to: approvedTo });
  return {
    courseId,
    version,
    title,
    canonicalTitle: canonicalTitle(title),
    creditType,
    activityType,
    level: request.level ?? null,
    plannedSeconds: plannedMinutes * SECONDS_PER_MINUTE,
    plannedSessions,
    capacity: request.capacity ?? null,
    approvedFrom,
    approvedTo,
    recordedAt: nowMs,
  };
}

/** A session under the course's latest version. Refuses with `session-times-invalid`. */
export function newSession(
  plan: SessionPlan,
  course: Pick<CourseWithVersion, 'courseId' | 'version' | 'providerId' | 'capacity'>,
  nowMs: number,
): CourseSessionRow {
  const startsAt = parseInstant(plan.startsAt);
  const endsAt = parseInstant(plan.endsAt);
  if (startsAt === null || endsAt === null) throw new TypeError('A session plan must be validated first');
  checkSessionTimes(startsAt, endsAt);
  const { code, place, unitCode } = plan;
  const { courseId, version: courseVersion, providerId } = course;
  const capacity = plan.capacity ?? course.capacity;
  const sessionId = newId(nowMs);
  return {
    sessionId,
    code,
    courseId,
    courseVersion,
    providerId,
    startsAt,
    endsAt,
    place,
    unitCode,
    capacity,
    recordedAt: nowMs,
  };
}
