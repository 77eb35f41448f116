import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { PlainText } from '../platform/http/plain-text.js';

/** Which account is the duplicate, and how it is known that both are one person's. */
export class MergeRequest {
  @ApiProperty({
    example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4f',
    format: 'uuid',
    description: '重复账户，将被关闭 The duplicate, which is closed',
  })
  @IsUUID(undefined, { message: '须为账户编号 must be the id of an account' })
  duplicateLearnerId!: string;

  @ApiProperty({
    example: '同一人先后用护照和身份证开户，已核对两证原件',
    minLength: 2,
    maxLength: 200,
    description: '原因，本人可见 Shown to the learner',
  })
  @PlainText(2, 200)
  reason!: string;
}
