import { TableMigration, type TableText } from '../platform/database/tables.js';

/** Points booked by learner and day. */
export class CreatePointDays1700000001320 extends TableMigration {
  readonly tables: TableText[] = [
    {
      table: 'point_day',
      columns: { learner_id: 'id', activity_day: 'text', points: 'int', version: 'int' },
      primaryKey: ['learner_id', 'activity_day'],
      checks: { point_day_never_negative: 'points >= 0' },
    },
  ];
}
