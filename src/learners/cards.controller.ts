import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import { PathId } from '../platform/http/path-id.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { FromOnce, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { CardResponse } from './card.response.js';
import { ChangeCard } from './change-card.service.js';
import { IssueCard } from './issue-card.service.js';
import { IssueCardRequest } from './learner.request.js';
import { ReadCard } from './read-card.service.js';
import { ReplaceCard } from './replace-card.service.js';

const NUMBER_PROBLEMS = ['not-found', 'card-number-invalid', 'card-number-mangled'] as const;
const CHANGE_PROBLEMS = [...NUMBER_PROBLEMS, 'card-change-not-allowed'] as const;

/** Cards: tokens of an account, which keeps every hour whatever becomes of them. */
@ApiTags('cards')
@Controller('api/v1')
export class CardsController {
  constructor(
    private readonly issueCard: IssueCard,
    private readonly readCard: ReadCard,
    private readonly changeCard: ChangeCard,
    private readonly replaceCard: ReplaceCard,
  ) {}

  /** Issues a card, still to be activated when it is handed over. */
  @Post('learners/:learnerId/cards')
  @Roles('registrar', 'administrator')
  @TakesOnceKey()
  @ApiOperation({ summary: '发卡 Issue a card' })
  @ApiCreatedResponse({ type: CardResponse })
  @Problems('not-found', 'account-closed', 'unit-unknown', 'card-still-valid')
  issue(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('learnerId', PathId) learnerId: string,
    @Body() { countyCode }: IssueCardRequest,
  ): Promise<Receipt<CardResponse>> {
    return this.issueCard.run(caller, once, learnerId, countyCode);
  }

  /** A card; providers see number and status only, so that a clerk can check the card on the table. */
  @Get('cards/:cardNumber')
  @Roles('registrar', 'administrator', 'auditor', 'provider', 'learner')
  @ApiOperation({ summary: '查看学习卡 Show a card' })
  @ApiOkResponse({ type: CardResponse })
  @Problems(...NUMBER_PROBLEMS)
  read(@FromCaller() caller: Caller, @Param('cardNumber') cardNumber: string): Promise<CardResponse> {
    return this.readCard.run(caller, cardNumber);
  }

  /** Makes an issued card usable. */
  @Post('cards/:cardNumber/activation')
  @HttpCode(200)
  @Roles('registrar', 'learner')
  @TakesOnceKey()
  @ApiOperation({ summary: '激活学习卡 Activate a card' })
  @ApiOkResponse({ type: CardResponse })
  @Problems(...CHANGE_PROBLEMS)
  activate(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('cardNumber') cardNumber: string,
  ): Promise<Receipt<CardResponse>> {
    return this.changeCard.run(caller, once, cardNumber, 'active');
  }

  /** Reports a card lost: from now on nobody earns with it. */
  @Post('cards/:cardNumber/loss-report')
  @HttpCode(200)
  @Roles('registrar', 'learner')
  @TakesOnceKey()
  @ApiOperation({ summary: '挂失 Report a card lost' })
  @ApiOkResponse({ type: CardResponse })
  @Problems(...CHANGE_PROBLEMS)
  reportLost(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('cardNumber') cardNumber: string,
  ): Promise<Receipt<CardResponse>> {
    return this.changeCard.run(caller, once, cardNumber, 'lost');
  }

  /** Hands over a new active card in place of a lost one. */
  @Post('cards/:cardNumber/replacement')
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '补卡 Replace a lost card' })
  @ApiCreatedResponse({ type: CardResponse })
  @Problems(...CHANGE_PROBLEMS, 'card-still-valid', 'account-closed')
  replace(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('cardNumber') cardNumber: string,
  ): Promise<Receipt<CardResponse>> {
    return this.replaceCard.run(caller, once, cardNumber);
  }

  /** Closes a card for ever; the account stays. */
  @Post('cards/:cardNumber/closure')
  @HttpCode(200)
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '注销学习卡 Close a card' })
  @ApiOkResponse({ type: CardResponse })
  @Problems(...CHANGE_PROBLEMS)
  close(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('cardNumber') cardNumber: string,
  ): Promise<Receipt<CardResponse>> {
    return this.changeCard.run(caller, once, cardNumber, 'closed');
  }
}
