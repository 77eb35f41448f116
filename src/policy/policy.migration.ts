import { TableMigration, type TableText } from '../platform/database/tables.js';

/** Published rules; can only be added to. */
export class CreatePolicy1700000000150 extends TableMigration {
  readonly tables: TableText[] = [
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
  ];
}
