import { TableMigration, type TableText } from '../platform/database/tables.js';

/** Conversions with the decision that allowed them; can only be added to. */
export class CreateConversions1700000000500 extends TableMigration {
  readonly tables: TableText[] = [
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
  ];
}
