import { groupBy } from '../kernel/group-by.js';
import type { InsertTarget, Sql, SqlValue } from '../platform/database/sql.js';
import { mergeTargets } from './account-merge.store.js';
import { accountKey, isLearnerSide } from './domain/accounts.js';
import type { Entry, EntryKind, Posting } from './domain/entry.js';
import { foldLots } from './domain/lots.js';
import type { AccountStatus, LearnerBook } from './domain/post-entry.js';

interface AccountRow {
  learner_id: string;
  status: AccountStatus;
  version: number;
  lot_count: number;
  recorded_at: number;
}

/** A posting as its table has it. */
export interface PostingRow {
  learner_id: string;
  version: number;
  line: number;
  source: string;
  destination: string;
  unit: Posting['unit'];
  credit_type: string;
  amount: number;
  lot: number | null;
  source_after: number | null;
  destination_after: number | null;
  earned_on: string | null;
  valid_until: string | null;
}

/** An entry as its table has it. */
export interface EntryRow {
  learner_id: string;
  version: number;
  kind: EntryKind;
  occurred_at: number;
  recorded_at: number;
  actor: string;
  provider_id: string | null;
  subject: string | null;
  source: string | null;
  policy_version: string | null;
  idempotency_key: string | null;
  reverses_version: number | null;
  reason: string | null;
  detail: string | null;
}

/** Columns of `posting` in the order of its rows. */
export const POSTING_COLUMNS =
  'learner_id, version, line, source, destination, unit, credit_type, amount, lot, source_after, destination_after, earned_on, valid_until';
/** Columns of `journal_entry` in the order of its rows. */
export const ENTRY_COLUMNS =
  'learner_id, version, kind, occurred_at, recorded_at, actor, provider_id, subject, source, policy_version, idempotency_key, reverses_version, reason, detail';

const INSERT_ENTRY: InsertTarget = { table: 'journal_entry', columns: ENTRY_COLUMNS.split(', ') };
const INSERT_POSTING: InsertTarget = { table: 'posting', columns: POSTING_COLUMNS.split(', ') };
const UPSERT_BALANCE: InsertTarget = {
  table: 'balance',
  columns: ['learner_id', 'credit_type', 'bucket', 'amount'],
  onConflict: 'on conflict (learner_id, credit_type, bucket) do update set amount = excluded.amount',
};
const UPSERT_ACCOUNT: InsertTarget = {
  table: 'learning_account',
  columns: ['learner_id', 'status', 'version', 'lot_count', 'recorded_at'],
  onConflict:
    'on conflict (learner_id) do update set version = excluded.version, lot_count = excluded.lot_count, recorded_at = excluded.recorded_at',
};

/** Reads and locks the books of these learners, in sorted order so that two writers cannot wait for each other. */
export async function lockBooks(sql: Sql, learnerIds: string[]): Promise<Map<string, LearnerBook>> {
  const keys = [...learnerIds].sort().map((id) => [id]);
  const accounts = await sql.rowsByKeys<AccountRow>(
    'select learner_id, status, version, lot_count, recorded_at from learning_account',
    ['learner_id'],
    keys,
    'order by learner_id for update',
  );
  const books = new Map<string, LearnerBook>();
  for (const row of accounts) {
    books.set(row.learner_id, {
      learnerId: row.learner_id,
      status: row.status,
      version: row.version,
      lotCount: row.lot_count,
      recordedAt: row.recorded_at,
      balances: new Map(),
    });
  }
  const closed = [...books.values()].filter(({ status }) => status === 'closed');
  if (closed.length > 0) {
    const targets = await mergeTargets(
      sql,
      closed.map(({ learnerId }) => learnerId),
    );
    for (const book of closed) book.mergedInto = targets.get(book.learnerId) ?? null;
  }
  const balances = await sql.rowsByKeys<{ learner_id: string; credit_type: string; bucket: string; amount: number }>(
    'select learner_id, credit_type, bucket, amount from balance',
    ['learner_id'],
    keys,
  );
  for (const row of balances) {
    books.get(row.learner_id)?.balances.set(accountKey(row.bucket, row.credit_type), row.amount);
  }
  return books;
}

/** Adds the lots to books that were read by {@link lockBooks}. */
export async function loadLots(sql: Sql, books: LearnerBook[]): Promise<void> {
  for (const book of books) book.lots = foldLots(await readPostings(sql, book.learnerId));
}

/** Writes entries with their postings, the balances they leave and the learners' new counters. */
export async function writeEntries(sql: Sql, entries: Entry[], books: LearnerBook[]): Promise<void> {
  await sql.insert(
    UPSERT_ACCOUNT,
    books.map((book) => [book.learnerId, book.status, book.version, book.lotCount, book.recordedAt]),
  );
  await sql.insert(INSERT_ENTRY, entries.map(entryValues));
  await sql.insert(
    INSERT_POSTING,
    entries.flatMap((entry) => entry.postings.map((posting) => postingValues(entry.learnerId, posting))),
  );
  await sql.insert(UPSERT_BALANCE, entries.flatMap(balanceValues));
}

function entryValues(entry: Entry): SqlValue[] {
  return [
    entry.learnerId,
    entry.version,
    entry.kind,
    entry.occurredAt,
    entry.recordedAt,
    entry.actor,
    entry.providerId,
    entry.subject,
    entry.source,
    entry.policyVersion,
    entry.idempotencyKey,
    entry.reversesVersion,
    entry.reason,
    entry.detail == null ? null : JSON.stringify(entry.detail),
  ];
}

function postingValues(learnerId: string, posting: Posting): SqlValue[] {
  return [
    learnerId,
    posting.version,
    posting.line,
    posting.source,
    posting.destination,
    posting.unit,
    posting.creditType,
    posting.amount,
    posting.lot,
    posting.sourceAfter,
    posting.destinationAfter,
    posting.earnedOn,
    posting.validUntil,
  ];
}

/** The last balance each touched account had within the entry. One row an account, as an upsert needs it. */
function balanceValues(entry: Entry): SqlValue[][] {
  const rows = new Map<string, SqlValue[]>();
  for (const { source, destination, creditType, sourceAfter, destinationAfter } of entry.postings) {
    if (isLearnerSide(source)) {
      rows.set(accountKey(source, creditType), [entry.learnerId, creditType, source, sourceAfter]);
    }
    if (isLearnerSide(destination)) {
      rows.set(accountKey(destination, creditType), [entry.learnerId, creditType, destination, destinationAfter]);
    }
  }
  return [...rows.values()];
}

/** A learner's postings in version order, up to and including `throughVersion`. */
export async function readPostings(sql: Sql, learnerId: string, throughVersion?: number): Promise<Posting[]> {
  const limit = throughVersion === undefined ? '' : ' and version <= ?';
  const rows = await sql.rows<PostingRow>(
    `select ${POSTING_COLUMNS} from posting where learner_id = ?${limit} order by version, line`,
    throughVersion === undefined ? [learnerId] : [learnerId, throughVersion],
  );
  return rows.map(toPosting);
}

/** One entry with its postings, or null. */
export async function readEntry(sql: Sql, learnerId: string, version: number): Promise<Entry | null> {
  const [entry] = await readEntries(sql, learnerId, { from: version, through: version, limit: 1 });
  return entry ?? null;
}

/** Entries `from`…`through` (versions, inclusive), newest first, at most `limit`. */
export async function readEntries(
  sql: Sql,
  learnerId: string,
  range: { from: number; through: number; limit: number },
): Promise<Entry[]> {
  const rows = await sql.rows<EntryRow>(
    `select ${ENTRY_COLUMNS} from journal_entry where learner_id = ? and version between ? and ? order by version desc limit ?`,
    [learnerId, range.from, range.through, range.limit],
  );
  if (rows.length === 0) return [];
  const postings = await sql.rows<PostingRow>(
    `select ${POSTING_COLUMNS} from posting where learner_id = ? and version between ? and ? order by version, line`,
    [learnerId, rows.at(-1)!.version, rows[0]!.version],
  );
  const byVersion = groupBy(postings.map(toPosting), (posting) => posting.version);
  return rows.map((row) => toEntry(row, byVersion.get(row.version) ?? []));
}

/** Versions of a learner that a reversal undid, with the version of that reversal. */
export async function readReversals(sql: Sql, learnerId: string): Promise<Map<number, number>> {
  const rows = await sql.rows<{ version: number; reverses_version: number }>(
    'select version, reverses_version from journal_entry where learner_id = ? and reverses_version is not null',
    [learnerId],
  );
  return new Map(rows.map((row) => [row.reverses_version, row.version]));
}

/** The last entry recorded by an instant; version 0 when there was none. Recorded time follows version order. */
export async function lastEntryAsOf(
  sql: Sql,
  learnerId: string,
  asOfMs: number,
): Promise<{ version: number; recordedAt: number }> {
  const [row] = await sql.rows<{ version: number; recorded_at: number }>(
    'select version, recorded_at from journal_entry where learner_id = ? and recorded_at <= ? order by version desc limit 1',
    [learnerId, asOfMs],
  );
  return { version: row?.version ?? 0, recordedAt: row?.recorded_at ?? 0 };
}

/** A posting from its row. */
export function toPosting(row: PostingRow): Posting {
  return {
    version: row.version,
    line: row.line,
    source: row.source,
    destination: row.destination,
    unit: row.unit,
    creditType: row.credit_type,
    amount: row.amount,
    lot: row.lot,
    sourceAfter: row.source_after,
    destinationAfter: row.destination_after,
    earnedOn: row.earned_on,
    validUntil: row.valid_until,
  };
}

/** An entry from its row, with the postings given. */
export function toEntry(row: EntryRow, postings: Posting[]): Entry {
  return {
    learnerId: row.learner_id,
    version: row.version,
    kind: row.kind,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    actor: row.actor,
    providerId: row.provider_id,
    subject: row.subject,
    source: row.source,
    policyVersion: row.policy_version,
    idempotencyKey: row.idempotency_key,
    reversesVersion: row.reverses_version,
    reason: row.reason,
    detail: row.detail === null ? null : (JSON.parse(row.detail) as unknown),
    postings,
  };
}
