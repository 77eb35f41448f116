import { TableMigration, type TableText } from '../platform/database/tables.js';

/** Conversions with the decisions behind them, what became of holds, the lots they brought, and refusals to count. */
export class CreateConversions1700000000500 extends TableMigration {
  readonly tables: TableText[] = [
    {
      table: 'conversion',
      columns: {
        learner_id: 'id',
        version: 'int',
        rule: 'text',
        policy_version: 'text',
        cap_programme: 'text?',
        is_ever: 'int',
        is_held: 'int',
        held_until: 'text?',
        decided_on: 'text',
        from_centi: 'int',
        to_centi: 'int',
        parts: 'text',
        trace: 'text',
      },
      primaryKey: ['learner_id', 'version'],
      appendOnly: true,
    },
    {
      table: 'conversion_settlement',
      columns: { learner_id: 'id', conversion_version: 'int', version: 'int', outcome: 'text' },
      primaryKey: ['learner_id', 'conversion_version'],
      checks: { conversion_settlement_outcome: "outcome in ('converted', 'released')" },
      appendOnly: true,
    },
    {
      table: 'conversion_lot',
      columns: {
        learner_id: 'id',
        lot: 'int',
        conversion_version: 'int',
        programme: 'text?',
        item: 'text?',
        facts: 'text',
        roots: 'text',
      },
      primaryKey: ['learner_id', 'lot'],
      appendOnly: true,
    },
    {
      table: 'conversion_refusal',
      columns: { rule: 'text', request_hash: 'text', code: 'text', refused_on: 'text' },
      primaryKey: ['rule', 'request_hash'],
      appendOnly: true,
    },
  ];
}
