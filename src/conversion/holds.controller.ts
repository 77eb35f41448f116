import { Body, Controller, Get, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Refusal } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import { NextLink, type Page } from '../platform/http/paging.js';
import { PathId } from '../platform/http/path-id.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { FromOnce, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { HoldReleaseRunRequest, WaitingQuery } from './hold.request.js';
import { HoldReleaseRunResponse, WaitingPageResponse, type WaitingConversionResponse } from './hold.response.js';
import { ListHolds } from './list-holds.service.js';
import { ReleaseHolds } from './release-holds.service.js';

/** Conversions that wait: who is to decide finds them, and those nobody decided in time are given back. */
@ApiTags('conversion')
@Controller('api/v1')
export class HoldsController {
  constructor(
    private readonly waiting: ListHolds,
    private readonly releases: ReleaseHolds,
  ) {}

  /** What waits for approval, oldest first, with the last day for it. */
  @Get('conversions')
  @Roles('registrar', 'auditor')
  @UseInterceptors(NextLink)
  @ApiOperation({ summary: '待批的转换（先提出者在前） Conversions that wait for approval, oldest first' })
  @ApiOkResponse({ type: WaitingPageResponse })
  @Problems('cursor-invalid')
  list(@FromCaller() caller: Caller, @Query() query: WaitingQuery): Promise<Page<WaitingConversionResponse>> {
    return this.waiting.run(caller, query);
  }

  /** Starts a run, or goes on with one of that day that was stopped. It works on after the answer: ask for its status. */
  @Post('hold-release-runs')
  @Roles('administrator')
  @TakesOnceKey()
  @ApiOperation({ summary: '逾期未批的转换解冻 Start a run that gives lapsed holds back' })
  @ApiCreatedResponse({ type: HoldReleaseRunResponse })
  @Problems('as-of-in-future')
  async start(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Body() { through }: HoldReleaseRunRequest,
  ): Promise<Receipt<HoldReleaseRunResponse>> {
    return (await this.releases.start(caller, once, through)).map(HoldReleaseRunResponse.of);
  }

  /** How far a run is. */
  @Get('hold-release-runs/:runId')
  @Roles('administrator', 'auditor')
  @ApiOperation({ summary: '解冻处理的进度 Progress of a run that gives lapsed holds back' })
  @ApiOkResponse({ type: HoldReleaseRunResponse })
  @Problems('not-found')
  async show(@Param('runId', PathId) runId: string): Promise<HoldReleaseRunResponse> {
    const run = await this.releases.find(runId);
    if (!run) throw new Refusal('not-found');
    return HoldReleaseRunResponse.of(run);
  }
}
