import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { requireOwnBook, ReversalRequest, ReversalResponse, type ReversalReceipt } from '../ledger/ledger.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { FromOnce, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { ConversionRequest, toConversion } from './conversion.request.js';
import { ConversionResponse, QuoteResponse } from './conversion.response.js';
import { ConvertCredit } from './convert-credit.service.js';
import { QuoteConversion } from './quote-conversion.service.js';

/** Credit of one type becomes another under published rules. */
@ApiTags('conversion')
@Controller('api/v1/conversions')
export class ConversionsController {
  constructor(
    private readonly quotes: QuoteConversion,
    private readonly conversions: ConvertCredit,
  ) {}

  /** What it would bring and which checks it would meet; writes nothing. */
  @Post('quote')
  @HttpCode(200)
  @Roles('learner', 'registrar')
  @ApiOperation({ summary: '转换试算（不写入） Quote a conversion, writing nothing' })
  @ApiOkResponse({ type: QuoteResponse })
  @Problems('not-found', 'policy-not-in-force')
  async quote(@FromCaller() caller: Caller, @Body() body: ConversionRequest): Promise<QuoteResponse> {
    requireOwnBook(caller, body.learnerId);
    return QuoteResponse.of(await this.quotes.run(toConversion(body)));
  }

  /** Makes the conversion, by the same rules as the quote. */
  @Post()
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '学分转换 Convert credit' })
  @ApiCreatedResponse({ type: ConversionResponse })
  @Problems(
    'not-found',
    'account-frozen',
    'account-closed',
    'account-merged',
    'leisure-to-degree-forbidden',
    'conversion-not-allowed',
    'conversion-rule-not-in-force',
    'conversion-amount-not-whole',
    'conversion-cap-exceeded',
    'insufficient-credit',
    'policy-not-in-force',
  )
  async convert(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Body() body: ConversionRequest,
  ): Promise<Receipt<ConversionResponse>> {
    const receipt = await this.conversions.run(caller, once, toConversion(body));
    return receipt.map(({ conversionId, decision }) => ({ conversionId, ...QuoteResponse.of(decision) }));
  }

  /** Takes a conversion back; the source credit returns with its original validity. */
  @Post(':conversionId/reversal')
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '撤销转换 Reverse a conversion' })
  @ApiCreatedResponse({ type: ReversalResponse })
  @Problems('not-found', 'entry-already-reversed', 'credit-already-used', 'account-merged')
  reverse(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('conversionId') conversionId: string,
    @Body() body: ReversalRequest,
  ): Promise<Receipt<ReversalReceipt>> {
    return this.conversions.reverse(caller, once, conversionId, body.reason);
  }
}
