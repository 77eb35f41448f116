import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from './caller.js';

/** A key just issued. */
export class IssuedApiKeyResponse {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  keyId!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: `cbk_${'0'.repeat(32)}_${'A'.repeat(43)}`,
    description: '密钥全文，只出现这一次；重放时为 null The key itself, this once; null when the answer is given again',
  })
  key!: string | null;

  @ApiProperty({ enum: ROLES, example: 'provider' })
  role!: Role;

  @ApiProperty({ example: '迎泽社区学院考勤机' })
  label!: string;

  @ApiProperty({ type: String, nullable: true, example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  providerId!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null, format: 'uuid' })
  learnerId!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null, format: 'date' })
  expertSince!: string | null;
}
