import { Injectable } from '@nestjs/common';
import { Reader } from '../platform/database/data-sources.js';
import { birthYearOf, type IdentityType } from './domain/identity-number.js';
import { IdentityVault } from './identity-vault.js';

/** To whom a number of a report belongs: nothing that names a person. */
export interface LearnerGroup {
  learnerId: string;
  unitCode: string;
  /** Null where the document does not say it. */
  birthYear: number | null;
}

/** Says where learners live and when they were born, for reports. Numbers are opened in memory and go nowhere. */
@Injectable()
export class LearnerGroups {
  constructor(
    private readonly reader: Reader,
    private readonly vault: IdentityVault,
  ) {}

  /** How many learners there are. */
  async count(): Promise<number> {
    const [row] = await this.reader.sql.rows<{ count: number }>('select count(*) as count from learner');
    return row?.count ?? 0;
  }

  /** Learners in order of id after one of them (null: from the first). */
  async after(afterId: string | null, limit: number): Promise<LearnerGroup[]> {
    const rows = await this.reader.sql.rows<{
      learner_id: string;
      unit_code: string;
      identity_type: IdentityType;
      identity_cipher: string;
    }>(
      `select learner_id, unit_code, identity_type, identity_cipher from learner ${afterId === null ? '' : 'where learner_id > ?'} order by learner_id limit ?`,
      afterId === null ? [limit] : [afterId, limit],
    );
    return rows.map((row) => ({
      learnerId: row.learner_id,
      unitCode: row.unit_code,
      birthYear: birthYearOf(row.identity_type, this.vault.open(row.learner_id, row.identity_cipher)),
    }));
  }
}
