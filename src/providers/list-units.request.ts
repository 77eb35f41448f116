import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsUnitCode } from './field-rules.js';
import { PageQuery } from '../platform/http/paging.js';

/** Which units to list. */
export class ListUnitsQuery extends PageQuery {
  @ApiPropertyOptional({ example: '140106', description: '上级单位 The unit directly above' })
  @IsOptional()
  @IsUnitCode()
  parent?: string;

  @ApiPropertyOptional({
    type: 'integer',
    example: 2,
    minimum: 1,
    maximum: 4,
    description: '1 市 2 县 3 街道乡镇 4 社区村',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(4)
  level?: number;
}
