import type { Sql } from '../platform/database/sql.js';

/** What is left of a lot, summed by the database. Hundredths. */
export interface LotState {
  lot: number;
  creditType: string;
  /** Version of the entry that brought it in. */
  version: number;
  validUntil: string | null;
  availableCenti: number;
  recognisedCenti: number;
}

/** Lots of a learner that have something in `available`: the same sums as `foldLots`, for a book of thousands of lots. */
export async function readUsableLots(sql: Sql, learnerId: string): Promise<LotState[]> {
  return sql.rows<LotState>(
    `select lot as "lot", max(credit_type) as "creditType", min(version) as "version", max(valid_until) as "validUntil",
       cast(sum(case when destination = 'available' then amount when source = 'available' then -amount else 0 end) as bigint) as "availableCenti",
       cast(sum(case when source in ('issued', 'corrected', 'merged') then amount when destination in ('issued', 'corrected', 'merged') then -amount else 0 end) as bigint) as "recognisedCenti"
     from posting where learner_id = ? and lot is not null group by lot
     having sum(case when destination = 'available' then amount when source = 'available' then -amount else 0 end) > 0`,
    [learnerId],
  );
}
