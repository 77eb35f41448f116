import type { InsertTarget, Sql } from '../platform/database/sql.js';
import type { DirectoryKind } from './learners.entity.js';

const CLAIM: InsertTarget = {
  table: 'directory',
  columns: ['kind', 'number', 'learner_id'],
  onConflict: 'on conflict (kind, number) do nothing',
};

/** A number that is to lead to a learner. */
export interface Claim {
  number: string;
  learnerId: string;
}

/**
 * Enters numbers in the directory; the positions of those that already lead to somebody else. Of two writers at once
 * exactly one gets a number: the other waits for the first to commit and then reads who has it.
 */
export async function claimNumbers(sql: Sql, kind: DirectoryKind, claims: Claim[]): Promise<number[]> {
  // Sorted, so that two writers never wait for each other.
  const sorted = [...claims].sort((a, b) => (a.number < b.number ? -1 : a.number > b.number ? 1 : 0));
  await sql.insert(
    CLAIM,
    sorted.map(({ number, learnerId }) => [kind, number, learnerId]),
  );
  const numbers = claims.map(({ number }) => number);
  const owners = await ownersOf(sql, kind, numbers);
  return claims.flatMap(({ number, learnerId }, index) => (owners.get(number) === learnerId ? [] : [index]));
}

/** Whose numbers these are; an unknown number is absent. */
export async function ownersOf(sql: Sql, kind: DirectoryKind, numbers: string[]): Promise<Map<string, string>> {
  const rows = await sql.rowsByKeys<{ number: string; learner_id: string }>(
    'select number, learner_id from directory',
    ['kind', 'number'],
    numbers.map((number) => [kind, number]),
  );
  return new Map(rows.map((row) => [row.number, row.learner_id]));
}
