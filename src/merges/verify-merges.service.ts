import { Injectable } from '@nestjs/common';
import { gatheringSteps } from '../attendance/attendance.port.js';
import { shanghaiDay } from '../kernel/clock.js';
import type { Difference } from '../ledger/domain/audit-book.js';
import { entryId, type Entry } from '../ledger/domain/entry.js';
import { readEntry, readReversals } from '../ledger/ledger.port.js';
import { Statements } from '../ledger/statements.service.js';
import { Reader } from '../platform/database/data-sources.js';
import { Policies } from '../policy/policy.port.js';
import { accrualFaults, mergeFaults } from './domain/audit-merge.js';
import { findMerge, type MergeSides } from './merges.store.js';

const PAGE = 500;

const UNKNOWN_ENTRIES = `select e.learner_id, e.version from journal_entry e
  left join account_merge m on m.learner_id = e.learner_id and m.version = e.version
  where e.kind = 'merge' and m.merge_id is null`;
const BETWEEN = `select p.credit_type, p.unit,
  cast(sum(case when p.destination in ('merged', 'merged-time', 'merged-points') then p.amount else -p.amount end) as bigint) as amount
  from posting p where p.destination in ('merged', 'merged-time', 'merged-points') or p.source in ('merged', 'merged-time', 'merged-points')
  group by p.credit_type, p.unit`;

/** Looks at every merge: both sides say the same, moved the same, and the closed account is closed. Reads only. */
@Injectable()
export class VerifyMerges {
  constructor(
    private readonly reader: Reader,
    private readonly statements: Statements,
    private readonly policies: Policies,
  ) {}

  /** Names every difference. */
  async run(onDifference: (difference: Difference) => void): Promise<void> {
    const { sql } = this.reader;
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const rows = await sql.rows<{ merge_id: string }>(
        'select distinct merge_id from account_merge where merge_id > ? order by merge_id limit ?',
        [after, PAGE],
      );
      for (const { merge_id: mergeId } of rows) {
        for (const what of await this.faultsOf(mergeId)) onDifference({ where: `merge ${mergeId}`, what });
      }
      if (rows.length < PAGE) break;
      after = rows.at(-1)!.merge_id;
    }
    for (const { learner_id, version } of await sql.rows<{ learner_id: string; version: number }>(UNKNOWN_ENTRIES))
      onDifference({ where: entryId(learner_id, version), what: 'nothing says which accounts it merged' });
    for (const row of await sql.rows<{ credit_type: string; unit: string; amount: number }>(BETWEEN)) {
      if (row.amount !== 0)
        onDifference({
          where: 'all merges',
          what: `${row.amount} ${row.unit} of ${row.credit_type} left one account and came into none`,
        });
    }
  }

  private async faultsOf(mergeId: string): Promise<string[]> {
    const merge = await findMerge(this.reader, mergeId);
    if (!merge) return ['one of its two sides is missing'];
    const { kept, closed } = merge;
    const faults = sidesDiffer(merge) ? ['its two sides do not name each other'] : [];
    const [keptEntry, closedEntry] = [await this.entryOf(kept), await this.entryOf(closed)];
    const lots = new Map((await this.statements.lots(closed.learnerId)).map((lot) => [lot.lot, lot]));
    faults.push(...mergeFaults(keptEntry, closedEntry, lots));
    for (const side of [kept, closed]) {
      const reversedBy = side.version === null ? null : await this.reversalOf(side.learnerId, side.version);
      if (reversedBy !== side.reversalVersion) faults.push(`its ${side.side} side is not undone as it says`);
    }
    if (keptEntry) {
      faults.push(...this.accrualFaults(keptEntry, keptEntry));
      const { reversalVersion } = kept;
      const reversal =
        reversalVersion === null ? null : await readEntry(this.reader.sql, kept.learnerId, reversalVersion);
      if (reversal) faults.push(...this.accrualFaults(reversal, keptEntry));
    }
    const [account] = await this.reader.sql.rows<{ status: string }>(
      'select status from learning_account where learner_id = ?',
      [closed.learnerId],
    );
    if (closed.isLive === 1 && account?.status !== 'closed') faults.push('the duplicate is not closed');
    return faults;
  }

  private entryOf({ learnerId, version }: MergeSides['kept']): Promise<Entry | null> {
    return version === null ? Promise.resolve(null) : readEntry(this.reader.sql, learnerId, version);
  }

  private async reversalOf(learnerId: string, version: number): Promise<number | null> {
    return (await readReversals(this.reader.sql, learnerId)).get(version) ?? null;
  }

  /** The credit of `entry` under the rules and on the day of the merge. */
  private accrualFaults(entry: Entry, merge: Entry): string[] {
    const pack = this.policies.byVersion(merge.policyVersion ?? '');
    if (!pack) return [`its policy ${merge.policyVersion} is not on record`];
    return accrualFaults(entry, gatheringSteps(pack, shanghaiDay(merge.occurredAt)));
  }
}

function sidesDiffer({ kept, closed }: MergeSides): boolean {
  return (
    kept.otherLearnerId !== closed.learnerId ||
    closed.otherLearnerId !== kept.learnerId ||
    kept.isLive !== closed.isLive ||
    kept.reversedAt !== closed.reversedAt ||
    (kept.isLive === 1) !== (kept.reversedAt === null)
  );
}
