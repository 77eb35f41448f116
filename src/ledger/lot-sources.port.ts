import { Injectable } from '@nestjs/common';
import { shanghaiDay } from '../kernel/clock.js';
import { groupBy } from '../kernel/group-by.js';
import type { OutcomeFacts } from '../kernel/outcome.js';
import type { Sql } from '../platform/database/sql.js';
import type { EntryKind } from './domain/entry.js';
import type { Lot } from './domain/lots.js';
import { lotsBeforeMerge } from './merged-lots.store.js';

/** The entry that brought credit in, as far as its feature needs it to say what was learnt. */
export interface SourceEntry {
  version: number;
  kind: EntryKind;
  /** The session, course, rule or outcome it is about. */
  subject: string | null;
  occurredAt: number;
  recordedAt: number;
}

/** What a feature knows of the learning behind an entry; the credit type is that of the lot. */
export type SourceFacts = Omit<OutcomeFacts, 'creditType'>;

/** A feature's word on its own entries, by version. */
export type SourceReader = (sql: Sql, learnerId: string, entries: SourceEntry[]) => Promise<Map<number, SourceFacts>>;

/** The same by lot, for a kind whose entries bring in several lots of different learning. */
export type LotReader = (sql: Sql, learnerId: string, lots: number[]) => Promise<Map<number, SourceFacts>>;

/** What is asked about. */
type SourcedLot = Pick<Lot, 'lot' | 'version' | 'creditType'>;

/** Above so many lots one look at the whole journal is cheaper than a look for each. */
const FEW_LOTS = 200;
const HEADS =
  'version, kind, subject, occurred_at as "occurredAt", recorded_at as "recordedAt", reverses_version as "reversesVersion" from journal_entry';
interface EntryHead extends SourceEntry {
  reversesVersion: number | null;
}

/**
 * Where credit came from: what was learnt, with whom, when, and how it was established. Rules ask it of every lot;
 * each feature answers for the kinds of entry it writes.
 */
@Injectable()
export class LotSources {
  private readonly readers = new Map<EntryKind, SourceReader>();
  private readonly lotReaders = new Map<EntryKind, LotReader>();

  /** Called by each feature once, when the application starts. */
  register(kind: EntryKind, reader: SourceReader): void {
    if (this.readers.has(kind)) throw new Error(`Two features want to speak for entries of kind ${kind}`);
    this.readers.set(kind, reader);
  }

  /** The same for a feature that answers lot by lot. */
  registerByLot(kind: EntryKind, reader: LotReader): void {
    if (this.lotReaders.has(kind)) throw new Error(`Two features want to speak for lots of kind ${kind}`);
    this.lotReaders.set(kind, reader);
  }

  /**
   * Facts of the learning behind each lot, by lot number. Credit that a reversal brought back is that of the entry at the
   * bottom of the chain; credit that a merge brought over is followed into the person's other account. Credit nobody
   * speaks for (an adjustment, an opening balance) is an unformatted outcome.
   */
  async of(sql: Sql, learnerId: string, lots: SourcedLot[]): Promise<Map<number, OutcomeFacts>> {
    if (lots.length === 0) return new Map();
    return this.ofEntries(sql, learnerId, lots, await readHeads(sql, learnerId, lots));
  }

  /** The same for many learners, whose entries are read at once. */
  async ofMany(sql: Sql, lotsOf: Map<string, Lot[]>): Promise<Map<string, Map<number, OutcomeFacts>>> {
    const rows = await sql.rowsByKeys<EntryHead & { learner_id: string }>(
      `select learner_id, ${HEADS}`,
      ['learner_id'],
      [...lotsOf.keys()].map((learnerId) => [learnerId]),
    );
    const heads = groupBy(rows, ({ learner_id }) => learner_id);
    const facts = new Map<string, Map<number, OutcomeFacts>>();
    for (const [learnerId, lots] of lotsOf) {
      const byVersion = new Map((heads.get(learnerId) ?? []).map((row) => [row.version, row]));
      facts.set(learnerId, await this.ofEntries(sql, learnerId, lots, byVersion));
    }
    return facts;
  }

  private async ofEntries(
    sql: Sql,
    learnerId: string,
    lots: SourcedLot[],
    byVersion: Map<number, EntryHead>,
  ): Promise<Map<number, OutcomeFacts>> {
    const roots = new Map<number, EntryHead>();
    for (const lot of lots) roots.set(lot.lot, rootOf(byVersion, lot.version));
    const facts = await this.factsOf(sql, learnerId, new Set(roots.values()));
    const own = await this.factsByLot(sql, learnerId, roots);
    const found = new Map<number, OutcomeFacts>();
    for (const { lot, creditType } of lots) {
      const root = roots.get(lot)!;
      const learnt = own.get(lot) ?? facts.get(root.kind)?.get(root.version) ?? unformatted(root);
      found.set(lot, ofType(learnt, creditType));
    }
    const merges = new Set([...roots.values()].filter(({ kind }) => kind === 'merge').map(({ version }) => version));
    for (const version of merges) {
      for (const [lot, before] of await this.beforeMerge(sql, learnerId, version))
        if (found.has(lot)) found.set(lot, before);
    }
    return found;
  }

  /** Facts of the lots a merge brought over, as they were in the other account. */
  private async beforeMerge(sql: Sql, learnerId: string, version: number): Promise<Map<number, OutcomeFacts>> {
    const before = await lotsBeforeMerge(sql, learnerId, version);
    if (!before) return new Map();
    const facts = await this.of(sql, before.learnerId, [...before.lots.values()]);
    return new Map([...before.lots].map(([own, { lot }]) => [own, facts.get(lot)!]));
  }

  private async factsByLot(
    sql: Sql,
    learnerId: string,
    roots: Map<number, EntryHead>,
  ): Promise<Map<number, SourceFacts>> {
    const facts = new Map<number, SourceFacts>();
    for (const [kind, reader] of this.lotReaders) {
      const lots = [...roots].flatMap(([lot, root]) => (root.kind === kind ? [lot] : []));
      if (lots.length === 0) continue;
      for (const [lot, found] of await reader(sql, learnerId, lots)) facts.set(lot, found);
    }
    return facts;
  }

  /** What features say of their own entries, by kind and version. */
  private async factsOf(
    sql: Sql,
    learnerId: string,
    roots: Set<EntryHead>,
  ): Promise<Map<EntryKind, Map<number, SourceFacts>>> {
    const facts = new Map<EntryKind, Map<number, SourceFacts>>();
    for (const [kind, entries] of groupBy([...roots], (root) => root.kind)) {
      const reader = this.readers.get(kind);
      if (reader) facts.set(kind, await reader(sql, learnerId, entries));
    }
    return facts;
  }
}

/** Facts with the type of the lot; most say it themselves already. */
function ofType(facts: SourceFacts | OutcomeFacts, creditType: string): OutcomeFacts {
  return 'creditType' in facts && facts.creditType === creditType ? facts : { ...facts, creditType };
}

/** Entries of some lots, and those that they reverse, down to the first. */
async function readHeads(sql: Sql, learnerId: string, lots: SourcedLot[]): Promise<Map<number, EntryHead>> {
  if (lots.length > FEW_LOTS) {
    const rows = await sql.rows<EntryHead>(`select ${HEADS} where learner_id = ? order by version`, [learnerId]);
    return new Map(rows.map((row) => [row.version, row]));
  }
  const heads = new Map<number, EntryHead>();
  let wanted = [...new Set(lots.map(({ version }) => version))];
  while (wanted.length > 0) {
    const keys = wanted.map((version) => [learnerId, version]);
    const rows = await sql.rowsByKeys<EntryHead>(`select ${HEADS}`, ['learner_id', 'version'], keys);
    for (const row of rows) heads.set(row.version, row);
    wanted = [...new Set(rows.flatMap((row) => row.reversesVersion ?? []))].filter((version) => !heads.has(version));
  }
  return heads;
}

function rootOf(byVersion: Map<number, EntryHead>, version: number): EntryHead {
  let row = byVersion.get(version);
  while (row && row.reversesVersion !== null) row = byVersion.get(row.reversesVersion);
  if (!row) throw new Error(`Entry ${version} of a lot is not in the book`);
  return row;
}

function unformatted({ occurredAt, recordedAt, subject }: EntryHead): SourceFacts {
  const day = shanghaiDay(occurredAt);
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
    postedOn: shanghaiDay(recordedAt),
  };
}
