import { groupBy } from '../kernel/group-by.js';
import type { Sql } from '../platform/database/sql.js';
import { LATEST_VERSION } from './course.store.js';

/** A course that is under approval, as is its provider. */
export interface OfferedCourseFacts {
  courseId: string;
  code: string;
  title: string;
  provider: string;
  creditType: string;
  activityType: string;
  level: string | null;
  plannedSeconds: number;
  plannedSessions: number;
  /** Meetings still to come, soonest first. Instants are epoch milliseconds. */
  sessions: { startsAt: number; endsAt: number }[];
}

/** Courses under approval on a day, in order of code, with their meetings that begin after an instant. */
export async function readOfferedCourses(sql: Sql, day: string, afterMs: number): Promise<OfferedCourseFacts[]> {
  const courses = await sql.rows<Omit<OfferedCourseFacts, 'sessions'>>(
    'select c.course_id as "courseId", c.code as "code", v.title as "title", p.code as "provider", ' +
      'v.credit_type as "creditType", v.activity_type as "activityType", v.level as "level", v.planned_seconds as "plannedSeconds", ' +
      `v.planned_sessions as "plannedSessions" from course c ${LATEST_VERSION} ` +
      'join provider p on p.provider_id = c.provider_id where v.approved_from <= ? and ' +
      '(v.approved_to is null or v.approved_to >= ?) and p.approved_from <= ? and ' +
      '(p.approved_to is null or p.approved_to >= ?) order by c.code',
    [day, day, day, day],
  );
  const sessions = await sql.rows<{ courseId: string; startsAt: number; endsAt: number }>(
    'select course_id as "courseId", starts_at as "startsAt", ends_at as "endsAt" from course_session ' +
      'where starts_at > ? order by starts_at',
    [afterMs],
  );
  const byCourse = groupBy(sessions, ({ courseId }) => courseId);
  return courses.map((course) => ({ ...course, sessions: byCourse.get(course.courseId) ?? [] }));
}
