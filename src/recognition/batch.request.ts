import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { IsDay } from '../platform/http/field-rules.js';
import { PlainText } from '../platform/http/plain-text.js';
import type { BatchRow } from './recognise-batch.service.js';
import { IsCode, IsPaperNumber } from './recognition.request.js';

const MAX_BATCH_ROWS = 1_000;

/** One result of an accredited project. */
export class BatchRowRequest {
  @ApiProperty({ example: '140106000000019', description: '学习卡号 Card number' })
  @IsString()
  @MinLength(1)
  @MaxLength(40)
  cardNumber!: string;

  @ApiProperty({ example: 'YX-2024-0031', maxLength: 60 })
  @PlainText(1, 60)
  @IsPaperNumber()
  certificateNumber!: string;

  @ApiProperty({ example: '2024-05-20' })
  @IsDay()
  obtainedOn!: string;

  @ApiPropertyOptional({ example: 90, minimum: 0, maximum: 100 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(100)
  grade?: number | null;
}

/** Results of one accredited project. */
export class BatchRequest {
  @ApiProperty({ example: 'STUDY-TOUR', description: '已认证项目在成果目录中的代码 Catalogue item of the project' })
  @IsCode()
  item!: string;

  @ApiProperty({ type: [BatchRowRequest], minItems: 1, maxItems: MAX_BATCH_ROWS })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_BATCH_ROWS)
  @ValidateNested({ each: true })
  @Type(() => BatchRowRequest)
  rows!: BatchRowRequest[];
}

/** Rows of a batch, as the service takes them. */
export function toBatchRows({ rows }: BatchRequest): BatchRow[] {
  return rows.map(({ grade, cardNumber, certificateNumber, obtainedOn }) => ({
    cardNumber,
    certificateNumber,
    obtainedOn,
    grade: grade ?? null,
  }));
}
