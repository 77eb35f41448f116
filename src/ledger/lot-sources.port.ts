import { Injectable } from '@nestjs/common';
import { shanghaiDay } from '../kernel/clock.js';
import { groupBy } from '../kernel/group-by.js';
import type { OutcomeFacts } from '../kernel/outcome.js';
import type { Sql } from '../platform/database/sql.js';
import { readEntries, readPostings } from './book.store.js';
import { mergeDetailOf, parseEntryId, type EntryKind } from './domain/entry.js';
import { foldLots, type Lot } from './domain/lots.js';

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
  learner_id: string;
  version: number;
  kind: EntryKind;
  subject: string | null;
  policy_version: string | null;
  occurred_at: number;
  recorded_at: number;
  reverses_version: number | null;
}

const HEADS =
  'select learner_id, version, kind, subject, policy_version, occurred_at, recorded_at, reverses_version from journal_entry';

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
   * bottom of the chain; credit that a merge brought over is followed into the person's other account. Credit nobody
   * speaks for (an adjustment, an opening balance) is an unformatted outcome.
   */
  async of(sql: Sql, learnerId: string, lots: Lot[]): Promise<Map<number, OutcomeFacts>> {
    if (lots.length === 0) return new Map();
    const rows = await sql.rows<EntryHeadRow>(`${HEADS} where learner_id = ? order by version`, [learnerId]);
    return this.ofEntries(sql, learnerId, lots, rows);
  }

  /** The same for many learners, whose entries are read at once. */
  async ofMany(sql: Sql, lotsOf: Map<string, Lot[]>): Promise<Map<string, Map<number, OutcomeFacts>>> {
    const rows = await sql.rowsByKeys<EntryHeadRow>(
      HEADS,
      ['learner_id'],
      [...lotsOf.keys()].map((learnerId) => [learnerId]),
    );
    const heads = groupBy(rows, ({ learner_id }) => learner_id);
    const facts = new Map<string, Map<number, OutcomeFacts>>();
    for (const [learnerId, lots] of lotsOf)
      facts.set(learnerId, await this.ofEntries(sql, learnerId, lots, heads.get(learnerId) ?? []));
    return facts;
  }

  private async ofEntries(
    sql: Sql,
    learnerId: string,
    lots: Lot[],
    rows: EntryHeadRow[],
  ): Promise<Map<number, OutcomeFacts>> {
    const byVersion = new Map(rows.map((row) => [row.version, row]));
    const roots = new Map(lots.map((lot) => [lot.lot, rootOf(byVersion, lot.version)]));
    const facts = await this.factsOf(sql, learnerId, [...new Set(roots.values())]);
    const found = new Map<number, OutcomeFacts>(
      lots.map((lot) => {
        const root = roots.get(lot.lot)!;
        return [lot.lot, { ...(facts.get(root.version) ?? unformatted(root)), creditType: lot.creditType }];
      }),
    );
    const merges = new Set([...roots.values()].filter(({ kind }) => kind === 'merge').map(({ version }) => version));
    for (const version of merges) {
      for (const [lot, before] of await this.beforeMerge(sql, learnerId, version))
        if (found.has(lot)) found.set(lot, before);
    }
    return found;
  }

  /** Facts of the lots a merge brought over, as they were in the other account. Both sides name their lots in one order. */
  private async beforeMerge(sql: Sql, learnerId: string, version: number): Promise<Map<number, OutcomeFacts>> {
    const entryOf = async (id: string, at: number) =>
      (await readEntries(sql, id, { from: at, through: at, limit: 1 }))[0];
    const merge = await entryOf(learnerId, version);
    const other = parseEntryId((merge && mergeDetailOf(merge)?.otherEntryId) ?? '');
    const came = merge?.postings.filter(({ source }) => source === 'merged') ?? [];
    if (!other || came.length === 0) return new Map();
    const went = (await entryOf(other.learnerId, other.version))!.postings.filter(
      ({ destination }) => destination === 'merged',
    );
    const lots = foldLots(await readPostings(sql, other.learnerId, other.version));
    const facts = await this.of(
      sql,
      other.learnerId,
      went.map(({ lot }) => lots.get(lot!)!),
    );
    return new Map(came.map(({ lot }, index) => [lot!, facts.get(went[index]!.lot!)!]));
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
