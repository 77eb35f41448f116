import { Injectable } from '@nestjs/common';
import { shanghaiDay } from '../kernel/clock.js';
import { entryId, mergeDetailOf, parseEntryId, type Entry } from '../ledger/domain/entry.js';
import { foldLots, type Lot } from '../ledger/domain/lots.js';
import { readEntries } from '../ledger/ledger.port.js';
import { LotSources } from '../ledger/lot-sources.port.js';
import type { Sql } from '../platform/database/sql.js';
import { Policies } from '../policy/policy.port.js';
import { SessionCatalogue } from '../providers/providers.port.js';
import { RecognisedOutcomes, type RecognisedOutcome } from '../recognition/recognition.port.js';
import type { Source } from './domain/snapshot.js';

/** Names the origin of credit: which course, recognised outcome or conversion, by whom, when. */
@Injectable()
export class Provenance {
  constructor(
    private readonly sessions: SessionCatalogue,
    private readonly policies: Policies,
    private readonly recognised: RecognisedOutcomes,
    private readonly lotSources: LotSources,
  ) {}

  /** Sources of entries by version. Inside a transaction it is given its `sql`. */
  async of(entries: Entry[], sql?: Sql): Promise<Map<number, Source>> {
    const subjects = (kind: Entry['kind']) =>
      entries.flatMap((entry) => (entry.kind === kind && entry.subject ? [entry.subject] : []));
    const sessions = await this.sessions.sessionFacts([...subjects('attendance'), ...subjects('reversal')], sql);
    const courses = await this.sessions.courseFacts([...subjects('completion'), ...subjects('reversal')], sql);
    const outcomes = await this.outcomesOf(entries, sql);
    return new Map(
      entries.map((entry) => {
        const session = sessions.get(entry.subject ?? '');
        const course = courses.get(entry.subject ?? '');
        const outcome = outcomes.get(entry.subject ?? '');
        const source: Source = {
          entryId: entryId(entry.learnerId, entry.version),
          kind: entry.kind,
          title:
            session?.courseTitle ??
            course?.title ??
            outcome?.title ??
            this.ruleName(entry) ??
            mergeTitle(entry) ??
            entry.subject ??
            '',
          provider: session?.providerName ?? course?.providerName ?? outcome?.issuer ?? null,
          day: shanghaiDay(entry.occurredAt),
          studySeconds: secondsOf(entry),
        };
        return [entry.version, source];
      }),
    );
  }

  /**
   * Sources of lots by number, given the entries of their book. Credit from the person's other account is followed to where it
   * was earned there: a document names the course, not the merge.
   */
  async ofLots(sql: Sql, lots: Lot[], entries: Entry[]): Promise<Map<number, Source>> {
    const origins = new Map(entries.map((entry) => [entry.version, entry]));
    const wanted = new Set(lots.map(({ version }) => version));
    const byEntry = await this.of(
      entries.filter(({ version }) => wanted.has(version)),
      sql,
    );
    const sources = new Map(lots.map(({ lot, version }) => [lot, byEntry.get(version)!]));
    const converted = lots.filter(({ version }) => origins.get(version)?.kind === 'conversion');
    for (const [lot, said] of await this.ofConverted(sql, converted, entries))
      sources.set(lot, { ...sources.get(lot)!, ...said });
    for (const version of wanted) {
      const merge = origins.get(version)!;
      for (const [lot, source] of await this.beforeMerge(sql, merge)) if (sources.has(lot)) sources.set(lot, source);
    }
    return sources;
  }

  /** What converted lots stand for, where it was learnt, and with which mark: a transcript names the original institution. */
  private async ofConverted(
    sql: Sql,
    lots: Lot[],
    [entry]: Entry[],
  ): Promise<Map<number, Pick<Source, 'title' | 'provider' | 'grade'>>> {
    if (lots.length === 0 || !entry) return new Map();
    const facts = await this.lotSources.of(sql, entry.learnerId, lots);
    const names = await this.sessions.providerNames(
      [...facts.values()].flatMap(({ provider }) => provider ?? []),
      sql,
    );
    return new Map(
      [...facts].map(([lot, { title, provider, grade, isExempt }]) => [
        lot,
        {
          ...{ title, provider: provider === null ? null : (names.get(provider) ?? provider) },
          ...(isExempt ? { grade: 'exempt' } : grade === null ? {} : { grade: String(grade) }),
        },
      ]),
    );
  }

  /** Sources in the other account of the lots that a merge brought over; empty for every other entry. */
  private async beforeMerge(sql: Sql, merge: Entry): Promise<Map<number, Source>> {
    const came = merge.kind === 'merge' ? merge.postings.filter(({ source }) => source === 'merged') : [];
    const other = parseEntryId(mergeDetailOf(merge)?.otherEntryId ?? '');
    if (came.length === 0 || !other) return new Map();
    const { learnerId, version } = other;
    const entries = await readEntries(sql, learnerId, { from: 1, through: version, limit: version });
    const lots = foldLots(entries.reverse().flatMap(({ postings }) => postings));
    // Both sides name their lots in the same order (see merges).
    const went = entries.at(-1)!.postings.filter(({ destination }) => destination === 'merged');
    const sources = await this.ofLots(
      sql,
      went.map(({ lot }) => lots.get(lot!)!),
      entries,
    );
    return new Map(came.map(({ lot }, index) => [lot!, sources.get(went[index]!.lot!)!]));
  }

  /** Outcomes of elsewhere behind entries, by the id of their case. */
  private async outcomesOf(entries: Entry[], sql?: Sql): Promise<Map<string, RecognisedOutcome>> {
    const learners = entries.flatMap(({ kind, learnerId }) =>
      kind === 'recognition' || kind === 'reversal' ? [learnerId] : [],
    );
    const found = await Promise.all([...new Set(learners)].map((learnerId) => this.recognised.of(learnerId, sql)));
    return new Map(found.flatMap((outcomes) => [...outcomes]));
  }

  /** What the rule of a conversion is called by the policy that decided it. */
  private ruleName({ kind, subject, policyVersion }: Entry): string | undefined {
    if (kind !== 'conversion' && kind !== 'hold' && kind !== 'release') return undefined;
    const pack = this.policies.byVersion(policyVersion ?? '');
    return pack?.conversionRules.find(({ code }) => code === subject)?.name.zh;
  }
}

/** A merge is about the person's other account, whose entry it names. */
function mergeTitle(entry: Entry): string | undefined {
  const merge = mergeDetailOf(entry);
  if (!merge) return undefined;
  return merge.side === 'kept' ? '由本人另一账户并入' : '并入本人另一账户';
}

/** Study time behind an entry: what was attended, or what waited in the course that was passed. */
function secondsOf(entry: Entry): number {
  return entry.postings.reduce(
    (sum, { source, amount }) => (source === 'attended' || source.startsWith('pending/') ? sum + amount : sum),
    0,
  );
}
