import { ApiProperty } from '@nestjs/swagger';
import { IsDay } from '../platform/http/field-rules.js';
import { IsDayOrNull } from './field-rules.js';

/** Another approval period for a provider. */
export class ChangeApprovalRequest {
  @ApiProperty({ example: '2013-01-01', description: '批准首日 First day of the approval' })
  @IsDay()
  approvedFrom!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '2026-12-31',
    description: '批准末日；null 为长期，必须写明 Last day, null for none; must be said',
  })
  @IsDayOrNull()
  approvedTo!: string | null;
}
