import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsId } from '../platform/http/field-rules.js';
import { PlainText } from '../platform/http/plain-text.js';
import { IsCatalogueCode, IsInstant, IsUnitCode } from './field-rules.js';

/** When, where and for how many: a session apart from its course. */
export class SessionPlan {
  @ApiProperty({ example: 'TTKT-YZ02-0603', pattern: '^[A-Z0-9-]{2,40}$' })
  @IsCatalogueCode()
  code!: string;

  @ApiProperty({ example: '2024-06-03T09:00:00+08:00', format: 'date-time' })
  @IsInstant()
  startsAt!: string;

  @ApiProperty({ example: '2024-06-03T10:30:00+08:00', format: 'date-time' })
  @IsInstant()
  endsAt!: string;

  @ApiProperty({ example: '柳巷街道示例社区乙分校教室', minLength: 1, maxLength: 100 })
  @PlainText(1, 100)
  place!: string;

  @ApiProperty({ example: '140106001902' })
  @IsUnitCode()
  unitCode!: string;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    example: 40,
    minimum: 1,
    maximum: 100_000,
    description: '座位数；省略时同课程 Seats, those of the course when left out',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100_000)
  capacity?: number | null;
}

/** A new session of a course. */
export class ScheduleSessionRequest extends SessionPlan {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  @IsId()
  courseId!: string;
}
