import type { Sql, SqlValue } from '../platform/database/sql.js';

/** A visit that counts: what others may build on it. */
export interface LiveVisit {
  learnerId: string;
  activityDay: string;
  sessionId: string;
  activityType: string;
  startsAt: number;
  endsAt: number;
  acceptedSeconds: number;
  recordedAt: number;
  /** The rules that decided it. */
  policyVersion: string;
}

const LIVE_VISITS = `select a.learner_id as "learnerId", a.activity_day as "activityDay", a.session_id as "sessionId",
  a.activity_type as "activityType", a.starts_at as "startsAt", a.ends_at as "endsAt", a.accepted_seconds as "acceptedSeconds",
  a.recorded_at as "recordedAt", e.policy_version as "policyVersion"
  from attendance a join journal_entry e on e.learner_id = a.learner_id and e.version = a.version`;

/** Visits of these learners that count, on one day each where days are given; in no order. */
export async function liveVisits(sql: Sql, keys: { learnerId: string; day?: string }[]): Promise<LiveVisit[]> {
  const isByDay = keys[0]?.day !== undefined;
  return sql.rowsByKeys<LiveVisit>(
    LIVE_VISITS,
    isByDay ? ['a.learner_id', 'a.activity_day'] : ['a.learner_id'],
    keys.map(({ learnerId, day }): SqlValue[] => (day === undefined ? [learnerId] : [learnerId, day])),
    'and a.is_live = 1',
  );
}
