import { shanghaiDay } from '../kernel/clock.js';
import { groupBy } from '../kernel/group-by.js';
import type { EntryKind } from '../ledger/domain/entry.js';
import { isWithin, type Period } from './domain/period.js';
import type { Sql } from '../platform/database/sql.js';

/** An entry that nothing of a draft decides. */
export interface OtherEntry {
  kind: EntryKind;
}

/** What a draft is tried on, and so whatever undoes it: of holds and releases the conversion they are about. */
const TRIED: EntryKind[] = ['recognition', 'conversion', 'hold', 'release', 'award', 'reward'];
/** Corrections of points are part of their settlement. */
const POINTS = 'points:';

interface EntryRow {
  learner_id: string;
  version: number;
  kind: EntryKind;
  recorded_at: number;
  reverses_version: number | null;
  source: string | null;
}

/** Entries of learners, recorded on the days of a period, that a draft is not tried on, and what undid such. */
export async function otherEntries(sql: Sql, learnerIds: string[], period: Period): Promise<OtherEntry[]> {
  const rows = await sql.rowsByKeys<EntryRow>(
    'select learner_id, version, kind, recorded_at, reverses_version, source from journal_entry',
    ['learner_id'],
    learnerIds.map((learnerId) => [learnerId]),
    "and kind not in ('attendance', 'completion')",
  );
  return [...groupBy(rows, ({ learner_id }) => learner_id).values()].flatMap((own) => {
    const byVersion = new Map(own.map((row) => [row.version, row]));
    return own.flatMap(({ kind, version, recorded_at }) => {
      const day = shanghaiDay(recorded_at);
      const root = rootOf(byVersion, version);
      return root && !isTried(root) && isWithin(period, day) ? [{ kind }] : [];
    });
  });
}

function isTried({ kind, source }: EntryRow): boolean {
  return TRIED.includes(kind) || (kind === 'adjustment' && (source ?? '').startsWith(POINTS));
}

/** The entry at the bottom of a chain of reversals; undefined where that is a visit or a completion. */
function rootOf(byVersion: Map<number, EntryRow>, version: number): EntryRow | undefined {
  let row = byVersion.get(version);
  while (row && row.reverses_version !== null) row = byVersion.get(row.reverses_version);
  return row;
}
