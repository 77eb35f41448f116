import { groupBy } from '../kernel/group-by.js';
import type { Sql } from '../platform/database/sql.js';
import { POSTING_COLUMNS, toPosting, type PostingRow } from './book.store.js';
import type { Posting } from './domain/entry.js';
import { foldLots, type Lot } from './domain/lots.js';

/** Postings that name a lot, of many learners at once, in version order; learners without any are missing. */
export async function readLotPostings(sql: Sql, learnerIds: string[]): Promise<Map<string, Posting[]>> {
  const rows = await sql.rowsByKeys<PostingRow>(
    `select ${POSTING_COLUMNS} from posting`,
    ['learner_id'],
    learnerIds.map((learnerId) => [learnerId]),
    'and lot is not null order by learner_id, version, line',
  );
  return new Map([...groupBy(rows, ({ learner_id }) => learner_id)].map(([id, some]) => [id, some.map(toPosting)]));
}

/** Lots of many learners at once, by learner; those without any are missing. */
export async function readLotsOf(sql: Sql, learnerIds: string[]): Promise<Map<string, Lot[]>> {
  const postings = await readLotPostings(sql, learnerIds);
  return new Map([...postings].map(([learnerId, some]) => [learnerId, [...foldLots(some).values()]]));
}

/** What reversals undid in many books at once: by learner, version → version of its reversal. */
export async function readReversalsOf(sql: Sql, learnerIds: string[]): Promise<Map<string, Map<number, number>>> {
  const rows = await sql.rowsByKeys<{ learner_id: string; version: number; reverses_version: number }>(
    'select learner_id, version, reverses_version from journal_entry',
    ['learner_id'],
    learnerIds.map((learnerId) => [learnerId]),
    'and reverses_version is not null',
  );
  const found = new Map(learnerIds.map((learnerId) => [learnerId, new Map<number, number>()]));
  for (const { learner_id, version, reverses_version } of rows) found.get(learner_id)!.set(reverses_version, version);
  return found;
}
