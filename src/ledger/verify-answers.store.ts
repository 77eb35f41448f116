import type { Sql } from '../platform/database/sql.js';
import { entryId, parseEntryId } from './domain/entry.js';

const ENTRY_NAMES = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[1-9]\d{0,8}/g;

/** An answer as it lies under its key, with the entries that it names. */
export interface NamingAnswer {
  scope: string;
  key: string;
  names: string[];
  /** The entry that this very request wrote, when it wrote one. */
  own: string | null;
}

/** Answers in key order after one of them, at most `limit`. */
export async function readAnswersAfter(sql: Sql, after: [string, string], limit: number): Promise<NamingAnswer[]> {
  const rows = await sql.rows<{ scope: string; key: string; answer: string }>(
    'select scope, key, answer from idempotency_record where (scope, key) > (?, ?) order by scope, key limit ?',
    [...after, limit],
  );
  return rows.map(({ scope, key, answer }) => ({
    scope,
    key,
    names: [...new Set([...answer.matchAll(ENTRY_NAMES)].map(([name]) => name))],
    own: ownEntry(answer),
  }));
}

function ownEntry(answer: string): string | null {
  const { done } = JSON.parse(answer) as { done?: { entryId?: unknown; conversionId?: unknown } | null };
  const name = done?.entryId ?? done?.conversionId;
  return typeof name === 'string' ? name : null;
}

/** Idempotency key of each of these entries that is in the book, by name. */
export async function keysOfEntries(sql: Sql, names: string[]): Promise<Map<string, string | null>> {
  const rows = await sql.rowsByKeys<{ learner_id: string; version: number; idempotency_key: string | null }>(
    'select learner_id, version, idempotency_key from journal_entry',
    ['learner_id', 'version'],
    [...new Set(names)].map((name) => {
      const { learnerId, version } = parseEntryId(name)!;
      return [learnerId, version];
    }),
  );
  return new Map(rows.map((row) => [entryId(row.learner_id, row.version), row.idempotency_key]));
}
