import type { Sql } from '../platform/database/sql.js';
import { readEntries, readPostings } from './book.store.js';
import { mergeDetailOf, parseEntryId, type Entry } from './domain/entry.js';
import { foldLots, type Lot } from './domain/lots.js';

/** Lots that a merge brought over, as they were in the other account just before it. */
export interface LotsBefore {
  /** The account they were in. */
  learnerId: string;
  /** Number of the lot in this book → the lot it was. */
  lots: Map<number, Lot>;
}

/** What the merge entry of this version brought; null where it brought no credit. Both sides name their lots in one order. */
export async function lotsBeforeMerge(sql: Sql, learnerId: string, version: number): Promise<LotsBefore | null> {
  const merge = await entryAt(sql, learnerId, version);
  const other = parseEntryId((merge && mergeDetailOf(merge)?.otherEntryId) ?? '');
  const came = merge?.postings.filter(({ source }) => source === 'merged') ?? [];
  if (!other || came.length === 0) return null;
  const entry = await entryAt(sql, other.learnerId, other.version);
  const went = entry!.postings.filter(({ destination }) => destination === 'merged');
  const lots = foldLots(await readPostings(sql, other.learnerId, other.version - 1));
  return {
    learnerId: other.learnerId,
    lots: new Map(came.map(({ lot }, index) => [lot!, lots.get(went[index]!.lot!)!])),
  };
}

/** Versions of the entries by which a live merge brought something into this account. */
export async function keptMergeVersions(sql: Sql, learnerId: string): Promise<number[]> {
  const rows = await sql.rows<{ version: number }>(
    "select version from account_merge where learner_id = ? and side = 'kept' and is_live = 1 and version is not null order by version",
    [learnerId],
  );
  return rows.map(({ version }) => version);
}

async function entryAt(sql: Sql, learnerId: string, version: number): Promise<Entry | undefined> {
  return (await readEntries(sql, learnerId, { from: version, through: version, limit: 1 }))[0];
}
