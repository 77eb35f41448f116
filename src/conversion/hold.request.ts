import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, ValidateIf } from 'class-validator';
import { IsDay } from '../platform/http/field-rules.js';
import { PageQuery } from '../platform/http/paging.js';

/** Which conversions to list: those that wait. */
export class WaitingQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ['held'], default: 'held', description: '待批的转换 Those that wait for approval' })
  @ValidateIf((_, value) => value !== undefined)
  @IsIn(['held'])
  status?: 'held';

  @ApiPropertyOptional({
    enum: ['true', 'false'],
    default: 'false',
    description: '只看批准期限已过的 Only those that can no longer be approved',
  })
  @ValidateIf((_, value) => value !== undefined)
  @IsIn(['true', 'false'])
  lapsed?: 'true' | 'false';
}

/** Up to which day holds are to be given back. */
export class HoldReleaseRunRequest {
  @ApiPropertyOptional({
    example: '2024-07-11',
    description: '批准期限在该日之前的解冻；默认今天 Holds that ended before this day; today unless said',
  })
  @IsOptional()
  @IsDay()
  through?: string;
}
