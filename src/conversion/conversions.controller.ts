import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { requireOwnBook, ReversalRequest, ReversalResponse, type ReversalReceipt } from '../ledger/ledger.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { FromOnce, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { AdviceResponse } from './advice.response.js';
import { AdviseCourse } from './advise-course.service.js';
import { DECISION_PROBLEMS } from './conversion-problems.js';
import {
  AdviceRequest,
  ApprovalRequest,
  ConversionRequest,
  RefusalRequest,
  toAdviceQuestion,
  toQuestion,
} from './conversion.request.js';
import {
  ConversionResponse,
  ConversionStoryResponse,
  QuoteResponse,
  SettlementResponse,
} from './conversion.response.js';
import { ConvertCredit } from './convert-credit.service.js';
import { QuoteConversion } from './quote-conversion.service.js';
import { ReadConversion } from './read-conversion.service.js';
import { SettleConversion } from './settle-conversion.service.js';

/** Credit of one kind becomes another under published rules. */
@ApiTags('conversion')
@Controller('api/v1/conversions')
export class ConversionsController {
  constructor(
    private readonly quotes: QuoteConversion,
    private readonly conversions: ConvertCredit,
    private readonly settlements: SettleConversion,
    private readonly stories: ReadConversion,
    private readonly adviser: AdviseCourse,
  ) {}

  /** What it would bring and which checks it would meet; writes nothing. */
  @Post('quote')
  @HttpCode(200)
  @Roles('learner', 'registrar')
  @ApiOperation({ summary: '转换试算（不写入） Quote a conversion, writing nothing' })
  @ApiOkResponse({ type: QuoteResponse })
  @Problems('not-found', 'credit-type-unknown', 'policy-not-in-force')
  async quote(@FromCaller() caller: Caller, @Body() body: ConversionRequest): Promise<QuoteResponse> {
    requireOwnBook(caller, body.learnerId);
    return QuoteResponse.from(await this.quotes.run(toQuestion(body)));
  }

  /** Before enrolling: would this course count, for how much, towards what, and what is in the way; writes nothing. */
  @Post('advice')
  @HttpCode(200)
  @Roles('learner', 'registrar')
  @ApiOperation({ summary: '选课前咨询：会不会计入（不写入） Advice before enrolling, writing nothing' })
  @ApiOkResponse({ type: AdviceResponse })
  @Problems(
    'not-found',
    'course-unknown',
    'session-unknown',
    'programme-unknown',
    'credit-type-unknown',
    'policy-not-in-force',
  )
  async advise(@FromCaller() caller: Caller, @Body() body: AdviceRequest): Promise<AdviceResponse> {
    requireOwnBook(caller, body.learnerId);
    return AdviceResponse.of(body.learnerId, await this.adviser.run(toAdviceQuestion(body)));
  }

  /** Makes the conversion by the same rules as the quote, or holds the credit where the rule wants another person's word. */
  @Post()
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '学分转换 Convert credit' })
  @ApiCreatedResponse({ type: ConversionResponse })
  @Problems(
    'not-found',
    'conversion-quote-outdated',
    'credit-type-unknown',
    ...DECISION_PROBLEMS,
    'policy-not-in-force',
  )
  async convert(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Body() body: ConversionRequest,
  ): Promise<Receipt<ConversionResponse>> {
    const receipt = await this.conversions.run(caller, once, toQuestion(body));
    return receipt.map((answer) => ConversionResponse.from(answer));
  }

  /** A conversion with every check as it was decided, and what became of it. */
  @Get(':conversionId')
  @Roles('learner', 'registrar', 'auditor')
  @ApiOperation({ summary: '一次转换及其全部依据 A conversion with its full trace' })
  @ApiOkResponse({ type: ConversionStoryResponse })
  @Problems('not-found')
  async one(
    @FromCaller() caller: Caller,
    @Param('conversionId') conversionId: string,
  ): Promise<ConversionStoryResponse> {
    requireOwnBook(caller, conversionId.split('.', 1)[0]!);
    return ConversionStoryResponse.from(await this.stories.run(conversionId));
  }

  /** Executes what is held. Somebody else than the one who asked for it must do this. */
  @Post(':conversionId/approval')
  @HttpCode(200)
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '批准待批的转换 Approve a held conversion' })
  @ApiOkResponse({ type: SettlementResponse })
  @Problems(
    'not-found',
    'conversion-not-held',
    'approver-not-independent',
    'conversion-hold-lapsed',
    'account-frozen',
    'account-closed',
    'account-merged',
  )
  approve(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('conversionId') conversionId: string,
    @Body() { reason }: ApprovalRequest,
  ): Promise<Receipt<SettlementResponse>> {
    return this.settlements.settle(caller, once, conversionId, { outcome: 'converted', reason: reason ?? null });
  }

  /** Releases what is held: every hundredth goes back to its lot. */
  @Post(':conversionId/refusal')
  @HttpCode(200)
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '退回待批的转换，学分解冻 Refuse a held conversion and release its credit' })
  @ApiOkResponse({ type: SettlementResponse })
  @Problems('not-found', 'conversion-not-held')
  refuse(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('conversionId') conversionId: string,
    @Body() { reason }: RefusalRequest,
  ): Promise<Receipt<SettlementResponse>> {
    return this.settlements.settle(caller, once, conversionId, { outcome: 'released', reason });
  }

  /** Takes a conversion back; the source credit returns with its original validity. */
  @Post(':conversionId/reversal')
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '撤销转换 Reverse a conversion' })
  @ApiCreatedResponse({ type: ReversalResponse })
  @Problems('not-found', 'conversion-still-held', 'entry-already-reversed', 'credit-already-used', 'account-merged')
  reverse(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('conversionId') conversionId: string,
    @Body() body: ReversalRequest,
  ): Promise<Receipt<ReversalReceipt>> {
    return this.settlements.reverse(caller, once, conversionId, body.reason);
  }
}
