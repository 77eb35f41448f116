import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { IsId } from '../platform/http/field-rules.js';

/** Which award for whom. */
export class CertificateRequest {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e' })
  @IsId()
  learnerId!: string;

  @ApiProperty({ example: 'community-care' })
  @Matches(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, { message: '必须是项目代码 must be the code of a programme' })
  programme!: string;
}
