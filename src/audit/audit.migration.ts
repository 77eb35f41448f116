import { TableMigration, type TableText } from '../platform/database/tables.js';

/** Who did what; can only be added to. */
export class CreateAudit1700000000100 extends TableMigration {
  readonly tables: TableText[] = [
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
  ];
}
