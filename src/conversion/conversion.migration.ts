import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTables } from '../platform/database/tables.js';

/** Conversions with the decision that allowed them; can only be added to. */
export class CreateConversions1700000000500 implements MigrationInterface {
  readonly name = 'CreateConversions1700000000500';

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, [
      {
        table: 'conversion',
        columns: {
          learner_id: 'id',
          version: 'int',
          rule: 'text',
          cap_programme: 'text?',
          from_type: 'text',
          to_type: 'text',
          from_centi: 'int',
          to_centi: 'int',
          decision: 'text',
        },
        primaryKey: ['learner_id', 'version'],
        appendOnly: true,
      },
    ]);
  }

  async down(): Promise<void> {
    throw new Error('Conversions are append-only: restore a backup instead of migrating down');
  }
}
