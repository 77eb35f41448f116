import { Injectable } from '@nestjs/common';
import { groupBy } from '../kernel/group-by.js';
import type { Difference } from '../ledger/domain/audit-book.js';
import { entryId } from '../ledger/domain/entry.js';
import { Reader } from '../platform/database/data-sources.js';
import { conversionPostings, type ConversionDecision } from './domain/decide-conversion.js';

const PAGE = 500;

interface ConversionEntryRow {
  learner_id: string;
  version: number;
  from_centi: number | null;
  to_centi: number | null;
  decision: string | null;
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

/** Looks at every conversion: it moved what was decided, lot by lot, and its decision is still there. Reads only. */
@Injectable()
export class VerifyConversions {
  constructor(private readonly reader: Reader) {}

  /** Names every conversion that is not as it was decided. */
  async run(onDifference: (difference: Difference) => void): Promise<void> {
    const { sql } = this.reader;
    let after: [string, number] = ['00000000-0000-0000-0000-000000000000', 0];
    for (;;) {
      const rows = await sql.rows<ConversionEntryRow>(
        `select e.learner_id, e.version, c.from_centi, c.to_centi, c.decision from journal_entry e
         left join conversion c on c.learner_id = e.learner_id and c.version = e.version
         where e.kind = 'conversion' and (e.learner_id, e.version) > (?, ?) order by e.learner_id, e.version limit ?`,
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
        if (!isAsDecided(row, byEntry.get(where) ?? []))
          onDifference({ where, what: 'it did not move what was decided' });
      }
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) break;
      after = [last.learner_id, last.version];
    }
    const lost = await sql.rows<{ learner_id: string; version: number }>(
      `select c.learner_id, c.version from conversion c
       left join journal_entry e on e.learner_id = c.learner_id and e.version = c.version and e.kind = 'conversion'
       where e.version is null`,
    );
    for (const { learner_id, version } of lost)
      onDifference({ where: entryId(learner_id, version), what: 'a conversion was decided that is not in the book' });
  }
}

function isAsDecided({ from_centi, to_centi, decision: text }: ConversionEntryRow, movements: MovementRow[]): boolean {
  if (text === null) return false;
  const decision = JSON.parse(text) as ConversionDecision;
  if (decision.fromCenti !== from_centi || decision.toCenti !== to_centi) return false;
  const decided = conversionPostings(decision, '').map(
    ({ source, destination, creditType, amount, lot, validUntil }) =>
      `${source} ${destination} ${creditType} ${amount} ${lot === 'new' ? (validUntil ?? null) : lot}`,
  );
  const moved = movements.map(
    ({ source, destination, credit_type, amount, lot, valid_until }) =>
      `${source} ${destination} ${credit_type} ${amount} ${source === 'issued' ? valid_until : lot}`,
  );
  return decided.sort().join('\n') === moved.sort().join('\n');
}
