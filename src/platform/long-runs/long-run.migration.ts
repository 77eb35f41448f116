import { TableMigration, type TableText } from '../database/tables.js';

/** Runs over all learners, with what they have written so far. */
export class CreateLongRuns1700000001300 extends TableMigration {
  readonly tables: TableText[] = [
    {
      table: 'long_run',
      columns: {
        run_id: 'id',
        kind: 'text',
        through_day: 'text',
        status: 'text',
        position: 'text',
        started_at: 'int',
        finished_at: 'int?',
      },
      primaryKey: ['run_id'],
    },
    { table: 'long_run_tally', columns: { run_id: 'id', entries: 'int', amount: 'int' }, primaryKey: ['run_id'] },
  ];
}
