import { shanghaiDay } from '../kernel/clock.js';
import { groupBy } from '../kernel/group-by.js';
import type { EntryKind } from '../ledger/domain/entry.js';
import type { Sql } from '../platform/database/sql.js';

/** An entry that no study brought about. */
export interface OtherEntry {
  kind: EntryKind;
  /** Kind of what it is about in the end: of a reversal, that of the entry at the bottom of the chain. */
  rootKind: EntryKind;
}

interface EntryRow {
  learner_id: string;
  version: number;
  kind: EntryKind;
  recorded_at: number;
  reverses_version: number | null;
}

/** Entries of learners, recorded on the days of a period, that are no visits or completions and undo none. */
export async function otherEntries(
  sql: Sql,
  learnerIds: string[],
  { from, to }: { from: string; to: string },
): Promise<OtherEntry[]> {
  const rows = await sql.rowsByKeys<EntryRow>(
    'select learner_id, version, kind, recorded_at, reverses_version from journal_entry',
    ['learner_id'],
    learnerIds.map((learnerId) => [learnerId]),
    "and kind not in ('attendance', 'completion')",
  );
  return [...groupBy(rows, ({ learner_id }) => learner_id).values()].flatMap((own) => {
    const byVersion = new Map(own.map((row) => [row.version, row]));
    return own.flatMap(({ kind, version, recorded_at }) => {
      const day = shanghaiDay(recorded_at);
      const rootKind = rootOf(byVersion, version)?.kind;
      return rootKind !== undefined && from <= day && day <= to ? [{ kind, rootKind }] : [];
    });
  });
}

/** The entry at the bottom of a chain of reversals; undefined where that is a visit or a completion. */
function rootOf(byVersion: Map<number, EntryRow>, version: number): EntryRow | undefined {
  let row = byVersion.get(version);
  while (row && row.reverses_version !== null) row = byVersion.get(row.reverses_version);
  return row;
}
