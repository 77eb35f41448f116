import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { PlainText } from '../platform/http/plain-text.js';
import { ApprovalRequest } from './approval.request.js';
import { IsLevelCode, IsTypeName } from './field-rules.js';

/** What a course says of itself: the body of a new version. */
export class ReviseCourseRequest extends ApprovalRequest {
  @ApiProperty({ example: '养生有道', minLength: 1, maxLength: 100 })
  @PlainText(1, 100)
  title!: string;

  @ApiProperty({ example: 'leisure', description: '学分类型，须为现行规则所有 A credit type of the policy in force' })
  @IsTypeName()
  creditType!: string;

  @ApiProperty({
    example: 'DAILY_CLASS',
    description: '活动类型，须为现行规则所有 An activity type of the policy in force',
  })
  @IsTypeName()
  activityType!: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: null,
    pattern: '^[A-Za-z][A-Za-z0-9_-]{0,39}$',
    description: '等级，须为现行规则的资历框架所有 A level of a level scheme of the policy in force',
  })
  @IsOptional()
  @IsLevelCode()
  level?: string | null;

  @ApiProperty({
    type: 'integer',
    example: 90,
    minimum: 1,
    maximum: 600,
    description: '每次课的分钟数 Minutes of one session',
  })
  @IsInt()
  @Min(1)
  @Max(600)
  plannedMinutes!: number;

  @ApiProperty({
    type: 'integer',
    example: 40,
    minimum: 1,
    maximum: 500,
    description: '课次数 Sessions of the whole course',
  })
  @IsInt()
  @Min(1)
  @Max(500)
  plannedSessions!: number;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    example: 40,
    minimum: 1,
    maximum: 100_000,
    description: '座位数；省略为不限 Seats, no limit when left out',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100_000)
  capacity?: number | null;
}
