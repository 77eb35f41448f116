import { TableMigration, type TableText } from '../platform/database/tables.js';

/** People, their cards and the directory of whose number is whose. The account itself is the ledger's. */
export class CreateLearners1700000000300 extends TableMigration {
  readonly tables: TableText[] = [
    {
      table: 'learner',
      columns: {
        learner_id: 'id',
        name: 'text',
        identity_type: 'text',
        identity_cipher: 'text',
        identity_hash: 'text',
        unit_code: 'text',
        consent_at: 'int',
        opened_on: 'text',
        opened_by: 'text',
        recorded_at: 'int',
      },
      primaryKey: ['learner_id'],
      checks: {
        learner_identity_type:
          "identity_type in ('RESIDENT_ID', 'PASSPORT', 'HK_MACAO_PERMIT', 'TAIWAN_PERMIT', 'FOREIGN_PERMANENT_RESIDENT')",
      },
    },
    {
      table: 'learning_card',
      columns: {
        learner_id: 'id',
        card_number: 'text',
        status: 'text',
        issued_at: 'int',
        activated_at: 'int?',
        lost_at: 'int?',
        closed_at: 'int?',
        replaces: 'text?',
      },
      primaryKey: ['learner_id', 'card_number'],
      checks: { learning_card_status: "status in ('issued', 'active', 'lost', 'replaced', 'closed')" },
      indexes: [
        {
          name: 'learning_card_one_usable',
          columns: ['learner_id'],
          unique: true,
          where: "status in ('issued', 'active')",
        },
      ],
    },
    {
      table: 'account_change',
      columns: {
        learner_id: 'id',
        sequence: 'int',
        status_before: 'text',
        status_after: 'text',
        reason: 'text',
        changed_by: 'text',
        recorded_at: 'int',
      },
      primaryKey: ['learner_id', 'sequence'],
      appendOnly: true,
    },
    {
      table: 'card_series',
      columns: { county_code: 'text', last_serial: 'int' },
      primaryKey: ['county_code'],
      checks: { card_series_serial: 'last_serial between 1 and 99999999' },
    },
    {
      table: 'directory',
      columns: { kind: 'text', number: 'text', learner_id: 'id' },
      primaryKey: ['kind', 'number'],
      checks: { directory_kind: "kind in ('identity', 'card')" },
    },
  ];
}
