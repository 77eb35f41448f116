import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTables } from '../platform/database/tables.js';

/** Published rules; can only be added to. */
export class CreatePolicy1700000000150 implements MigrationInterface {
  readonly name = 'CreatePolicy1700000000150';

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, [
      {
        table: 'policy_version',
        columns: {
          policy_version: 'text',
          effective_from: 'text',
          content: 'text',
          content_hash: 'text',
          recorded_at: 'int',
        },
        primaryKey: ['policy_version'],
        appendOnly: true,
      },
    ]);
  }

  async down(): Promise<void> {
    throw new Error('Published rules are append-only: restore a backup instead of migrating down');
  }
}
