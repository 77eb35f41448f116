import { TableMigration, type TableText } from '../platform/database/tables.js';

/** Refused requests to convert, with their full trace: a no is a decision, and explains itself for ever. */
export class CreateRefusedConversions1700000001400 extends TableMigration {
  readonly tables: TableText[] = [
    {
      table: 'refused_conversion',
      columns: {
        learner_id: 'id',
        refusal_key: 'text',
        decided_at: 'int',
        asked_by: 'text',
        policy_version: 'text',
        rule: 'text?',
        code: 'text',
        trace: 'text',
      },
      primaryKey: ['learner_id', 'refusal_key'],
      indexes: [{ name: 'refused_conversion_by_age', columns: ['learner_id', 'decided_at', 'refusal_key'] }],
      appendOnly: true,
    },
  ];
}
