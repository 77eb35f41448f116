import { Injectable } from '@nestjs/common';
import { groupBy } from '../kernel/group-by.js';
import type { Difference } from '../ledger/domain/audit-book.js';
import { entryId, type EntryKind, type PostingDraft } from '../ledger/domain/entry.js';
import { Reader } from '../platform/database/data-sources.js';
import { Policies } from '../policy/policy.port.js';
import { toTraced } from './conversion.store.js';
import { conversionPostings, holdPostings, releasePostings } from './domain/conversion-postings.js';
import type { ConversionDecision } from './domain/conversion-case.js';
import { isReproduced } from './read-conversion.service.js';

const PAGE = 500;

interface EntryRow {
  learner_id: string;
  version: number;
  kind: EntryKind;
  policy_version: string | null;
  from_centi: number | null;
  to_centi: number | null;
  parts: string | null;
  trace: string | null;
  /** Set on the entry that was decided itself; null on one that settled a hold. */
  own_version: number | null;
}

interface MovementRow {
  learner_id: string;
  version: number;
  source: string;
  destination: string;
  credit_type: string;
  amount: number;
  lot: number;
  valid_until: string | null;
}

/**
 * Looks at every conversion, hold and release: it moved what was decided, lot by lot; its decision is still there, and made
 * again from its inputs by the rules of then it is the same. Reads only.
 */
@Injectable()
export class VerifyConversions {
  constructor(
    private readonly reader: Reader,
    private readonly policies: Policies,
  ) {}

  /** Names every conversion that is not as it was decided. */
  async run(onDifference: (difference: Difference) => void): Promise<void> {
    const { sql } = this.reader;
    let after: [string, number] = ['00000000-0000-0000-0000-000000000000', 0];
    for (;;) {
      const rows = await sql.rows<EntryRow>(
        `select e.learner_id, e.version, e.kind, e.policy_version, c.from_centi, c.to_centi, c.parts, c.trace, o.version as own_version
         from journal_entry e
         left join conversion_settlement s on s.learner_id = e.learner_id and s.version = e.version
         left join conversion o on o.learner_id = e.learner_id and o.version = e.version
         left join conversion c on c.learner_id = e.learner_id and c.version = coalesce(s.conversion_version, e.version)
         where e.kind in ('conversion', 'hold', 'release') and (e.learner_id, e.version) > (?, ?)
         order by e.learner_id, e.version limit ?`,
        [...after, PAGE],
      );
      const movements = await sql.rowsByKeys<MovementRow>(
        'select learner_id, version, source, destination, credit_type, amount, lot, valid_until from posting',
        ['learner_id', 'version'],
        rows.map(({ learner_id, version }) => [learner_id, version]),
      );
      const byEntry = groupBy(movements, ({ learner_id, version }) => entryId(learner_id, version));
      for (const row of rows) {
        const where = entryId(row.learner_id, row.version);
        for (const what of this.mistakesOf(row, byEntry.get(where) ?? [])) onDifference({ where, what });
      }
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) break;
      after = [last.learner_id, last.version];
    }
    await this.findLost(onDifference);
  }

  private mistakesOf(row: EntryRow, movements: MovementRow[]): string[] {
    if (row.trace === null || row.parts === null) return ['it did not move what was decided'];
    const traced = toTraced({ trace: row.trace, parts: row.parts });
    const { decision } = traced;
    const isSame = decision.fromCenti === row.from_centi && decision.toCenti === row.to_centi;
    const moved = isSame && isAsDecided(row, decision, movements) ? [] : ['it did not move what was decided'];
    if (row.own_version === null) return moved;
    const pack = this.policies.byVersion(decision.policyVersion);
    return pack && isReproduced(pack, traced) ? moved : [...moved, 'decided again, it comes out otherwise'];
  }

  private async findLost(onDifference: (difference: Difference) => void): Promise<void> {
    const lost = await this.reader.sql.rows<{ learner_id: string; version: number }>(
      `select c.learner_id, c.version from conversion c
       left join journal_entry e on e.learner_id = c.learner_id and e.version = c.version and e.kind in ('conversion', 'hold')
       where e.version is null`,
    );
    for (const { learner_id, version } of lost)
      onDifference({ where: entryId(learner_id, version), what: 'a conversion was decided that is not in the book' });
    const unsettled = await this.reader.sql.rows<{ learner_id: string; version: number }>(
      `select s.learner_id, s.version from conversion_settlement s
       left join journal_entry e on e.learner_id = s.learner_id and e.version = s.version
         and e.kind = case s.outcome when 'released' then 'release' else 'conversion' end
       where e.version is null`,
    );
    for (const { learner_id, version } of unsettled)
      onDifference({ where: entryId(learner_id, version), what: 'a hold was settled that is not in the book' });
  }
}

function isAsDecided({ kind, own_version }: EntryRow, decision: ConversionDecision, movements: MovementRow[]): boolean {
  const decided = expected(kind, own_version === null, decision).map(
    ({ source, destination, creditType, amount, lot, validUntil }) =>
      `${source} ${destination} ${creditType} ${amount} ${lot === 'new' ? (validUntil ?? null) : lot}`,
  );
  const moved = movements.map(
    ({ source, destination, credit_type, amount, lot, valid_until }) =>
      `${source} ${destination} ${credit_type} ${amount} ${source === 'issued' ? valid_until : lot}`,
  );
  return decided.sort().join('\n') === moved.sort().join('\n');
}

function expected(kind: EntryKind, isSettlement: boolean, decision: ConversionDecision): PostingDraft[] {
  if (kind === 'hold') return holdPostings(decision);
  if (kind === 'release') return releasePostings(decision);
  return conversionPostings(decision, '', isSettlement ? 'held' : 'available');
}
