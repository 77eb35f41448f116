import { Injectable } from '@nestjs/common';
import { shanghaiDay } from '../kernel/clock.js';
import { entryId, mergeDetailOf, type Entry } from '../ledger/domain/entry.js';
import type { Sql } from '../platform/database/sql.js';
import { Policies } from '../policy/policy.port.js';
import { SessionCatalogue } from '../providers/providers.port.js';
import type { Source } from './domain/snapshot.js';

/** Names the origin of credit: which course or conversion, by whom, when. */
@Injectable()
export class Provenance {
  constructor(
    private readonly sessions: SessionCatalogue,
    private readonly policies: Policies,
  ) {}

  /** Sources of entries by version. Inside a transaction it is given its `sql`. */
  async of(entries: Entry[], sql?: Sql): Promise<Map<number, Source>> {
    const subjects = (kind: Entry['kind']) =>
      entries.flatMap((entry) => (entry.kind === kind && entry.subject ? [entry.subject] : []));
    const sessions = await this.sessions.sessionFacts([...subjects('attendance'), ...subjects('reversal')], sql);
    const courses = await this.sessions.courseFacts([...subjects('completion'), ...subjects('reversal')], sql);
    return new Map(
      entries.map((entry) => {
        const session = sessions.get(entry.subject ?? '');
        const course = courses.get(entry.subject ?? '');
        const source: Source = {
          entryId: entryId(entry.learnerId, entry.version),
          kind: entry.kind,
          title:
            session?.courseTitle ?? course?.title ?? this.ruleName(entry) ?? mergeTitle(entry) ?? entry.subject ?? '',
          provider: session?.providerName ?? course?.providerName ?? null,
          day: shanghaiDay(entry.occurredAt),
          studySeconds: secondsOf(entry),
        };
        return [entry.version, source];
      }),
    );
  }

  /** What the rule of a conversion is called by the policy that decided it. */
  private ruleName({ kind, subject, policyVersion }: Entry): string | undefined {
    if (kind !== 'conversion') return undefined;
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
