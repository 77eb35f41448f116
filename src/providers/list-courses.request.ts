import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsId } from '../platform/http/field-rules.js';
import { PageQuery } from '../platform/http/paging.js';

/** Which courses to list. */
export class ListCoursesQuery extends PageQuery {
  @ApiPropertyOptional({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  @IsOptional()
  @IsId()
  providerId?: string;
}
