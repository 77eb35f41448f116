import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsId } from '../platform/http/field-rules.js';
import { OBJECTIVES, type Objective } from './domain/planning-case.js';

const MOST_COURSES = 1_000;

/** May be left out, but not null. */
const MayBeAbsent = () => ValidateIf((_, value) => value !== undefined);

/** What a course costs. */
export class CourseCostRequest {
  @ApiProperty({ example: 'KC-0001' })
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  course!: string;

  @ApiProperty({ example: 12_000, description: '整数，单位自定（如分） A whole number in a unit of your choice' })
  @IsInt()
  @Min(0)
  @Max(1_000_000_000)
  cost!: number;
}

/** For whom, and what should be least. */
export class PlanRequest {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e' })
  @IsId()
  learnerId!: string;

  @ApiProperty({
    enum: OBJECTIVES,
    description: '最少学时、最少费用或最早完成 Least study time, least cost or soonest finish',
  })
  @IsIn(OBJECTIVES)
  objective!: Objective;

  @ApiPropertyOptional({ type: [String], example: ['KC-0007'], description: '不想修读的课程 Courses not wanted' })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MOST_COURSES)
  @ArrayUnique()
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(60, { each: true })
  excluded?: string[];

  @ApiPropertyOptional({
    type: [CourseCostRequest],
    description: '最少费用时必填；未列出的课程不考虑 Needed for least cost; courses without a cost are left out',
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MOST_COURSES)
  @ValidateNested({ each: true })
  @Type(() => CourseCostRequest)
  costs?: CourseCostRequest[];
}
