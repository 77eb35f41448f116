import type { EntitySpec } from '../platform/database/columns.js';
import type { ProviderType } from './domain/provider-type.js';

/** City, county, street or community: where a provider stands, a session takes place, a learner lives. */
export interface AdministrativeUnitRow {
  code: string;
  name: string;
  level: number;
  parentCode: string | null;
  /** 1 for an invented unit of sample data, else 0. */
  isSynthetic: number;
}

/** Who holds courses. Only its approval period changes; each change is in the audit. */
export interface ProviderRow {
  providerId: string;
  code: string;
  name: string;
  type: ProviderType;
  unitCode: string;
  approvedFrom: string;
  approvedTo: string | null;
  recordedAt: number;
}

/** The identity of a course, apart from its title. */
export interface CourseRow {
  courseId: string;
  code: string;
  providerId: string;
  recordedAt: number;
}

/** What a course says of itself from one moment on; a change is a new version, an old one is never touched. */
export interface CourseVersionRow {
  courseId: string;
  version: number;
  title: string;
  canonicalTitle: string;
  creditType: string;
  activityType: string;
  /** A level's code in one of the level schemes of the rules; null where none was given. */
  level: string | null;
  /** Study time of one session. */
  plannedSeconds: number;
  plannedSessions: number;
  capacity: number | null;
  approvedFrom: string;
  approvedTo: string | null;
  recordedAt: number;
}

/** One meeting of a course, under the version in force when it was scheduled. */
export interface CourseSessionRow {
  sessionId: string;
  code: string;
  courseId: string;
  courseVersion: number;
  providerId: string;
  startsAt: number;
  endsAt: number;
  place: string;
  unitCode: string;
  capacity: number | null;
  recordedAt: number;
}

/** Seats of a session already taken; attendance counts them up in its own transaction. */
export interface SessionSeatRow {
  sessionId: string;
  taken: number;
}

/** Units by code. */
export const administrativeUnitEntity: EntitySpec<AdministrativeUnitRow> = {
  table: 'administrative_unit',
  columns: { code: 'text', name: 'text', level: 'int', parentCode: 'text?', isSynthetic: 'int' },
  primaryKey: ['code'],
  checks: { administrative_unit_level: 'level between 1 and 4' },
  indexes: [{ name: 'administrative_unit_by_parent', columns: ['parentCode', 'code'] }],
};

/** Providers by id; a code belongs to one only. */
export const providerEntity: EntitySpec<ProviderRow> = {
  table: 'provider',
  columns: {
    providerId: 'id',
    code: 'text',
    name: 'text',
    type: 'text',
    unitCode: 'text',
    approvedFrom: 'text',
    approvedTo: 'text?',
    recordedAt: 'int',
  },
  primaryKey: ['providerId'],
  indexes: [{ name: 'provider_code', columns: ['code'], unique: true }],
};

/** Courses by id; a code belongs to one only. */
export const courseEntity: EntitySpec<CourseRow> = {
  table: 'course',
  columns: { courseId: 'id', code: 'text', providerId: 'id', recordedAt: 'int' },
  primaryKey: ['courseId'],
  indexes: [
    { name: 'course_code', columns: ['code'], unique: true },
    { name: 'course_by_provider', columns: ['providerId', 'code'] },
  ],
};

/** Versions by course and number; the database refuses to change or delete one. */
export const courseVersionEntity: EntitySpec<CourseVersionRow> = {
  table: 'course_version',
  columns: {
    courseId: 'id',
    version: 'int',
    title: 'text',
    canonicalTitle: 'text',
    creditType: 'text',
    activityType: 'text',
    level: 'text?',
    plannedSeconds: 'int',
    plannedSessions: 'int',
    capacity: 'int?',
    approvedFrom: 'text',
    approvedTo: 'text?',
    recordedAt: 'int',
  },
  primaryKey: ['courseId', 'version'],
  checks: { course_version_counts: 'version > 0 and planned_seconds > 0 and planned_sessions > 0' },
};

/** Sessions by id; a code belongs to one only. */
export const courseSessionEntity: EntitySpec<CourseSessionRow> = {
  table: 'course_session',
  columns: {
    sessionId: 'id',
    code: 'text',
    courseId: 'id',
    courseVersion: 'int',
    providerId: 'id',
    startsAt: 'int',
    endsAt: 'int',
    place: 'text',
    unitCode: 'text',
    capacity: 'int?',
    recordedAt: 'int',
  },
  primaryKey: ['sessionId'],
  checks: { course_session_times: 'ends_at > starts_at' },
  indexes: [
    { name: 'course_session_code', columns: ['code'], unique: true },
    { name: 'course_session_by_course', columns: ['courseId', 'startsAt'] },
    { name: 'course_session_by_provider', columns: ['providerId', 'startsAt'] },
  ],
};

/** Places taken, one row a session. */
export const sessionSeatEntity: EntitySpec<SessionSeatRow> = {
  table: 'session_seat',
  columns: { sessionId: 'id', taken: 'int' },
  primaryKey: ['sessionId'],
  checks: { session_seat_taken: 'taken >= 0' },
};
