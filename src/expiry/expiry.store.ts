import type { Sql } from '../platform/database/sql.js';
import type { DatedCredit } from './domain/expire-lots.js';

/** Before every id. */
export const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** A learner with credit that ends on a day. */
export interface DueLearner {
  learnerId: string;
  validUntil: string;
}

/**
 * Who has credit ending on a day from `from` to before `to`, in order of day and learner, after a place in that order.
 * Read from the index of the days alone; whether anything of that credit is left is {@link availableCredit}.
 */
export async function dueLearners(
  sql: Sql,
  { from, to }: { from: string; to: string },
  after: DueLearner,
  limit: number,
): Promise<DueLearner[]> {
  // One lower bound: with a second one SQLite would begin every page at `from` again.
  const start = after.validUntil < from ? { validUntil: from, learnerId: BEFORE_ALL } : after;
  return sql.rows<DueLearner>(
    `select distinct valid_until as "validUntil", learner_id as "learnerId" from posting
     where valid_until is not null and valid_until < ? and (valid_until, learner_id) > (?, ?)
     order by valid_until, learner_id limit ?`,
    [to, start.validUntil, start.learnerId, limit],
  );
}

/** Learners whose books changed at or after an instant, in order of id, after one of them. */
export async function changedLearners(sql: Sql, sinceMs: number, after: string, limit: number): Promise<string[]> {
  const rows = await sql.rows<{ learner_id: string }>(
    'select learner_id from learning_account where learner_id > ? and recorded_at >= ? order by learner_id limit ?',
    [after, sinceMs, limit],
  );
  return rows.map(({ learner_id }) => learner_id);
}

/** What is available of every lot of these learners, lots with nothing left out. */
export async function availableCredit(
  sql: Sql,
  learnerIds: string[],
): Promise<(DatedCredit & { learnerId: string })[]> {
  const flow = "sum(case when destination = 'available' then amount when source = 'available' then -amount else 0 end)";
  const rows = await sql.rowsByKeys<{
    learner_id: string;
    lot: number;
    credit_type: string;
    valid_until: string | null;
    amount: number;
  }>(
    `select learner_id, lot, credit_type, max(valid_until) as valid_until, cast(${flow} as bigint) as amount from posting`,
    ['learner_id'],
    learnerIds.map((id) => [id]),
    `and lot is not null group by learner_id, lot, credit_type having ${flow} > 0`,
  );
  return rows.map((row) => ({
    learnerId: row.learner_id,
    lot: row.lot,
    creditType: row.credit_type,
    validUntil: row.valid_until,
    availableCenti: row.amount,
  }));
}

/** Learners who have an entry of expiry, in order of id, after one of them. */
export async function learnersWithExpiry(sql: Sql, after: string, limit: number): Promise<string[]> {
  const rows = await sql.rows<{ learner_id: string }>(
    "select distinct learner_id from posting where destination = 'expired' and learner_id > ? order by learner_id limit ?",
    [after, limit],
  );
  return rows.map(({ learner_id }) => learner_id);
}
