import { Injectable } from '@nestjs/common';
import { groupBy } from '../kernel/group-by.js';
import type { Difference } from '../ledger/domain/audit-book.js';
import { entryId } from '../ledger/domain/entry.js';
import { Reader } from '../platform/database/data-sources.js';
import { Policies } from '../policy/policy.port.js';
import {
  conversionFaults,
  refusedFaults,
  type ConversionEntryRow,
  type LotRow,
  type MovementRow,
} from './conversion-faults.js';
import { refusalId, refusedAfter } from './refusals.store.js';

const PAGE = 500;

const ENTRIES = `select e.learner_id, e.version, e.kind, e.subject, e.policy_version, e.actor, e.occurred_at, e.detail,
    c.version as conversion_version, c.rule, c.policy_version as decided_by, c.cap_programme, c.is_ever, c.is_held,
    c.held_until, c.decided_on, c.from_centi, c.to_centi, c.parts, c.trace, h.version as has_hold,
    h.held_until as listed_until, h.ended, o.version as settled_version, a.actor as asked_by
  from journal_entry e
  left join conversion_settlement s on s.learner_id = e.learner_id and s.version = e.version
  left join conversion c on c.learner_id = e.learner_id and c.version = coalesce(s.conversion_version, e.version)
  left join conversion_hold h on h.learner_id = c.learner_id and h.version = c.version
  left join conversion_settlement o on o.learner_id = c.learner_id and o.conversion_version = c.version
  left join journal_entry a on a.learner_id = c.learner_id and a.version = c.version
  where e.kind in ('conversion', 'hold', 'release') and (e.learner_id, e.version) > (?, ?)
  order by e.learner_id, e.version limit ?`;

/** Rows beside the book that no entry of it explains: what they are called, and where to find them. */
const ORPHANS: [what: string, query: string][] = [
  [
    'a conversion was decided that is not in the book',
    `select c.learner_id, c.version from conversion c
     left join journal_entry e on e.learner_id = c.learner_id and e.version = c.version and e.kind in ('conversion', 'hold')
     where e.version is null`,
  ],
  [
    'a hold was settled that is not in the book',
    `select s.learner_id, s.version from conversion_settlement s
     left join journal_entry e on e.learner_id = s.learner_id and e.version = s.version
       and e.kind = case s.outcome when 'released' then 'release' else 'conversion' end
     where e.version is null`,
  ],
  [
    'a conversion is said to wait that is not in the book',
    `select h.learner_id, h.version from conversion_hold h
     left join conversion c on c.learner_id = h.learner_id and c.version = h.version and c.is_held = 1
     where c.version is null`,
  ],
  [
    'a lot is said to be converted that its entry did not bring in',
    `select l.learner_id, l.conversion_version as version from conversion_lot l
     left join conversion_settlement s on s.learner_id = l.learner_id and s.conversion_version = l.conversion_version
     left join posting p on p.learner_id = l.learner_id and p.version = coalesce(s.version, l.conversion_version)
       and p.lot = l.lot and p.source = 'issued'
     where p.version is null`,
  ],
];

/**
 * Looks at every conversion, hold and release: it moved what was decided, lot by lot; its decision is still there, and made
 * again from its inputs by the rules of then it is the same, also one that refused; what stands beside the book is what was
 * decided. Reads only.
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
      const rows = await sql.rows<ConversionEntryRow>(ENTRIES, [...after, PAGE]);
      const movements = await sql.rowsByKeys<MovementRow>(
        'select learner_id, version, source, destination, credit_type, amount, lot, valid_until from posting',
        ['learner_id', 'version'],
        rows.map(({ learner_id, version }) => [learner_id, version]),
      );
      const lots = await sql.rowsByKeys<LotRow>(
        'select learner_id, lot, programme, item, facts, roots from conversion_lot',
        ['learner_id', 'lot'],
        movements.flatMap(({ learner_id, source, lot }) => (source === 'issued' ? [[learner_id, lot]] : [])),
      );
      const byEntry = groupBy(movements, ({ learner_id, version }) => entryId(learner_id, version));
      const byLearner = groupBy(lots, ({ learner_id }) => learner_id);
      for (const row of rows) {
        const where = entryId(row.learner_id, row.version);
        const pack = this.policies.byVersion(row.decided_by ?? '');
        const faults = conversionFaults(row, pack, byEntry.get(where) ?? [], byLearner.get(row.learner_id) ?? []);
        for (const what of faults) onDifference({ where, what });
      }
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) break;
      after = [last.learner_id, last.version];
    }
    await this.findLost(onDifference);
    await this.checkRefused(onDifference);
  }

  private async checkRefused(onDifference: (difference: Difference) => void): Promise<void> {
    let after: [string, string] = ['00000000-0000-0000-0000-000000000000', ''];
    for (;;) {
      const rows = await refusedAfter(this.reader.sql, after, PAGE);
      for (const row of rows) {
        const pack = this.policies.byVersion(row.policyVersion);
        for (const what of refusedFaults(row, pack))
          onDifference({ where: refusalId(row.learnerId, row.refusalKey), what });
      }
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      after = [last.learnerId, last.refusalKey];
    }
  }

  private async findLost(onDifference: (difference: Difference) => void): Promise<void> {
    for (const [what, query] of ORPHANS) {
      const found = await this.reader.sql.rows<{ learner_id: string; version: number }>(query);
      for (const { learner_id, version } of found) onDifference({ where: entryId(learner_id, version), what });
    }
  }
}
