import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsDay } from '../platform/http/field-rules.js';
import { PlainText } from '../platform/http/plain-text.js';
import { PROVIDER_TYPES, type ProviderType } from './domain/provider-type.js';
import { IsCatalogueCode, IsUnitCode } from './field-rules.js';

/** A new provider with its first approval. */
export class CreateProviderRequest {
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
