import { TableMigration, type TableText } from '../platform/database/tables.js';

/** Visits, passed courses, and uploaded files with the rows that came back. */
export class CreateAttendance1700000000400 extends TableMigration {
  readonly tables: TableText[] = [
    {
      table: 'attendance',
      columns: {
        learner_id: 'id',
        activity_day: 'text',
        session_id: 'id',
        course_id: 'id',
        activity_type: 'text',
        starts_at: 'int',
        ends_at: 'int',
        submitted_seconds: 'int',
        accepted_seconds: 'int',
        evidence: 'text',
        version: 'int',
        recorded_at: 'int',
        is_live: 'int',
      },
      primaryKey: ['learner_id', 'activity_day', 'session_id'],
    },
    {
      table: 'completion',
      columns: {
        learner_id: 'id',
        course_id: 'id',
        grade: 'int?',
        version: 'int',
        recorded_at: 'int',
        is_live: 'int',
      },
      primaryKey: ['learner_id', 'course_id'],
    },
    {
      table: 'attendance_import',
      columns: {
        import_id: 'id',
        scope: 'text',
        file_hash: 'text',
        encoding: 'text',
        header: 'text',
        row_count: 'int',
        posted: 'int',
        already_recorded: 'int',
        rejected: 'int',
        status: 'text',
        recorded_at: 'int',
        finished_at: 'int?',
      },
      primaryKey: ['import_id'],
      indexes: [{ name: 'attendance_import_once', columns: ['scope', 'file_hash'], unique: true }],
    },
    {
      table: 'attendance_import_rejection',
      columns: { import_id: 'id', line: 'int', field: 'text', code: 'text', details: 'text', cells: 'text' },
      primaryKey: ['import_id', 'line'],
    },
  ];
}
