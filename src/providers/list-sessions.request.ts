import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsDay, IsId } from '../platform/http/field-rules.js';
import { PageQuery } from '../platform/http/paging.js';

/** Which sessions to list. A provider sees its own; everybody else names a course or a provider. */
export class ListSessionsQuery extends PageQuery {
  @ApiPropertyOptional({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  @IsOptional()
  @IsId()
  courseId?: string;

  @ApiPropertyOptional({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  @IsOptional()
  @IsId()
  providerId?: string;

  @ApiPropertyOptional({ example: '2024-06-03', description: '首日（北京时间） First day, Asia/Shanghai' })
  @IsOptional()
  @IsDay()
  from?: string;

  @ApiPropertyOptional({ example: '2024-06-09', description: '末日（北京时间） Last day, Asia/Shanghai' })
  @IsOptional()
  @IsDay()
  to?: string;
}
