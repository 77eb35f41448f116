import { ApiProperty } from '@nestjs/swagger';
import type { AdministrativeUnitRow } from './providers.entity.js';

/** City, county, street or community. */
export class UnitResponse {
  @ApiProperty({ example: '140106001' })
  code!: string;

  @ApiProperty({ example: '柳巷街道' })
  name!: string;

  @ApiProperty({ type: 'integer', example: 3, description: '1 市 2 县 3 街道乡镇 4 社区村' })
  level!: number;

  @ApiProperty({ type: String, nullable: true, example: '140106' })
  parentCode!: string | null;

  @ApiProperty({ example: false, description: '示例数据中虚构的单位 An invented unit of sample data' })
  isSynthetic!: boolean;
}

/** A unit with its path from the city down to itself. */
export class UnitWithPathResponse extends UnitResponse {
  @ApiProperty({ type: [UnitResponse] })
  path!: UnitResponse[];
}

/** One page of units. */
export class UnitPageResponse {
  @ApiProperty({ type: [UnitResponse] })
  items!: UnitResponse[];

  @ApiProperty({ type: String, nullable: true, example: null, description: '下一页的 cursor Cursor of the next page' })
  next!: string | null;
}

/** A unit as the API shows it. */
export function toUnitResponse(row: AdministrativeUnitRow): UnitResponse {
  const { code, name, level, parentCode, isSynthetic } = row;
  return { code, name, level, parentCode, isSynthetic: isSynthetic === 1 };
}
