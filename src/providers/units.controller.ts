import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ROLES } from '../platform/auth/caller.js';
import { Roles } from '../platform/auth/roles.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { BrowseUnits } from './browse-units.service.js';
import { ListUnitsQuery } from './list-units.request.js';
import { NextLink, type Page } from '../platform/http/paging.js';
import { UnitPageResponse, UnitWithPathResponse, type UnitResponse } from './unit.response.js';

/** City, counties, streets and communities. */
@ApiTags('units')
@Controller('api/v1/units')
export class UnitsController {
  constructor(private readonly browse: BrowseUnits) {}

  /** Units in order of code, by the unit above, by level, or all. */
  @Get()
  @Roles(...ROLES)
  @UseInterceptors(NextLink)
  @ApiOperation({ summary: '区划列表 Administrative units' })
  @ApiOkResponse({ type: UnitPageResponse })
  @Problems('cursor-invalid')
  list(@Query() query: ListUnitsQuery): Promise<Page<UnitResponse>> {
    return this.browse.list(query);
  }

  /** One unit with its path city → county → street → community. */
  @Get(':code')
  @Roles(...ROLES)
  @ApiOperation({ summary: '区划及其上级 A unit and all above it' })
  @ApiOkResponse({ type: UnitWithPathResponse })
  @Problems('not-found')
  one(@Param('code') code: string): Promise<UnitWithPathResponse> {
    return this.browse.one(code);
  }
}
