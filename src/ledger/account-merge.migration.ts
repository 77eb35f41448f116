import { TableMigration, type TableText } from '../platform/database/tables.js';

/** Which accounts are one person's. */
export class CreateAccountMerge1700000000710 extends TableMigration {
  readonly tables: TableText[] = [
    {
      table: 'account_merge',
      columns: {
        learner_id: 'id',
        merge_id: 'id',
        side: 'text',
        other_learner_id: 'id',
        version: 'int?',
        reason: 'text',
        merged_by: 'text',
        recorded_at: 'int',
        is_live: 'int',
        reversal_version: 'int?',
        reversal_reason: 'text?',
        reversed_at: 'int?',
        status_before: 'text?',
        cards_before: 'text?',
      },
      primaryKey: ['learner_id', 'merge_id'],
      checks: { account_merge_side: "side in ('kept', 'closed')" },
      indexes: [
        { name: 'account_merge_by_id', columns: ['merge_id'] },
        {
          name: 'account_merge_one_target',
          columns: ['learner_id'],
          unique: true,
          where: "side = 'closed' and is_live = 1",
        },
      ],
    },
  ];
}
