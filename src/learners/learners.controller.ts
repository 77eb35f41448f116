import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isId } from '../kernel/ids.js';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import { keyOfCursor, limitOf, NextLink, PageQuery, type Page, type PageKey } from '../platform/http/paging.js';
import { PathId } from '../platform/http/path-id.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { FromOnce, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { ChangeAccount } from './change-account.service.js';
import { ChangeAccountRequest, LookUpLearnerRequest, OpenAccountRequest } from './learner.request.js';
import {
  AccountResponse,
  LearnerPageResponse,
  LearnerResponse,
  LearnerSummaryResponse,
  OpenedAccountResponse,
  toLearnerSummary,
} from './learner.response.js';
import { ListLearners } from './list-learners.service.js';
import { LookUpLearner } from './look-up-learner.service.js';
import { OpenAccount } from './open-account.service.js';
import { ReadLearner } from './read-learner.service.js';

const CHANGE_PROBLEMS = ['not-found', 'account-change-not-allowed', 'account-merged'] as const;

function isLearnerKey(key: PageKey): key is [string] {
  return key.length === 1 && typeof key[0] === 'string' && isId(key[0]);
}

/** People and their accounts. */
@ApiTags('learners')
@Controller('api/v1/learners')
export class LearnersController {
  constructor(
    private readonly openAccount: OpenAccount,
    private readonly changeAccount: ChangeAccount,
    private readonly readLearner: ReadLearner,
    private readonly lookUpLearner: LookUpLearner,
    private readonly listLearners: ListLearners,
  ) {}

  /** Opens an account at a counter: document, consent, unit. */
  @Post()
  @Roles('registrar', 'administrator')
  @TakesOnceKey()
  @ApiOperation({ summary: '开户 Open an account' })
  @ApiCreatedResponse({ type: OpenedAccountResponse })
  @Problems('identity-number-invalid', 'identity-already-registered', 'unit-unknown')
  open(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Body() { name, identityType, identityNumber, unitCode, openedOn }: OpenAccountRequest,
  ): Promise<Receipt<OpenedAccountResponse>> {
    return this.openAccount.run(caller, once, { name, identityType, identityNumber, unitCode, openedOn });
  }

  /** Everyone on record, in order of opening. */
  @Get()
  @Roles('registrar', 'auditor')
  @UseInterceptors(NextLink)
  @ApiOperation({ summary: '学习者列表 Learners, in order of opening' })
  @ApiOkResponse({ type: LearnerPageResponse })
  @Problems('cursor-invalid')
  list(@FromCaller() caller: Caller, @Query() query: PageQuery): Promise<Page<LearnerSummaryResponse>> {
    const key = keyOfCursor(query.cursor, isLearnerKey);
    return this.listLearners.run(caller, key?.[0] ?? null, limitOf(query));
  }

  /** Whose document this is. A read, though a POST: the number must not stand in an address. */
  @Post('lookup')
  @HttpCode(200)
  @Roles('registrar')
  @ApiOperation({ summary: '按证件查找 Find a learner by document' })
  @ApiOkResponse({ type: LearnerSummaryResponse })
  @Problems('identity-number-invalid', 'not-found')
  async lookUp(@FromCaller() caller: Caller, @Body() body: LookUpLearnerRequest): Promise<LearnerSummaryResponse> {
    return toLearnerSummary(await this.lookUpLearner.run(caller, body));
  }

  /** One learner with cards and changes of the account. */
  @Get(':learnerId')
  @Roles('registrar', 'administrator', 'auditor', 'learner')
  @ApiOperation({ summary: '查看学习者 Show a learner' })
  @ApiOkResponse({ type: LearnerResponse })
  @Problems('not-found')
  read(@FromCaller() caller: Caller, @Param('learnerId', PathId) learnerId: string): Promise<LearnerResponse> {
    return this.readLearner.run(caller, learnerId);
  }

  /** A frozen account still earns, but converts and is awarded nothing. */
  @Post(':learnerId/freeze')
  @HttpCode(200)
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '冻结账户 Freeze an account' })
  @ApiOkResponse({ type: AccountResponse })
  @Problems(...CHANGE_PROBLEMS)
  freeze(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('learnerId', PathId) learnerId: string,
    @Body() { reason }: ChangeAccountRequest,
  ): Promise<Receipt<AccountResponse>> {
    return this.changeAccount.run(caller, once, learnerId, { wanted: 'frozen', reason });
  }

  /** Ends a freeze. */
  @Post(':learnerId/unfreeze')
  @HttpCode(200)
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '解冻账户 Unfreeze an account' })
  @ApiOkResponse({ type: AccountResponse })
  @Problems(...CHANGE_PROBLEMS)
  unfreeze(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('learnerId', PathId) learnerId: string,
    @Body() { reason }: ChangeAccountRequest,
  ): Promise<Receipt<AccountResponse>> {
    return this.changeAccount.run(caller, once, learnerId, { wanted: 'active', reason });
  }

  /** Closes an account and its cards for ever; the record stays readable. */
  @Post(':learnerId/closure')
  @HttpCode(200)
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '注销账户 Close an account' })
  @ApiOkResponse({ type: AccountResponse })
  @Problems(...CHANGE_PROBLEMS)
  close(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('learnerId', PathId) learnerId: string,
    @Body() { reason }: ChangeAccountRequest,
  ): Promise<Receipt<AccountResponse>> {
    return this.changeAccount.run(caller, once, learnerId, { wanted: 'closed', reason });
  }
}
