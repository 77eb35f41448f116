import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { requireOwnBook } from '../ledger/ledger.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import { NextLink, PageQuery, type Page } from '../platform/http/paging.js';
import { PathId } from '../platform/http/path-id.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { ListRefused } from './list-refused.service.js';
import { RefusedPageResponse, type RefusedConversionResponse } from './refused.response.js';

/** What was refused to a learner: for them, for an objection, and for whoever audits. */
@ApiTags('conversion')
@Controller('api/v1')
export class RefusedConversionsController {
  constructor(private readonly refused: ListRefused) {}

  /** Requests to convert that were refused, newest first; the full trace of one is behind its id. */
  @Get('learners/:learnerId/refused-conversions')
  @Roles('learner', 'registrar', 'auditor')
  @UseInterceptors(NextLink)
  @ApiOperation({ summary: '被拒绝的转换及理由 Conversions that were refused, and why' })
  @ApiOkResponse({ type: RefusedPageResponse })
  @Problems('not-found', 'cursor-invalid')
  list(
    @FromCaller() caller: Caller,
    @Param('learnerId', PathId) learnerId: string,
    @Query() query: PageQuery,
  ): Promise<Page<RefusedConversionResponse>> {
    requireOwnBook(caller, learnerId);
    return this.refused.run(learnerId, query);
  }
}
