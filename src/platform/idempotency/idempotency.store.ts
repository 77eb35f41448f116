import type { EntitySpec } from '../database/columns.js';
import type { InsertTarget, Sql, SqlValue } from '../database/sql.js';

/** The first answer to a request, kept for ever under the caller's key: twice is once. */
export interface IdempotencyRecord {
  scope: string;
  key: string;
  /** SHA-256 of route and body: the same key with another body is refused. */
  bodyHash: string;
  /** `{"done": answer}` or `{"refused": {code, details}}`. */
  answer: string;
  recordedAt: number;
}

/** First answers by scope and key. */
export const idempotencyRecordEntity: EntitySpec<IdempotencyRecord> = {
  table: 'idempotency_record',
  columns: { scope: 'text', key: 'text', bodyHash: 'text', answer: 'text', recordedAt: 'int' },
  primaryKey: ['scope', 'key'],
};

const INSERT: InsertTarget = {
  table: 'idempotency_record',
  columns: ['scope', 'key', 'body_hash', 'answer', 'recorded_at'],
};

/** A request that must happen once. */
export interface OnceKey {
  scope: string;
  key: string;
  bodyHash: string;
}

/** What is kept under a key. */
export type StoredAnswer = Pick<IdempotencyRecord, 'bodyHash' | 'answer'>;

/** Name of a key in memory. A scope is a UUID, so the first space ends it. */
export function onceName({ scope, key }: Pick<OnceKey, 'scope' | 'key'>): string {
  return `${scope} ${key}`;
}

/** Answers already given, by {@link onceName}. */
export async function readAnswers(sql: Sql, keys: OnceKey[]): Promise<Map<string, StoredAnswer>> {
  const rows = await sql.rowsByKeys<{ scope: string; key: string; body_hash: string; answer: string }>(
    'select scope, key, body_hash, answer from idempotency_record',
    ['scope', 'key'],
    keys.map(({ scope, key }) => [scope, key]),
  );
  return new Map(rows.map((row) => [onceName(row), { bodyHash: row.body_hash, answer: row.answer }]));
}

/** Keeps first answers, dated `nowMs`. A key that has one already is an error of the database (see `isKeyClash`). */
export async function writeAnswers(sql: Sql, answers: (OnceKey & { answer: string })[], nowMs: number): Promise<void> {
  // In one order everywhere, so that two processes cannot wait for each other's keys.
  const sorted = [...answers].sort((a, b) => (onceName(a) < onceName(b) ? -1 : 1));
  await sql.insert(
    INSERT,
    sorted.map(({ scope, key, bodyHash, answer }): SqlValue[] => [scope, key, bodyHash, answer, nowMs]),
  );
}
