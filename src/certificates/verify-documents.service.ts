import { Injectable } from '@nestjs/common';
import { sha256Hex } from '../kernel/canonical-json.js';
import { formatCredit } from '../kernel/credit.js';
import { groupBy } from '../kernel/group-by.js';
import type { Difference } from '../ledger/domain/audit-book.js';
import { entryId } from '../ledger/domain/entry.js';
import { Reader } from '../platform/database/data-sources.js';
import type { Snapshot } from './domain/snapshot.js';

const PAGE = 500;

const DOCUMENTS = `select d.learner_id, d.serial, d.kind, d.version, d.snapshot, d.snapshot_hash, e.kind as entry_kind,
  e.subject, r.version as reversal, v.version as revocation from document d
  left join journal_entry e on e.learner_id = d.learner_id and e.version = d.version
  left join journal_entry r on r.learner_id = d.learner_id and r.reverses_version = d.version and d.kind = 'certificate'
  left join document_revocation v on v.learner_id = d.learner_id and v.serial = d.serial
  where (d.learner_id, d.serial) > (?, ?) order by d.learner_id, d.serial limit ?`;
const AWARDS_WITHOUT = `select e.learner_id, e.version from journal_entry e
  left join document d on d.learner_id = e.learner_id and d.serial = e.subject where e.kind = 'award' and d.serial is null`;
const TRANSCRIPTS_WITHOUT = `select a.subject from audit_event a
  left join document d on d.serial = a.subject and d.learner_id = a.learner_id
  where a.action = 'issue-transcript' and d.serial is null`;

interface DocumentLine {
  learner_id: string;
  serial: string;
  kind: string;
  version: number;
  snapshot: string;
  snapshot_hash: string;
  entry_kind: string | null;
  subject: string | null;
  reversal: number | null;
  revocation: number | null;
}

interface AwardedRow {
  learner_id: string;
  version: number;
  lot: number;
  amount: number;
}

/** Looks at every issued document: it says what it said at issue, which is what the book did, and nobody took it away. Reads only. */
@Injectable()
export class VerifyDocuments {
  constructor(private readonly reader: Reader) {}

  /** Names every document that is not as it was issued; answers how many were looked at. */
  async run(onDifference: (difference: Difference) => void): Promise<number> {
    const { sql } = this.reader;
    let count = 0;
    let after: [string, string] = ['00000000-0000-0000-0000-000000000000', ''];
    for (;;) {
      const rows = await sql.rows<DocumentLine>(DOCUMENTS, [...after, PAGE]);
      const awarded = await sql.rowsByKeys<AwardedRow>(
        'select learner_id, version, lot, amount from posting',
        ['learner_id', 'version'],
        rows.filter(({ kind }) => kind === 'certificate').map(({ learner_id, version }) => [learner_id, version]),
        "and destination = 'awarded'",
      );
      const byAward = groupBy(awarded, ({ learner_id, version }) => entryId(learner_id, version));
      for (const row of rows) {
        count += 1;
        const lots = byAward.get(entryId(row.learner_id, row.version)) ?? [];
        for (const what of documentFaults(row, lots)) onDifference({ where: `document ${row.serial}`, what });
      }
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) break;
      after = [last.learner_id, last.serial];
    }
    for (const { learner_id, version } of await sql.rows<{ learner_id: string; version: number }>(AWARDS_WITHOUT))
      onDifference({ where: entryId(learner_id, version), what: 'its certificate is gone' });
    for (const { subject } of await sql.rows<{ subject: string }>(TRANSCRIPTS_WITHOUT))
      onDifference({ where: `document ${subject}`, what: 'it was issued and is gone' });
    return count;
  }
}

function documentFaults(row: DocumentLine, awarded: AwardedRow[]): string[] {
  if (sha256Hex(row.snapshot) !== row.snapshot_hash) return ['its content is not what was issued'];
  const snapshot = JSON.parse(row.snapshot) as Snapshot;
  const faults: string[] = [];
  if (snapshot.serial !== row.serial) faults.push('its content names another serial');
  if (row.kind !== 'certificate') return faults;
  if (row.entry_kind !== 'award' || row.subject !== row.serial) {
    faults.push(`its award ${entryId(row.learner_id, row.version)} is not in the book`);
  }
  const took = awarded.map(({ lot, amount }) => `${lot} ${formatCredit(amount)}`);
  const says = snapshot.kind === 'certificate' ? snapshot.lines.map(({ lot, amount }) => `${lot} ${amount}`) : [];
  if (took.sort().join() !== says.sort().join()) faults.push('its lines are not the lots that its award took');
  if (row.reversal !== row.revocation) {
    faults.push(
      row.revocation === null ? 'its award was undone but it is not revoked' : 'it is revoked but its award stands',
    );
  }
  return faults;
}
