import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTables } from '../platform/database/tables.js';

/** Issued documents and their revocations; both can only be added to. */
export class CreateDocuments1700000000600 implements MigrationInterface {
  readonly name = 'CreateDocuments1700000000600';

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, [
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
    ]);
  }

  async down(): Promise<void> {
    throw new Error('Documents are append-only: restore a backup instead of migrating down');
  }
}
