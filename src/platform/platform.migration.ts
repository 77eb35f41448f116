import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, TableMigration, type TableText } from './database/tables.js';

/** What every feature stands on: keys of callers, and the first answer to every request. */
export class CreatePlatform1700000000000 extends TableMigration {
  readonly tables: TableText[] = [
    {
      table: 'api_key',
      columns: {
        key_id: 'id',
        secret_hash: 'text',
        role: 'text',
        provider_id: 'id?',
        learner_id: 'id?',
        label: 'text',
        created_at: 'int',
        revoked_at: 'int?',
      },
      primaryKey: ['key_id'],
      checks: { api_key_role: "role in ('learner', 'provider', 'registrar', 'auditor', 'administrator')" },
    },
    {
      table: 'idempotency_record',
      columns: { scope: 'text', key: 'text', body_hash: 'text', answer: 'text', recorded_at: 'int' },
      primaryKey: ['scope', 'key'],
      appendOnly: true,
      // Keys are random and answers long: clustered by key, every answer was a page of its own in its commit (measured:
      // 10.9 pages an attendance, 9.9 this way).
      inOrderOfArrival: true,
    },
  ];
}

/** Keys say who is an expert of a trade, and since when. */
export class AddKeyExpertise1700000001340 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'api_key', 'expert_since', 'text?');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('The bank is append-only: restore a backup instead of migrating down'));
  }
}
