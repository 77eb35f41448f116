import { Injectable } from '@nestjs/common';
import { isId } from '../kernel/ids.js';
import { Refusal } from '../kernel/refusal.js';
import { Reader } from '../platform/database/data-sources.js';
import { readEntries, readEntry, readPostings, readReversals, lastEntryAsOf } from './book.store.js';
import type { Entry } from './domain/entry.js';
import { foldLots, type Lot } from './domain/lots.js';
import { summarise, type LedgerSummary } from './domain/summarise.js';

/** What a learner's book says at one version. */
export interface Statement extends LedgerSummary {
  learnerId: string;
  /** The last version counted; 0 when nothing had happened yet. */
  version: number;
  /** When that version was recorded, epoch milliseconds; null for an empty book. */
  lastChangeAt: number | null;
}

/** An entry with the version that undid it, if any. */
export type StatedEntry = Entry & { reversedByVersion: number | null };

const ALL = Number.MAX_SAFE_INTEGER;

/** Reads the book. Every number comes from the postings through the one calculator. */
@Injectable()
export class Statements {
  constructor(private readonly reader: Reader) {}

  /**
   * Totals now, or as the book stood at the instant `asOfMs`: everything recorded by then, nothing after.
   * Refuses with `not-found` when there is no such account.
   */
  async statement(learnerId: string, asOfMs?: number): Promise<Statement> {
    const { sql } = this.reader;
    const [account] = await sql.rows<{ version: number; recorded_at: number }>(
      'select version, recorded_at from learning_account where learner_id = ?',
      [learnerId],
    );
    if (!account) throw new Refusal('not-found');
    const last =
      asOfMs === undefined
        ? { version: account.version, recordedAt: account.recorded_at }
        : await lastEntryAsOf(sql, learnerId, asOfMs);
    const { version, recordedAt } = last;
    return {
      learnerId,
      version,
      lastChangeAt: version === 0 ? null : recordedAt,
      ...summarise(await readPostings(sql, learnerId, version)),
    };
  }

  /** Entries newest first, below `beforeVersion` when given. */
  async entries(learnerId: string, limit: number, beforeVersion?: number): Promise<StatedEntry[]> {
    const through = beforeVersion === undefined ? ALL : beforeVersion - 1;
    const entries = await readEntries(this.reader.sql, learnerId, { from: 1, through, limit });
    return this.withReversals(learnerId, entries);
  }

  /** All entries up to a version, oldest first: what a transcript is made of. */
  async history(learnerId: string, throughVersion: number): Promise<StatedEntry[]> {
    const entries = await readEntries(this.reader.sql, learnerId, { from: 1, through: throughVersion, limit: ALL });
    const stated = await this.withReversals(learnerId, entries.reverse());
    return stated.map((entry) => ({
      ...entry,
      reversedByVersion: (entry.reversedByVersion ?? ALL) <= throughVersion ? entry.reversedByVersion : null,
    }));
  }

  /** One entry, or null. A learner's id that is no UUID names none: PostgreSQL would not even compare it. */
  async entry(learnerId: string, version: number): Promise<StatedEntry | null> {
    if (!isId(learnerId)) return null;
    const entry = await readEntry(this.reader.sql, learnerId, version);
    return entry ? (await this.withReversals(learnerId, [entry]))[0]! : null;
  }

  /** The learner's lots as they are now, or as they were at a version. */
  async lots(learnerId: string, throughVersion?: number): Promise<Lot[]> {
    return [...foldLots(await readPostings(this.reader.sql, learnerId, throughVersion)).values()];
  }

  private async withReversals(learnerId: string, entries: Entry[]): Promise<StatedEntry[]> {
    const reversals = await readReversals(this.reader.sql, learnerId);
    return entries.map((entry) => ({ ...entry, reversedByVersion: reversals.get(entry.version) ?? null }));
  }
}
