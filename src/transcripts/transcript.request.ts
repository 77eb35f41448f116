import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsDay, IsId } from '../platform/http/field-rules.js';

/** Whose record, as of which day. */
export class TranscriptRequest {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e' })
  @IsId()
  learnerId!: string;

  @ApiPropertyOptional({
    example: '2024-06-09',
    description: '截至该日终，默认今天 As of the end of that day; today by default',
  })
  @IsOptional()
  @IsDay()
  asOf?: string;
}
