import { groupBy } from '../kernel/group-by.js';
import type { Sql } from '../platform/database/sql.js';
import { ENTRY_COLUMNS, POSTING_COLUMNS, toEntry, toPosting, type EntryRow, type PostingRow } from './book.store.js';
import type { Entry } from './domain/entry.js';

/** Entries with their postings of learners after one id through another, in order; postings that have no entry apart. */
export async function readEntriesBetween(
  sql: Sql,
  afterLearnerId: string,
  throughLearnerId: string,
): Promise<{ entries: Entry[]; orphans: { learnerId: string; version: number; line: number }[] }> {
  const range = [afterLearnerId, throughLearnerId];
  const where = 'where learner_id > ? and learner_id <= ?';
  const rows = await sql.rows<EntryRow>(
    `select ${ENTRY_COLUMNS} from journal_entry ${where} order by learner_id, version`,
    range,
  );
  const postings = await sql.rows<PostingRow>(
    `select ${POSTING_COLUMNS} from posting ${where} order by learner_id, version, line`,
    range,
  );
  const nameOf = (row: { learner_id: string; version: number }) => `${row.learner_id}.${row.version}`;
  const byEntry = groupBy(postings, nameOf);
  const entries = rows.map((row) => {
    const own = byEntry.get(nameOf(row)) ?? [];
    byEntry.delete(nameOf(row));
    return toEntry(row, own.map(toPosting));
  });
  const orphans = [...byEntry.values()].flat().map((row) => ({
    learnerId: row.learner_id,
    version: row.version,
    line: row.line,
  }));
  return { entries, orphans };
}

/** Stored balances of learners after one id through another. */
export async function readBalancesBetween(
  sql: Sql,
  afterLearnerId: string,
  throughLearnerId: string,
): Promise<{ learnerId: string; creditType: string; bucket: string; amount: number }[]> {
  const rows = await sql.rows<{ learner_id: string; credit_type: string; bucket: string; amount: number }>(
    'select learner_id, credit_type, bucket, amount from balance where learner_id > ? and learner_id <= ?',
    [afterLearnerId, throughLearnerId],
  );
  return rows.map(({ learner_id, credit_type, bucket, amount }) => ({
    learnerId: learner_id,
    creditType: credit_type,
    bucket,
    amount,
  }));
}
