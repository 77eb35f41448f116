import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsDay } from '../platform/http/field-rules.js';

/** Up to which day credit is to expire. */
export class ExpiryRunRequest {
  @ApiPropertyOptional({
    example: '2024-06-03',
    description: '有效期在该日之前的学分到期；默认今天 Credit that ended before this day; today unless said',
  })
  @IsOptional()
  @IsDay()
  through?: string;
}
