import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { PlainText } from '../platform/http/plain-text.js';
import { ApprovalRequest } from './approval.request.js';
import { PROVIDER_TYPES, type ProviderType } from './domain/provider-type.js';
import { IsCatalogueCode, IsUnitCode } from './field-rules.js';

/** A new provider with its first approval. */
export class CreateProviderRequest extends ApprovalRequest {
  @ApiProperty({ example: 'SQXY-YZ', pattern: '^[A-Z0-9-]{2,40}$' })
  @IsCatalogueCode()
  code!: string;

  @ApiProperty({ example: '示例迎泽区社区学院', minLength: 1, maxLength: 100 })
  @PlainText(1, 100)
  name!: string;

  @ApiProperty({ enum: PROVIDER_TYPES, example: 'COMMUNITY_COLLEGE' })
  @IsIn(PROVIDER_TYPES, { message: '不在机构类型之列 must be one of the provider types' })
  type!: ProviderType;

  @ApiProperty({ example: '140106', description: '所在行政区划 Where it stands: city, county, street or community' })
  @IsUnitCode()
  unitCode!: string;
}
