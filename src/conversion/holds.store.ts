import type { Entry } from '../ledger/domain/entry.js';
import type { InsertTarget, Sql, SqlValue } from '../platform/database/sql.js';
import type { FeatureRows } from '../ledger/book-command.js';
import type { HoldEnd } from './conversion.entity.js';

/** Before every id. */
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Writes a hold, and how it ended over it. */
const UPSERT_HOLD: InsertTarget = {
  table: 'conversion_hold',
  columns: ['learner_id', 'version', 'held_at', 'held_until', 'ended'],
  onConflict: 'on conflict (learner_id, version) do update set ended = excluded.ended',
  keyLength: 2,
};

/** The row of a hold: of the entry that wrote it, and how it ended or null. */
export function holdRow(
  { learnerId, version, recordedAt }: Pick<Entry, 'learnerId' | 'version' | 'recordedAt'>,
  heldUntil: string | null,
  ended: HoldEnd | null,
): FeatureRows {
  return { target: UPSERT_HOLD, rows: [[learnerId, version, recordedAt, heldUntil, ended]] };
}

/** A conversion that waits, with who asked for it. */
export interface WaitingConversion {
  learnerId: string;
  version: number;
  heldAt: number;
  heldUntil: string | null;
  rule: string;
  policyVersion: string;
  fromCenti: number;
  toCenti: number;
  /** Key of whoever asked. */
  askedBy: string;
}

/** Where a list of what waits goes on: behind this one. */
export type WaitingKey = [heldAt: number, learnerId: string, version: number];

/** Conversions that wait, oldest first; only those whose last day is before a day where one is given. */
export async function waitingConversions(
  sql: Sql,
  { lapsedBefore, after, limit }: { lapsedBefore: string | null; after: WaitingKey | null; limit: number },
): Promise<WaitingConversion[]> {
  const lapsed: [string, SqlValue[]] = lapsedBefore === null ? ['', []] : ['and h.held_until < ?', [lapsedBefore]];
  return sql.rows<WaitingConversion>(
    `select h.learner_id as "learnerId", h.version as "version", h.held_at as "heldAt", h.held_until as "heldUntil", c.rule as "rule",
       c.policy_version as "policyVersion", c.from_centi as "fromCenti", c.to_centi as "toCenti", e.actor as "askedBy"
     from conversion_hold h
     join conversion c on c.learner_id = h.learner_id and c.version = h.version
     join journal_entry e on e.learner_id = h.learner_id and e.version = h.version
     where h.ended is null ${lapsed[0]} and (h.held_at, h.learner_id, h.version) > (?, ?, ?)
     order by h.held_at, h.learner_id, h.version limit ?`,
    [...lapsed[1], ...(after ?? [-1, BEFORE_ALL, 0]), limit],
  );
}

/** A hold whose last day is over. */
export interface LapsedHold {
  learnerId: string;
  version: number;
  heldUntil: string;
}

export const BEFORE_ALL_HOLDS: LapsedHold = { heldUntil: '', learnerId: BEFORE_ALL, version: 0 };

/** Holds that wait and whose last day is before `day`, in order of that day, after one of them. */
export async function lapsedHolds(sql: Sql, day: string, after: LapsedHold, limit: number): Promise<LapsedHold[]> {
  return sql.rows<LapsedHold>(
    `select held_until as "heldUntil", learner_id as "learnerId", version as "version" from conversion_hold
     where ended is null and held_until < ? and (held_until, learner_id, version) > (?, ?, ?)
     order by held_until, learner_id, version limit ?`,
    [day, after.heldUntil, after.learnerId, after.version, limit],
  );
}

/** How a hold ended; null while it waits, and for a conversion that needed none. */
export async function holdEnd(sql: Sql, learnerId: string, version: number): Promise<HoldEnd | null> {
  const [row] = await sql.rows<{ ended: HoldEnd | null }>(
    'select ended from conversion_hold where learner_id = ? and version = ?',
    [learnerId, version],
  );
  return row?.ended ?? null;
}
