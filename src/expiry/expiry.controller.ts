import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Refusal } from '../kernel/refusal.js';
import { requireOwnBook } from '../ledger/ledger.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import { PathId } from '../platform/http/path-id.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { FromOnce, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { ExpireCredit } from './expire-credit.service.js';
import { ExpiryRunRequest } from './expiry.request.js';
import { ExpiryRunResponse, NoticesResponse } from './expiry.response.js';
import { ReadNotices } from './read-notices.service.js';

/** Credit reaches its last day: runs that book it, and notices before it. */
@ApiTags('expiry')
@Controller('api/v1')
export class ExpiryController {
  constructor(
    private readonly expiry: ExpireCredit,
    private readonly notices: ReadNotices,
  ) {}

  /** Starts a run, or goes on with one of that day that was stopped. It works on after the answer: ask for its status. */
  @Post('expiry-runs')
  @Roles('administrator')
  @TakesOnceKey()
  @ApiOperation({ summary: '学分到期处理 Start an expiry run' })
  @ApiCreatedResponse({ type: ExpiryRunResponse })
  @Problems('as-of-in-future')
  async start(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Body() { through }: ExpiryRunRequest,
  ): Promise<Receipt<ExpiryRunResponse>> {
    return (await this.expiry.start(caller, once, through)).map(ExpiryRunResponse.of);
  }

  /** How far a run is. */
  @Get('expiry-runs/:runId')
  @Roles('administrator', 'auditor')
  @ApiOperation({ summary: '到期处理的进度 Progress of an expiry run' })
  @ApiOkResponse({ type: ExpiryRunResponse })
  @Problems('not-found')
  async show(@Param('runId', PathId) runId: string): Promise<ExpiryRunResponse> {
    const run = await this.expiry.find(runId);
    if (!run) throw new Refusal('not-found');
    return ExpiryRunResponse.of(run);
  }

  /** Credit of a learner that ends within the days of the policy, soonest first. */
  @Get('learners/:learnerId/notices')
  @Roles('learner', 'registrar')
  @ApiOperation({ summary: '学分到期提醒 Credit that ends soon' })
  @ApiOkResponse({ type: NoticesResponse })
  @Problems('not-found', 'policy-not-in-force')
  async list(@FromCaller() caller: Caller, @Param('learnerId', PathId) learnerId: string): Promise<NoticesResponse> {
    requireOwnBook(caller, learnerId);
    return NoticesResponse.of(await this.notices.run(learnerId));
  }
}
