import { Injectable } from '@nestjs/common';
import { sha256Hex } from '../kernel/canonical-json.js';
import { Reader } from '../platform/database/data-sources.js';
import type { Snapshot } from './domain/snapshot.js';

const PAGE = 500;

/** Looks at every issued document: its content must still have the hash it was issued with. Reads only. */
@Injectable()
export class VerifyDocuments {
  constructor(private readonly reader: Reader) {}

  /** Names every document that is not as it was issued; answers how many were looked at. */
  async run(onDifference: (difference: { where: string; what: string }) => void): Promise<number> {
    let count = 0;
    let after: [string, string] = ['00000000-0000-0000-0000-000000000000', ''];
    for (;;) {
      const rows = await this.reader.sql.rows<{
        learner_id: string;
        serial: string;
        kind: string;
        version: number;
        snapshot: string;
        snapshot_hash: string;
        entry_kind: string | null;
      }>(
        'select d.learner_id, d.serial, d.kind, d.version, d.snapshot, d.snapshot_hash, e.kind as entry_kind from document d left join journal_entry e on e.learner_id = d.learner_id and e.version = d.version where (d.learner_id, d.serial) > (?, ?) order by d.learner_id, d.serial limit ?',
        [...after, PAGE],
      );
      for (const row of rows) {
        count += 1;
        const where = `document ${row.serial}`;
        if (sha256Hex(row.snapshot) !== row.snapshot_hash)
          onDifference({ where, what: 'its content is not what was issued' });
        else if ((JSON.parse(row.snapshot) as Snapshot).serial !== row.serial) {
          onDifference({ where, what: 'its content names another serial' });
        }
        if (row.kind === 'certificate' && row.entry_kind !== 'award') {
          onDifference({ where, what: `its award ${row.learner_id}.${row.version} is not in the book` });
        }
      }
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return count;
      after = [last.learner_id, last.serial];
    }
  }
}
