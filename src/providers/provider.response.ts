import { ApiProperty } from '@nestjs/swagger';
import { toIsoInstant } from '../kernel/clock.js';
import { periodText } from './domain/approval-period.js';
import { PROVIDER_TYPES, type ProviderType } from './domain/provider-type.js';
import type { ProviderRow } from './providers.entity.js';

/** A provider as everybody may see it. */
export class ProviderResponse {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  providerId!: string;

  @ApiProperty({ example: 'SQXY-YZ' })
  code!: string;

  @ApiProperty({ example: '示例迎泽区社区学院' })
  name!: string;

  @ApiProperty({ enum: PROVIDER_TYPES, example: 'COMMUNITY_COLLEGE' })
  type!: ProviderType;

  @ApiProperty({ example: '140106' })
  unitCode!: string;

  @ApiProperty({ example: '2013-01-01' })
  approvedFrom!: string;

  @ApiProperty({ type: String, nullable: true, example: null })
  approvedTo!: string | null;

  @ApiProperty({ example: '2024-06-10T01:00:00.000Z', format: 'date-time' })
  recordedAt!: string;
}

/** One page of providers. */
export class ProviderPageResponse {
  @ApiProperty({ type: [ProviderResponse] })
  items!: ProviderResponse[];

  @ApiProperty({ type: String, nullable: true, example: null, description: '下一页的 cursor Cursor of the next page' })
  next!: string | null;
}

/** What of a provider can be changed: its approval period is its tag. */
export function providerTag({ approvedFrom, approvedTo }: Pick<ProviderRow, 'approvedFrom' | 'approvedTo'>): string {
  return periodText({ from: approvedFrom, to: approvedTo });
}

/** A provider's row as the API shows it; the instant in UTC. */
export function toProviderResponse(row: ProviderRow): ProviderResponse {
  const { providerId, code, name, type, unitCode, approvedFrom, approvedTo, recordedAt } = row;
  return { providerId, code, name, type, unitCode, approvedFrom, approvedTo, recordedAt: toIsoInstant(recordedAt) };
}
