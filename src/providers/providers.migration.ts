import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, TableMigration, type TableText } from '../platform/database/tables.js';

/** The catalogue: units, providers, courses with their versions, sessions and the count of their seats. */
export class CreateProviders1700000000250 extends TableMigration {
  readonly tables: TableText[] = [
    {
      table: 'administrative_unit',
      columns: { code: 'text', name: 'text', level: 'int', parent_code: 'text?', is_synthetic: 'int' },
      primaryKey: ['code'],
      checks: { administrative_unit_level: 'level between 1 and 4' },
      indexes: [{ name: 'administrative_unit_by_parent', columns: ['parent_code', 'code'] }],
    },
    {
      table: 'provider',
      columns: {
        provider_id: 'id',
        code: 'text',
        name: 'text',
        type: 'text',
        unit_code: 'text',
        approved_from: 'text',
        approved_to: 'text?',
        recorded_at: 'int',
      },
      primaryKey: ['provider_id'],
      indexes: [{ name: 'provider_code', columns: ['code'], unique: true }],
    },
    {
      table: 'course',
      columns: { course_id: 'id', code: 'text', provider_id: 'id', recorded_at: 'int' },
      primaryKey: ['course_id'],
      indexes: [
        { name: 'course_code', columns: ['code'], unique: true },
        { name: 'course_by_provider', columns: ['provider_id', 'code'] },
      ],
    },
    {
      table: 'course_version',
      columns: {
        course_id: 'id',
        version: 'int',
        title: 'text',
        canonical_title: 'text',
        credit_type: 'text',
        activity_type: 'text',
        planned_seconds: 'int',
        planned_sessions: 'int',
        capacity: 'int?',
        approved_from: 'text',
        approved_to: 'text?',
        recorded_at: 'int',
      },
      primaryKey: ['course_id', 'version'],
      checks: { course_version_counts: 'version > 0 and planned_seconds > 0 and planned_sessions > 0' },
      appendOnly: true,
    },
    {
      table: 'course_session',
      columns: {
        session_id: 'id',
        code: 'text',
        course_id: 'id',
        course_version: 'int',
        provider_id: 'id',
        starts_at: 'int',
        ends_at: 'int',
        place: 'text',
        unit_code: 'text',
        capacity: 'int?',
        recorded_at: 'int',
      },
      primaryKey: ['session_id'],
      checks: { course_session_times: 'ends_at > starts_at' },
      indexes: [
        { name: 'course_session_code', columns: ['code'], unique: true },
        { name: 'course_session_by_course', columns: ['course_id', 'starts_at'] },
        { name: 'course_session_by_provider', columns: ['provider_id', 'starts_at'] },
      ],
    },
    {
      table: 'session_seat',
      columns: { session_id: 'id', taken: 'int' },
      primaryKey: ['session_id'],
      checks: { session_seat_taken: 'taken >= 0' },
    },
  ];
}

/** Courses say at which level they are. */
export class AddCourseLevel1700000001410 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'course_version', 'level', 'text?');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('The bank is append-only: restore a backup instead of migrating down'));
  }
}
