import type { InsertTarget, Sql } from '../platform/database/sql.js';

/** Writes how many points a day has. */
export const UPSERT_POINT_DAY: InsertTarget = {
  table: 'point_day',
  columns: ['learner_id', 'activity_day', 'points', 'version'],
  onConflict:
    'on conflict (learner_id, activity_day) do update set points = excluded.points, version = excluded.version',
  keyLength: 2,
};

/** Points booked for a day. */
export interface PointDay {
  learnerId: string;
  day: string;
  points: number;
  version: number;
}

const SELECT = 'select learner_id as "learnerId", activity_day as "day", points, version from point_day';

/** All settled days of these learners. */
export function pointDaysOf(sql: Sql, learnerIds: string[]): Promise<PointDay[]> {
  return sql.rowsByKeys<PointDay>(
    SELECT,
    ['learner_id'],
    learnerIds.map((id) => [id]),
  );
}

/** One day each of these learners, those that were settled. */
export function pointDays(sql: Sql, days: { learnerId: string; day: string }[]): Promise<PointDay[]> {
  return sql.rowsByKeys<PointDay>(
    SELECT,
    ['learner_id', 'activity_day'],
    days.map(({ learnerId, day }) => [learnerId, day]),
  );
}

/** Learners in order of id after one of them; only those whose book changed since an instant where one is given. */
export async function learnersAfter(sql: Sql, after: string, limit: number, sinceMs: number | null): Promise<string[]> {
  const rows = await sql.rows<{ learner_id: string }>(
    'select learner_id from learning_account where learner_id > ? and recorded_at >= ? and version > 0 order by learner_id limit ?',
    [after, sinceMs ?? 0, limit],
  );
  return rows.map(({ learner_id }) => learner_id);
}
