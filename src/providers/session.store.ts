import type { Sql, SqlValue } from '../platform/database/sql.js';
import { insertAll, insertIfNew, selectList } from '../platform/database/entity-sql.js';
import {
  courseSessionEntity,
  courseVersionEntity,
  sessionSeatEntity,
  type CourseSessionRow,
  type CourseVersionRow,
} from './providers.entity.js';

/** A session as people read it: with its course's code and title and the seats taken. */
export type SessionOnRecord = CourseSessionRow &
  Pick<CourseVersionRow, 'title' | 'creditType' | 'activityType'> & { courseCode: string; taken: number };

const SELECT =
  `select ${selectList(courseSessionEntity, 's')}, c.code as "courseCode", q.taken as "taken", ` +
  `${selectList(courseVersionEntity, 'v', ['title', 'creditType', 'activityType'])} from course_session s ` +
  'join course c on c.course_id = s.course_id ' +
  'join course_version v on v.course_id = s.course_id and v.version = s.course_version ' +
  'join session_seat q on q.session_id = s.session_id';

/** Which sessions a list is about; instants are epoch milliseconds, both included. */
export interface SessionFilter {
  courseId?: string;
  providerId?: string;
  startsFrom?: number;
  startsTo?: number;
  /** Start and id of the last session already seen. */
  after?: [number, string];
}

/** The session of an id that is a UUID, or null. */
export async function readSession(sql: Sql, sessionId: string): Promise<SessionOnRecord | null> {
  return (await sql.rows<SessionOnRecord>(`${SELECT} where s.session_id = ?`, [sessionId]))[0] ?? null;
}

/** Sessions in order of start, at most `count`. */
export async function listSessions(sql: Sql, filter: SessionFilter, count: number): Promise<SessionOnRecord[]> {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const where = (condition: string, ...given: (SqlValue | undefined)[]) => {
    if (given.includes(undefined)) return;
    conditions.push(condition);
    values.push(...(given as SqlValue[]));
  };
  where('s.course_id = ?', filter.courseId);
  where('s.provider_id = ?', filter.providerId);
  // One lower bound: what was already seen starts no sooner.
  where('s.starts_at >= ?', filter.after?.[0] ?? filter.startsFrom);
  where('s.starts_at <= ?', filter.startsTo);
  if (filter.after) where('(s.starts_at, s.session_id) > (?, ?)', ...filter.after);
  return sql.rows(`${SELECT} where ${conditions.join(' and ') || '1 = 1'} order by s.starts_at, s.session_id limit ?`, [
    ...values,
    count,
  ]);
}

/** Ends of all sessions of a course, epoch milliseconds, in no order. */
export async function readSessionEnds(sql: Sql, courseId: string): Promise<number[]> {
  const rows = await sql.rows<{ endsAt: number }>(
    'select ends_at as "endsAt" from course_session where course_id = ?',
    [courseId],
  );
  return rows.map(({ endsAt }) => endsAt);
}

/** Those of the codes that are taken. */
export async function knownSessionCodes(sql: Sql, codes: Iterable<string>): Promise<Set<string>> {
  const rows = await sql.rowsByKeys<{ code: string }>(
    'select code from course_session',
    ['code'],
    [...new Set(codes)].map((code) => [code]),
  );
  return new Set(rows.map(({ code }) => code));
}

/** Records a session and its empty seats unless the code is taken; says which. */
export async function insertSession(sql: Sql, row: CourseSessionRow): Promise<boolean> {
  if (!(await insertIfNew(sql, courseSessionEntity, row))) return false;
  await insertAll(sql, sessionSeatEntity, [{ sessionId: row.sessionId, taken: 0 }]);
  return true;
}

/** The same for many sessions whose codes are known to be free. */
export async function insertSessions(sql: Sql, rows: CourseSessionRow[]): Promise<void> {
  await insertAll(sql, courseSessionEntity, rows);
  await insertAll(
    sql,
    sessionSeatEntity,
    rows.map(({ sessionId }) => ({ sessionId, taken: 0 })),
  );
}
