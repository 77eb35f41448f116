import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsDay } from '../platform/http/field-rules.js';

/** The approval period of something new: days of Asia/Shanghai, both included. */
export class ApprovalRequest {
  @ApiProperty({ example: '2013-01-01', description: '批准首日 First day of the approval' })
  @IsDay()
  approvedFrom!: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: null,
    description: '批准末日；省略为长期 Last day, none when left out',
  })
  @IsOptional()
  @IsDay()
  approvedTo?: string | null;
}
