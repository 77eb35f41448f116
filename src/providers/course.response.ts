import { ApiProperty } from '@nestjs/swagger';
import { toIsoInstant } from '../kernel/clock.js';
import type { CourseWithVersion } from './course.store.js';
import type { CourseRow, CourseVersionRow } from './providers.entity.js';

/** What a course says of itself. */
class CourseContent {
  @ApiProperty({ type: 'integer', example: 1 })
  version!: number;

  @ApiProperty({ example: '养生有道' })
  title!: string;

  @ApiProperty({ example: 'leisure' })
  creditType!: string;

  @ApiProperty({ example: 'DAILY_CLASS' })
  activityType!: string;

  @ApiProperty({ type: String, nullable: true, example: null, description: '等级 Level in a scheme of the rules' })
  level!: string | null;

  @ApiProperty({ type: 'integer', example: 5400, description: '每次课的学时（秒） Study time of one session, seconds' })
  plannedSeconds!: number;

  @ApiProperty({ type: 'integer', example: 40 })
  plannedSessions!: number;

  @ApiProperty({ type: 'integer', nullable: true, example: 40 })
  capacity!: number | null;

  @ApiProperty({ example: '2023-09-01' })
  approvedFrom!: string;

  @ApiProperty({ type: String, nullable: true, example: null })
  approvedTo!: string | null;
}

/** One version of a course. */
export class CourseVersionResponse extends CourseContent {
  @ApiProperty({ example: '2024-06-10T01:00:00.000Z', format: 'date-time' })
  recordedAt!: string;
}

/** A course in a list, under its latest version. */
export class CourseResponse extends CourseContent {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  courseId!: string;

  @ApiProperty({ example: 'TTKT-YZ-1' })
  code!: string;

  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  providerId!: string;

  @ApiProperty({ example: '2024-06-10T01:00:00.000Z', format: 'date-time' })
  recordedAt!: string;
}

/** A course with all its versions, the first one first. */
export class CourseHistoryResponse {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  courseId!: string;

  @ApiProperty({ example: 'TTKT-YZ-1' })
  code!: string;

  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  providerId!: string;

  @ApiProperty({ example: '2024-06-10T01:00:00.000Z', format: 'date-time' })
  recordedAt!: string;

  @ApiProperty({ type: [CourseVersionResponse] })
  versions!: CourseVersionResponse[];
}

/** A course just created or revised. */
export class RecordedCourseResponse extends CourseHistoryResponse {
  @ApiProperty({
    type: [String],
    example: ['TTKT-YZ-2'],
    description:
      '同一机构名称实质相同的课程，请人工核对 Courses of the provider with practically the same title: look at them',
  })
  likelyDuplicates!: string[];
}

/** One page of courses. */
export class CoursePageResponse {
  @ApiProperty({ type: [CourseResponse] })
  items!: CourseResponse[];

  @ApiProperty({ type: String, nullable: true, example: null, description: '下一页的 cursor Cursor of the next page' })
  next!: string | null;
}

function contentOf(row: Omit<CourseVersionRow, 'courseId' | 'recordedAt'>): CourseContent {
  const { version, title, creditType, activityType, level, plannedSeconds, plannedSessions, capacity } = row;
  const { approvedFrom, approvedTo } = row;
  return {
    version,
    title,
    creditType,
    activityType,
    level,
    plannedSeconds,
    plannedSessions,
    capacity,
    approvedFrom,
    approvedTo,
  };
}

/** A course changes by a new version: the number of versions is its tag. */
export function courseTag({ versions }: { versions: unknown[] }): string {
  return String(versions.length);
}

/** A course under its latest version as a list shows it; instants in UTC. */
export function toCourseResponse(row: CourseWithVersion): CourseResponse {
  const { courseId, code, providerId, recordedAt } = row;
  return { courseId, code, providerId, ...contentOf(row), recordedAt: toIsoInstant(recordedAt) };
}

/** A course with all its versions, in the order given: the first one first. */
export function toCourseHistory(course: CourseRow, versions: CourseVersionRow[]): CourseHistoryResponse {
  const { courseId, code, providerId, recordedAt } = course;
  return {
    courseId,
    code,
    providerId,
    recordedAt: toIsoInstant(recordedAt),
    versions: versions.map((row) => ({ ...contentOf(row), recordedAt: toIsoInstant(row.recordedAt) })),
  };
}
