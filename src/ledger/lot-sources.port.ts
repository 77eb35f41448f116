import { Injectable } from '@nestjs/common';
import { shanghaiDay } from '../kernel/clock.js';
import type { OutcomeFacts } from '../kernel/outcome.js';
import type { Sql } from '../platform/database/sql.js';
import type { EntryKind } from './domain/entry.js';
import type { Lot } from './domain/lots.js';

/** The entry that brought credit in, as far as its feature needs it to say what was learnt. */
export interface SourceEntry {
  version: number;
  kind: EntryKind;
  /** The session, course, rule or outcome it is about. */
  subject: string | null;
  policyVersion: string | null;
  occurredAt: number;
  recordedAt: number;
}

/** What a feature knows of the learning behind an entry; the credit type is that of the lot. */
export type SourceFacts = Omit<OutcomeFacts, 'creditType'>;

/** A feature's word on its own entries, by version. */
export type SourceReader = (sql: Sql, learnerId: string, entries: SourceEntry[]) => Promise<Map<number, SourceFacts>>;

interface EntryHeadRow {
  version: number;
  kind: EntryKind;
  subject: string | null;
  policy_version: string | null;
  occurred_at: number;
  recorded_at: number;
  reverses_version: number | null;
}

/**
 * Where credit came from: what was learnt, with whom, when, and how it was established. Rules ask it of every lot;
 * each feature answers for the kinds of entry it writes.
 */
@Injectable()
export class LotSources {
  private readonly readers = new Map<EntryKind, SourceReader>();

  /** Called by each feature once, when the application starts. */
  register(kind: EntryKind, reader: SourceReader): void {
    if (this.readers.has(kind)) throw new Error(`Two features want to speak for entries of kind ${kind}`);
    this.readers.set(kind, reader);
  }

  /**
   * Facts of the learning behind each lot, by lot number. Credit that a reversal brought back is that of the entry at the
   * bottom of the chain. Credit nobody speaks for (an adjustment, an opening balance) is an unformatted outcome.
   */
  async of(sql: Sql, learnerId: string, lots: Lot[]): Promise<Map<number, OutcomeFacts>> {
    if (lots.length === 0) return new Map();
    const rows = await sql.rows<EntryHeadRow>(
      'select version, kind, subject, policy_version, occurred_at, recorded_at, reverses_version from journal_entry where learner_id = ? order by version',
      [learnerId],
    );
    const byVersion = new Map(rows.map((row) => [row.version, row]));
    const roots = new Map(lots.map((lot) => [lot.lot, rootOf(byVersion, lot.version)]));
    const facts = await this.factsOf(sql, learnerId, [...new Set(roots.values())]);
    return new Map(
      lots.map((lot) => {
        const root = roots.get(lot.lot)!;
        return [lot.lot, { ...(facts.get(root.version) ?? unformatted(root)), creditType: lot.creditType }];
      }),
    );
  }

  private async factsOf(sql: Sql, learnerId: string, roots: EntryHeadRow[]): Promise<Map<number, SourceFacts>> {
    const facts = new Map<number, SourceFacts>();
    for (const [kind, reader] of this.readers) {
      const entries = roots.filter((row) => row.kind === kind).map(toSourceEntry);
      if (entries.length === 0) continue;
      for (const [version, found] of await reader(sql, learnerId, entries)) facts.set(version, found);
    }
    return facts;
  }
}

function rootOf(byVersion: Map<number, EntryHeadRow>, version: number): EntryHeadRow {
  let row = byVersion.get(version);
  while (row && row.reverses_version !== null) row = byVersion.get(row.reverses_version);
  if (!row) throw new Error(`Entry ${version} of a lot is not in the book`);
  return row;
}

function toSourceEntry(row: EntryHeadRow): SourceEntry {
  return {
    version: row.version,
    kind: row.kind,
    subject: row.subject,
    policyVersion: row.policy_version,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
  };
}

function unformatted({ occurred_at, recorded_at, subject }: EntryHeadRow): SourceFacts {
  const day = shanghaiDay(occurred_at);
  return {
    origin: 'recognition',
    outcomeClass: 'unformatted',
    activityType: null,
    item: null,
    title: subject ?? '',
    provider: null,
    level: null,
    isAssessed: false,
    grade: null,
    startsOn: day,
    endsOn: day,
    postedOn: shanghaiDay(recorded_at),
  };
}
