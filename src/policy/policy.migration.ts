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

/** How a version comes to be published, step by step, and the day it takes effect; can only be added to. */
export class CreatePolicySteps1700000000700 extends TableMigration {
  readonly tables: TableText[] = [
    {
      table: 'policy_step',
      columns: {
        policy_version: 'text',
        step: 'int',
        kind: 'text',
        content_hash: 'text',
        content: 'text?',
        actor: 'text',
        comment: 'text?',
        recorded_at: 'int',
      },
      primaryKey: ['policy_version', 'step'],
      checks: { policy_step_kind: "kind in ('draft', 'review', 'publication')" },
      appendOnly: true,
    },
    {
      table: 'policy_day',
      columns: { effective_from: 'text', policy_version: 'text' },
      primaryKey: ['effective_from'],
      appendOnly: true,
    },
  ];
}
