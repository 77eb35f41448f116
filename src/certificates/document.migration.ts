import { TableMigration, type TableText } from '../platform/database/tables.js';

/** Issued documents and their revocations; both can only be added to. */
export class CreateDocuments1700000000600 extends TableMigration {
  readonly tables: TableText[] = [
    {
      table: 'document',
      columns: {
        learner_id: 'id',
        serial: 'text',
        kind: 'text',
        version: 'int',
        snapshot: 'text',
        snapshot_hash: 'text',
        issued_at: 'int',
      },
      primaryKey: ['learner_id', 'serial'],
      indexes: [{ name: 'document_by_serial', columns: ['serial'] }],
      appendOnly: true,
    },
    {
      table: 'document_revocation',
      columns: { learner_id: 'id', serial: 'text', version: 'int', reason: 'text', revoked_at: 'int' },
      primaryKey: ['learner_id', 'serial'],
      appendOnly: true,
    },
  ];
}
