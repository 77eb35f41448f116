import type { QueryRunner } from 'typeorm';
import { TableMigration, type TableText } from '../platform/database/tables.js';

/** Which conversions wait for approval, and how the waiting of the others ended; filled from the settlements there are. */
export class CreateConversionHolds1700000001330 extends TableMigration {
  readonly tables: TableText[] = [
    {
      table: 'conversion_hold',
      columns: { learner_id: 'id', version: 'int', held_at: 'int', held_until: 'text?', ended: 'text?' },
      primaryKey: ['learner_id', 'version'],
      checks: { conversion_hold_ended: "ended in ('approved', 'refused', 'lapsed')" },
      indexes: [
        { name: 'conversion_hold_waiting', columns: ['held_at', 'learner_id', 'version'], where: 'ended is null' },
        { name: 'conversion_hold_lapsing', columns: ['held_until', 'learner_id', 'version'], where: 'ended is null' },
      ],
    },
  ];

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    await runner.query(
      `insert into conversion_hold (learner_id, version, held_at, held_until, ended)
       select c.learner_id, c.version, e.recorded_at, c.held_until,
         case s.outcome when 'converted' then 'approved' when 'released' then 'refused' end
       from conversion c
       join journal_entry e on e.learner_id = c.learner_id and e.version = c.version
       left join conversion_settlement s on s.learner_id = c.learner_id and s.conversion_version = c.version
       where c.is_held = 1`,
    );
  }
}
