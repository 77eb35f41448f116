import { ApiProperty } from '@nestjs/swagger';
import { toIsoInstant } from '../kernel/clock.js';
import type { SessionOnRecord } from './session.store.js';

/** A session with its course and the seats taken. */
export class SessionResponse {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  sessionId!: string;

  @ApiProperty({ example: 'TTKT-YZ02-0603' })
  code!: string;

  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  courseId!: string;

  @ApiProperty({ example: 'TTKT-YZ-2' })
  courseCode!: string;

  @ApiProperty({
    type: 'integer',
    example: 1,
    description: '排课时的课程版本 The course version when it was scheduled',
  })
  courseVersion!: number;

  @ApiProperty({ example: '赏戏有道' })
  courseTitle!: string;

  @ApiProperty({ example: 'leisure' })
  creditType!: string;

  @ApiProperty({ example: 'DAILY_CLASS' })
  activityType!: string;

  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  providerId!: string;

  @ApiProperty({ example: '2024-06-03T01:00:00.000Z', format: 'date-time' })
  startsAt!: string;

  @ApiProperty({ example: '2024-06-03T02:30:00.000Z', format: 'date-time' })
  endsAt!: string;

  @ApiProperty({ example: '柳巷街道示例社区乙分校教室' })
  place!: string;

  @ApiProperty({ example: '140106001902' })
  unitCode!: string;

  @ApiProperty({ type: 'integer', nullable: true, example: 40 })
  capacity!: number | null;

  @ApiProperty({ type: 'integer', example: 0, description: '已占座位 Seats taken' })
  seatsTaken!: number;

  @ApiProperty({ example: '2024-06-01T01:00:00.000Z', format: 'date-time' })
  recordedAt!: string;
}

/** One page of sessions. */
export class SessionPageResponse {
  @ApiProperty({ type: [SessionResponse] })
  items!: SessionResponse[];

  @ApiProperty({ type: String, nullable: true, example: null, description: '下一页的 cursor Cursor of the next page' })
  next!: string | null;
}

/** A session as the API shows it; instants in UTC. */
export function toSessionResponse(row: SessionOnRecord): SessionResponse {
  const { sessionId, code, courseId, courseCode, courseVersion, creditType, activityType, providerId } = row;
  const { place, unitCode, capacity } = row;
  return {
    sessionId,
    code,
    courseId,
    courseCode,
    courseVersion,
    courseTitle: row.title,
    creditType,
    activityType,
    providerId,
    startsAt: toIsoInstant(row.startsAt),
    endsAt: toIsoInstant(row.endsAt),
    place,
    unitCode,
    capacity,
    seatsTaken: row.taken,
    recordedAt: toIsoInstant(row.recordedAt),
  };
}
