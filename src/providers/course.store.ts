import type { Sql, SqlValue } from '../platform/database/sql.js';
import { selectList } from '../platform/database/entity-sql.js';
import { courseEntity, courseVersionEntity, type CourseRow, type CourseVersionRow } from './providers.entity.js';

/** A course under its latest version. */
export type CourseWithVersion = CourseRow & Omit<CourseVersionRow, 'courseId' | 'recordedAt'>;

/** Joins the latest version `v` of the course `c`. */
export const LATEST_VERSION =
  'join course_version v on v.course_id = c.course_id ' +
  'and v.version = (select max(m.version) from course_version m where m.course_id = c.course_id)';

const SELECT = `select ${selectList(courseEntity, 'c')} from course c`;
const VERSION_COLUMNS = selectList(courseVersionEntity, 'v', [
  'version',
  'title',
  'canonicalTitle',
  'creditType',
  'activityType',
  'level',
  'plannedSeconds',
  'plannedSessions',
  'capacity',
  'approvedFrom',
  'approvedTo',
]);
const SELECT_LATEST = `select ${selectList(courseEntity, 'c')}, ${VERSION_COLUMNS} from course c ${LATEST_VERSION}`;

/** The course of an id that is a UUID, or null. */
export async function readCourse(sql: Sql, courseId: string): Promise<CourseRow | null> {
  return (await sql.rows<CourseRow>(`${SELECT} where c.course_id = ?`, [courseId]))[0] ?? null;
}

/** The same, held until the transaction ends: versions are numbered under this lock. */
export async function lockCourse(sql: Sql, courseId: string): Promise<CourseRow | null> {
  return (await sql.rowsByKeys<CourseRow>(SELECT, ['c.course_id'], [[courseId]], 'for update'))[0] ?? null;
}

/** All versions of a course, the first one first. */
export async function readVersions(sql: Sql, courseId: string): Promise<CourseVersionRow[]> {
  return sql.rows(
    `select ${selectList(courseVersionEntity, 'v')} from course_version v where v.course_id = ? order by v.version`,
    [courseId],
  );
}

/** A course with its latest version, or null. The id is a UUID. */
export async function readLatest(sql: Sql, courseId: string): Promise<CourseWithVersion | null> {
  return (await sql.rows<CourseWithVersion>(`${SELECT_LATEST} where c.course_id = ?`, [courseId]))[0] ?? null;
}

/** Courses with their latest versions by code, those that are on record. */
export async function latestByCode(sql: Sql, codes: Iterable<string>): Promise<Map<string, CourseWithVersion>> {
  const keys = [...new Set(codes)].map((code) => [code]);
  const rows = await sql.rowsByKeys<CourseWithVersion>(SELECT_LATEST, ['c.code'], keys);
  return new Map(rows.map((row) => [row.code, row]));
}

/** Courses with their latest versions in order of code, after `after`, at most `count`. */
export async function listCourses(
  sql: Sql,
  filter: { providerId?: string; after?: string },
  count: number,
): Promise<CourseWithVersion[]> {
  const conditions = ['c.code > ?'];
  const values: SqlValue[] = [filter.after ?? ''];
  if (filter.providerId !== undefined) {
    conditions.push('c.provider_id = ?');
    values.push(filter.providerId);
  }
  return sql.rows(`${SELECT_LATEST} where ${conditions.join(' and ')} order by c.code limit ?`, [...values, count]);
}

/** Codes of the provider's other courses whose latest title is canonically the same. */
export async function findLikelyDuplicates(
  sql: Sql,
  course: { courseId: string; providerId: string; canonicalTitle: string },
): Promise<string[]> {
  const rows = await sql.rows<{ code: string }>(
    `select c.code from course c ${LATEST_VERSION} where c.provider_id = ? and v.canonical_title = ? and c.course_id <> ? order by c.code`,
    [course.providerId, course.canonicalTitle, course.courseId],
  );
  return rows.map(({ code }) => code);
}
