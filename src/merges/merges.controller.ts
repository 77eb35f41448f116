import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReversalRequest } from '../ledger/ledger.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import { PathId } from '../platform/http/path-id.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { FromOnce, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { MergeAccounts } from './merge-accounts.service.js';
import { MergeRequest } from './merge.request.js';
import { MergeResponse } from './merge.response.js';
import { ReadMerge } from './read-merge.service.js';
import { ReverseMerge } from './reverse-merge.service.js';

/** Two accounts of one person become one, and two again where that was a mistake. */
@ApiTags('merges')
@Controller('api/v1')
export class MergesController {
  constructor(
    private readonly mergeAccounts: MergeAccounts,
    private readonly reverseMerge: ReverseMerge,
    private readonly readMerge: ReadMerge,
  ) {}

  /** Moves everything live of the duplicate into this account and closes the duplicate. */
  @Post('learners/:learnerId/merge')
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '合并账户 Merge a duplicate into this account' })
  @ApiCreatedResponse({ type: MergeResponse })
  @Problems(
    'not-found',
    'merge-with-itself',
    'merge-too-large',
    'account-merged',
    'account-closed',
    'account-frozen',
    'credit-held',
    'policy-not-in-force',
    'idempotency-key-missing',
    'idempotency-key-invalid',
    'idempotency-key-reused',
  )
  merge(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('learnerId', PathId) learnerId: string,
    @Body() { duplicateLearnerId, reason }: MergeRequest,
  ): Promise<Receipt<MergeResponse>> {
    return this.mergeAccounts.run(caller, once, { learnerId, duplicateLearnerId, reason });
  }

  /** Which accounts, by which entries, why, and whether it stands. */
  @Get('merges/:mergeId')
  @Roles('registrar', 'auditor')
  @ApiOperation({ summary: '查看合并 Show a merge' })
  @ApiOkResponse({ type: MergeResponse })
  @Problems('not-found')
  read(@Param('mergeId', PathId) mergeId: string): Promise<MergeResponse> {
    return this.readMerge.run(mergeId);
  }

  /** Undoes both entries and opens the duplicate and its cards again as they were. */
  @Post('merges/:mergeId/reversal')
  @HttpCode(200)
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '撤销合并 Undo a merge' })
  @ApiOkResponse({ type: MergeResponse })
  @Problems(
    'not-found',
    'merge-already-reversed',
    'account-merged',
    'credit-already-used',
    'idempotency-key-missing',
    'idempotency-key-invalid',
    'idempotency-key-reused',
  )
  reverse(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('mergeId', PathId) mergeId: string,
    @Body() { reason }: ReversalRequest,
  ): Promise<Receipt<MergeResponse>> {
    return this.reverseMerge.run(caller, once, mergeId, reason);
  }
}
