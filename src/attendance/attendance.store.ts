import type { InsertTarget, Sql } from '../platform/database/sql.js';
import type { FeatureRows, RoundCounts } from '../ledger/book-command.js';
import { entryId } from '../ledger/domain/entry.js';
import { personAccounts } from '../ledger/ledger.port.js';
import type { EarlierVisit } from './domain/evaluate-visit.js';

/** Writes what the gates look at; a visit that is posted again or undone changes its row. */
export const UPSERT_ATTENDANCE: InsertTarget = {
  table: 'attendance',
  columns: [
    'learner_id',
    'activity_day',
    'session_id',
    'course_id',
    'activity_type',
    'starts_at',
    'ends_at',
    'submitted_seconds',
    'accepted_seconds',
    'evidence',
    'version',
    'recorded_at',
    'is_live',
  ],
  onConflict:
    'on conflict (learner_id, activity_day, session_id) do update set submitted_seconds = excluded.submitted_seconds, accepted_seconds = excluded.accepted_seconds, evidence = excluded.evidence, version = excluded.version, recorded_at = excluded.recorded_at, is_live = excluded.is_live',
  keyLength: 3,
};

/** Adds to the places taken in a session. Of several rows for one session only the last is written: see `takeSeat`. */
const TAKE_SEATS: InsertTarget = {
  table: 'session_seat',
  columns: ['session_id', 'taken'],
  onConflict: 'on conflict (session_id) do update set taken = session_seat.taken + excluded.taken',
  keyLength: 1,
};

/** Takes off places that are free again. */
const FREE_SEATS: InsertTarget = {
  ...TAKE_SEATS,
  onConflict:
    'on conflict (session_id) do update set taken = case when session_seat.taken > excluded.taken then session_seat.taken - excluded.taken else 0 end',
};

/** Places that commands of this round have taken in a session so far. */
export function seatsTakenNow(taken: RoundCounts, sessionId: string): number {
  return taken.get(`seats of ${sessionId}`) ?? 0;
}

/** Gives one place back, in a row that is written by itself however many the round gives back. */
export function freeSeat(sessionId: string): FeatureRows {
  // A target of its own: rows of one target are written together, and then only the last one of a session counts.
  return { target: { ...FREE_SEATS }, rows: [[sessionId, 1]] };
}

/** Takes one place more: counts it in the round, and gives the row that writes all the round has taken there. */
export function takeSeat(taken: RoundCounts, sessionId: string): FeatureRows {
  const seats = seatsTakenNow(taken, sessionId) + 1;
  taken.set(`seats of ${sessionId}`, seats);
  return { target: TAKE_SEATS, rows: [[sessionId, seats]] };
}

/** Writes a passed course; passed again or undone, its row changes. */
export const UPSERT_COMPLETION: InsertTarget = {
  table: 'completion',
  columns: ['learner_id', 'course_id', 'grade', 'version', 'recorded_at', 'is_live'],
  onConflict:
    'on conflict (learner_id, course_id) do update set grade = excluded.grade, version = excluded.version, recorded_at = excluded.recorded_at, is_live = excluded.is_live',
  keyLength: 2,
};

interface VisitRow {
  learner_id: string;
  activity_day: string;
  session_id: string;
  course_id: string;
  activity_type: string;
  starts_at: number;
  ends_at: number;
  submitted_seconds: number;
  accepted_seconds: number;
  version: number;
  recorded_at: number;
}

const VISIT =
  'select learner_id, activity_day, session_id, course_id, activity_type, starts_at, ends_at, submitted_seconds, accepted_seconds, version, recorded_at from attendance';

function toVisit(row: VisitRow): EarlierVisit {
  return {
    sessionId: row.session_id,
    courseId: row.course_id,
    activityType: row.activity_type,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    submittedSeconds: row.submitted_seconds,
    acceptedSeconds: row.accepted_seconds,
    entryId: entryId(row.learner_id, row.version),
    recordedAt: row.recorded_at,
  };
}

/** Live visits of these people on these days, in any of their accounts, by learner. Each learner is asked for one day. */
export async function visitsOnDays(
  sql: Sql,
  keys: { learnerId: string; day: string }[],
): Promise<Map<string, EarlierVisit[]>> {
  const persons = await personAccounts(
    sql,
    keys.map(({ learnerId }) => learnerId),
  );
  const keepers = new Map([...persons].flatMap(([keeper, accounts]) => accounts.map((account) => [account, keeper])));
  const rows = await sql.rowsByKeys<VisitRow>(
    VISIT,
    ['learner_id', 'activity_day'],
    keys.flatMap(({ learnerId, day }) => persons.get(learnerId)!.map((account) => [account, day])),
    'and is_live = 1',
  );
  const visits = new Map<string, EarlierVisit[]>(keys.map(({ learnerId }) => [learnerId, []]));
  for (const row of rows) visits.get(keepers.get(row.learner_id)!)?.push(toVisit(row));
  return visits;
}

/** Live visits of one person to one course, in any of their accounts. */
export async function visitsToCourse(sql: Sql, learnerId: string, courseId: string): Promise<EarlierVisit[]> {
  const rows = await sql.rowsByKeys<VisitRow>(
    VISIT,
    ['learner_id', 'course_id'],
    await withCourse(sql, learnerId, courseId),
    'and is_live = 1',
  );
  return rows.map(toVisit);
}

/** The course with each account of a person. */
async function withCourse(sql: Sql, learnerId: string, courseId: string): Promise<string[][]> {
  return (await personAccounts(sql, [learnerId])).get(learnerId)!.map((account) => [account, courseId]);
}

/** The stored row of a visit, by column, live or not; null when the learner never visited the session. */
export async function storedVisit(
  sql: Sql,
  learnerId: string,
  sessionId: string,
): Promise<Record<string, string | number | null> | null> {
  const [row] = await sql.rows<Record<string, string | number | null>>(
    `select ${UPSERT_ATTENDANCE.columns.join(', ')} from attendance where learner_id = ? and session_id = ?`,
    [learnerId, sessionId],
  );
  return row ?? null;
}

/** Places taken in these sessions, locked until the transaction ends, in sorted order. */
export async function lockSeats(sql: Sql, sessionIds: string[]): Promise<Map<string, number>> {
  const rows = await sql.rowsByKeys<{ session_id: string; taken: number }>(
    'select session_id, taken from session_seat',
    ['session_id'],
    [...sessionIds].sort().map((id) => [id]),
    'order by session_id for update',
  );
  return new Map(rows.map(({ session_id, taken }) => [session_id, taken]));
}

/** Entry of a person's live completion of a course, in any of their accounts; null where it is not passed. */
export async function completionOf(sql: Sql, learnerId: string, courseId: string): Promise<{ entryId: string } | null> {
  const [row] = await sql.rowsByKeys<{ learner_id: string; version: number }>(
    'select learner_id, version from completion',
    ['learner_id', 'course_id'],
    await withCourse(sql, learnerId, courseId),
    'and is_live = 1',
  );
  return row ? { entryId: entryId(row.learner_id, row.version) } : null;
}

/** What entries of completions keep beside their postings, by version. */
export async function completionDetails(
  sql: Sql,
  learnerId: string,
  versions: number[],
): Promise<Map<number, unknown>> {
  const rows = await sql.rowsByKeys<{ version: number; detail: string | null }>(
    'select version, detail from journal_entry',
    ['learner_id', 'version'],
    versions.map((version) => [learnerId, version]),
  );
  return new Map(rows.map(({ version, detail }) => [version, JSON.parse(detail ?? '{}') as unknown]));
}

/** What a learner has done in each course: live visits, and whether the course is passed. By course id. */
export async function attendanceByCourse(
  sql: Sql,
  learnerId: string,
): Promise<Map<string, { attendedSessions: number; acceptedSeconds: number; isCompleted: boolean }>> {
  const visits = await sql.rows<{ course_id: string; visits: number; seconds: number }>(
    'select course_id, cast(count(*) as bigint) as visits, cast(sum(accepted_seconds) as bigint) as seconds from attendance where learner_id = ? and is_live = 1 group by course_id',
    [learnerId],
  );
  const passed = await sql.rows<{ course_id: string }>(
    'select course_id from completion where learner_id = ? and is_live = 1',
    [learnerId],
  );
  const isPassed = new Set(passed.map(({ course_id }) => course_id));
  return new Map(
    visits.map(({ course_id, visits: attendedSessions, seconds }) => [
      course_id,
      { attendedSessions, acceptedSeconds: seconds, isCompleted: isPassed.has(course_id) },
    ]),
  );
}
