import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TableMigration, type TableText } from '../platform/database/tables.js';

/** The book: accounts, entries, postings, balances. Entries and postings can only be added to. */
export class CreateLedger1700000000200 extends TableMigration {
  readonly tables: TableText[] = [
    {
      table: 'learning_account',
      columns: { learner_id: 'id', status: 'text', version: 'int', lot_count: 'int', recorded_at: 'int' },
      primaryKey: ['learner_id'],
      checks: { learning_account_status: "status in ('active', 'frozen', 'closed')" },
    },
    {
      table: 'journal_entry',
      columns: {
        learner_id: 'id',
        version: 'int',
        kind: 'text',
        occurred_at: 'int',
        recorded_at: 'int',
        actor: 'text',
        provider_id: 'id?',
        subject: 'text?',
        source: 'text?',
        policy_version: 'text?',
        idempotency_key: 'text?',
        reverses_version: 'int?',
        reason: 'text?',
        detail: 'text?',
      },
      primaryKey: ['learner_id', 'version'],
      checks: { journal_entry_version: 'version > 0' },
      indexes: [
        {
          name: 'journal_entry_reversed_once',
          columns: ['learner_id', 'reverses_version'],
          unique: true,
          where: 'reverses_version is not null',
        },
      ],
      appendOnly: true,
    },
    {
      table: 'posting',
      columns: {
        learner_id: 'id',
        version: 'int',
        line: 'int',
        source: 'text',
        destination: 'text',
        unit: 'text',
        credit_type: 'text',
        amount: 'int',
        lot: 'int?',
        source_after: 'int?',
        destination_after: 'int?',
        earned_on: 'text?',
        valid_until: 'text?',
      },
      primaryKey: ['learner_id', 'version', 'line'],
      checks: {
        posting_amount: 'amount > 0',
        posting_two_sides: 'source <> destination',
        posting_unit: "unit in ('second', 'centi', 'point')",
        posting_never_negative: 'coalesce(source_after, 0) >= 0 and coalesce(destination_after, 0) >= 0',
      },
      appendOnly: true,
    },
    {
      table: 'balance',
      columns: { learner_id: 'id', credit_type: 'text', bucket: 'text', amount: 'int' },
      primaryKey: ['learner_id', 'credit_type', 'bucket'],
      checks: { balance_never_negative: 'amount >= 0' },
    },
  ];
}

/**
 * Finds credit by the day on which it ends, without reading those postings (most of them) that brought in none. About a
 * third of all postings are in it.
 */
export class IndexLotValidity1700000001310 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'create index posting_valid_until on posting (valid_until, learner_id) where valid_until is not null',
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('The bank is append-only: restore a backup instead of migrating down'));
  }
}
