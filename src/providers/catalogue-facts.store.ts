import type { Sql } from '../platform/database/sql.js';
import { LATEST_VERSION } from './course.store.js';
import type { ApprovalPeriod } from './domain/approval-period.js';

/** What others need to know of a course, under its latest version. */
export interface CourseFacts {
  courseId: string;
  code: string;
  version: number;
  title: string;
  creditType: string;
  activityType: string;
  /** A level's code in one of the level schemes of the rules. */
  level: string | null;
  /** Study time of one session. */
  plannedSeconds: number;
  plannedSessions: number;
  capacity: number | null;
  providerId: string;
  providerCode: string;
  providerName: string;
  providerApproval: ApprovalPeriod;
  courseApproval: ApprovalPeriod;
}

/** What attendance needs to know of a session, under the course version it was scheduled with. Instants are epoch milliseconds. */
export interface SessionFacts {
  sessionId: string;
  code: string;
  courseId: string;
  courseCode: string;
  courseVersion: number;
  courseTitle: string;
  creditType: string;
  activityType: string;
  /** A level's code in one of the level schemes of the rules. */
  level: string | null;
  /** Study time of one session. */
  plannedSeconds: number;
  plannedSessions: number;
  providerId: string;
  providerCode: string;
  providerName: string;
  startsAt: number;
  endsAt: number;
  unitCode: string;
  place: string;
  capacity: number | null;
  providerApproval: ApprovalPeriod;
  courseApproval: ApprovalPeriod;
}

/** Columns of facts as they come: the two periods still spread out. */
type Flat<T> = Omit<T, 'providerApproval' | 'courseApproval'> & {
  providerFrom: string;
  providerTo: string | null;
  courseFrom: string;
  courseTo: string | null;
};

const PERIODS =
  'p.approved_from as "providerFrom", p.approved_to as "providerTo", v.approved_from as "courseFrom", v.approved_to as "courseTo"';
const SHARED =
  'v.credit_type as "creditType", v.activity_type as "activityType", v.level as "level", v.planned_seconds as "plannedSeconds", ' +
  `v.planned_sessions as "plannedSessions", p.provider_id as "providerId", p.code as "providerCode", p.name as "providerName", ${PERIODS}`;

const COURSES =
  'select c.course_id as "courseId", c.code as "code", v.version as "version", v.title as "title", ' +
  `v.capacity as "capacity", ${SHARED} ` +
  `from course c ${LATEST_VERSION} join provider p on p.provider_id = c.provider_id`;

const SESSIONS =
  'select s.session_id as "sessionId", s.code as "code", s.course_id as "courseId", c.code as "courseCode", ' +
  's.course_version as "courseVersion", v.title as "courseTitle", s.starts_at as "startsAt", s.ends_at as "endsAt", ' +
  `s.unit_code as "unitCode", s.place as "place", s.capacity as "capacity", ${SHARED} ` +
  'from course_session s join course c on c.course_id = s.course_id ' +
  'join course_version v on v.course_id = s.course_id and v.version = s.course_version ' +
  'join provider p on p.provider_id = s.provider_id';

function withPeriods<T>({ providerFrom, providerTo, courseFrom, courseTo, ...facts }: Flat<T>): T {
  return {
    ...facts,
    providerApproval: { from: providerFrom, to: providerTo },
    courseApproval: { from: courseFrom, to: courseTo },
  } as T;
}

/** Facts of courses by id or code, those that are on record. */
export async function readCourseFacts(sql: Sql, by: 'course_id' | 'code', keys: string[]): Promise<CourseFacts[]> {
  const rows = await sql.rowsByKeys<Flat<CourseFacts>>(
    COURSES,
    [`c.${by}`],
    keys.map((key) => [key]),
  );
  return rows.map((row) => withPeriods<CourseFacts>(row));
}

/** Facts of sessions by id or code, those that are on record. */
export async function readSessionFacts(sql: Sql, by: 'session_id' | 'code', keys: string[]): Promise<SessionFacts[]> {
  const rows = await sql.rowsByKeys<Flat<SessionFacts>>(
    SESSIONS,
    [`s.${by}`],
    keys.map((key) => [key]),
  );
  return rows.map((row) => withPeriods<SessionFacts>(row));
}
