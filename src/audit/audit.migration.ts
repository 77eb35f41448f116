import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTables } from '../platform/database/tables.js';

/** Who did what; can only be added to. */
export class CreateAudit1700000000100 implements MigrationInterface {
  readonly name = 'CreateAudit1700000000100';

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, [
      {
        table: 'audit_event',
        columns: {
          event_id: 'id',
          recorded_at: 'int',
          actor: 'text',
          role: 'text',
          action: 'text',
          subject: 'text',
          learner_id: 'id?',
          outcome: 'text',
        },
        primaryKey: ['event_id'],
        appendOnly: true,
      },
    ]);
  }

  async down(): Promise<void> {
    throw new Error('The audit is append-only: restore a backup instead of migrating down');
  }
}
