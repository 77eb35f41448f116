import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import { PathId } from '../platform/http/path-id.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { FromOnce, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import {
  AppealDecisionRequest,
  AppealRequest,
  CommentRequest,
  PanelVoteRequest,
  ReviewRequest,
  toReview,
} from './recognition.request.js';
import { RecognitionResponse } from './recognition.response.js';
import { answerOf } from './recognitions.controller.js';
import { TakeCaseStep } from './take-case-step.service.js';

const TURN = ['not-found', 'recognition-step-out-of-turn', 'recognition-withdrawn'] as const;
const ONCE = ['idempotency-key-missing', 'idempotency-key-invalid', 'idempotency-key-reused'] as const;
const CLAIM = ['outcome-already-submitted', 'certificate-not-available'] as const;
const ITEM = [
  'catalogue-item-unknown',
  'catalogue-item-not-in-force',
  'outcome-class-wrong',
  'issuer-not-accepted',
  'grade-below-minimum',
  'project-review-due',
  'outcome-expired',
  'outcome-not-yet-obtained',
  'recognition-cap-reached',
  'outcome-duplicates-held',
] as const;
const WORTH = [
  ...ITEM,
  'recognition-worth-missing',
  'recognition-worth-too-high',
  'recognition-worth-fixed',
  'credit-type-unknown',
  'level-unknown',
  'account-closed',
] as const;
const REVIEW = ['recognition-own-application', 'recognition-reason-needed'] as const;

/** The life of a case, step by step. */
@ApiTags('recognition')
@Controller('api/v1/recognitions/:recognitionId')
export class CaseStepsController {
  constructor(private readonly steps: TakeCaseStep) {}

  /** Hands the case in: the clock starts, the certificate is held. An automatic item is recognised at once. */
  @Post('submission')
  @HttpCode(200)
  @Roles('learner', 'provider', 'registrar')
  @TakesOnceKey()
  @ApiOperation({
    summary: '提交申请 Submit a case',
    description:
      '有多处问题时一次全部告知：code 是第一处的代码，errors 逐条列出（pointer、code、中英文说明）。Several mistakes are told at once: code is that of the first, errors lists all of them with pointer, code and sentence.',
  })
  @ApiOkResponse({ type: RecognitionResponse })
  @Problems(
    ...TURN,
    ...CLAIM,
    ...ITEM,
    'account-closed',
    'certificate-number-missing',
    'recognition-evidence-missing',
    'recognition-not-offered',
    ...ONCE,
  )
  async submit(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('recognitionId', PathId) recognitionId: string,
    @Body() { comment }: CommentRequest,
  ): Promise<Receipt<RecognitionResponse>> {
    return answerOf(await this.steps.run(caller, once, recognitionId, { step: 'submission', comment }));
  }

  /** The first look: approved, sent back or rejected. An item that one reviewer may decide is recognised here. */
  @Post('preliminary-review')
  @HttpCode(200)
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '初审 Preliminary review' })
  @ApiOkResponse({ type: RecognitionResponse })
  @Problems(...TURN, ...REVIEW, ...WORTH, 'recognition-same-reviewer', ...ONCE)
  async reviewFirst(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('recognitionId', PathId) recognitionId: string,
    @Body() body: ReviewRequest,
  ): Promise<Receipt<RecognitionResponse>> {
    return answerOf(await this.steps.run(caller, once, recognitionId, toReview('preliminary-review', body)));
  }

  /** One vote of a panel. When all seats have voted the case is recognised or rejected. */
  @Post('panel-vote')
  @HttpCode(200)
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '评议投票 Vote in a panel' })
  @ApiOkResponse({ type: RecognitionResponse })
  @Problems(
    ...TURN,
    ...REVIEW,
    'recognition-same-reviewer',
    'recognition-already-voted',
    'recognition-expert-needed',
    'recognition-panel-decided',
    'account-closed',
    ...ONCE,
  )
  async vote(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('recognitionId', PathId) recognitionId: string,
    @Body() { outcome, comment, reasonCode }: PanelVoteRequest,
  ): Promise<Receipt<RecognitionResponse>> {
    return answerOf(
      await this.steps.run(caller, once, recognitionId, { step: 'panel-vote', outcome, comment, reasonCode }),
    );
  }

  /** The second look, by somebody else: recognised, sent back or rejected. */
  @Post('final-review')
  @HttpCode(200)
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '终审 Final review' })
  @ApiOkResponse({ type: RecognitionResponse })
  @Problems(...TURN, ...REVIEW, ...WORTH, 'recognition-same-reviewer', 'recognition-panel-needed', ...ONCE)
  async reviewFinally(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('recognitionId', PathId) recognitionId: string,
    @Body() body: ReviewRequest,
  ): Promise<Receipt<RecognitionResponse>> {
    return answerOf(await this.steps.run(caller, once, recognitionId, toReview('final-review', body)));
  }

  /** The applicant takes the case back, before it is decided. */
  @Post('withdrawal')
  @HttpCode(200)
  @Roles('learner', 'provider', 'registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '撤回申请 Withdraw a case' })
  @ApiOkResponse({ type: RecognitionResponse })
  @Problems(...TURN, ...ONCE)
  async withdraw(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('recognitionId', PathId) recognitionId: string,
    @Body() { comment }: CommentRequest,
  ): Promise<Receipt<RecognitionResponse>> {
    return answerOf(await this.steps.run(caller, once, recognitionId, { step: 'withdrawal', comment }));
  }

  /** The one appeal: against a rejection, or against the amount, type or level that was recognised. */
  @Post('appeal')
  @HttpCode(200)
  @Roles('learner', 'provider', 'registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '申诉 Appeal against a decision' })
  @ApiOkResponse({ type: RecognitionResponse })
  @Problems(...TURN, ...CLAIM, 'recognition-appeal-too-late', 'recognition-appeal-used', 'account-closed', ...ONCE)
  async appeal(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('recognitionId', PathId) recognitionId: string,
    @Body() { comment }: AppealRequest,
  ): Promise<Receipt<RecognitionResponse>> {
    return answerOf(await this.steps.run(caller, once, recognitionId, { step: 'appeal', comment }));
  }

  /**
   * A new decision by somebody who took no part; the old one stays in the story. Against what was recognised, upheld means
   * another amount, type or level: the old credit goes back and the new comes in. Where the pack asks for a panel it is one
   * vote of several new people, and the case is decided when all have voted.
   */
  @Post('appeal-decision')
  @HttpCode(200)
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '申诉决定 Decide an appeal' })
  @ApiOkResponse({ type: RecognitionResponse })
  @Problems(
    ...TURN,
    ...REVIEW,
    ...WORTH,
    'recognition-appeal-not-new',
    'recognition-worth-unchanged',
    'recognition-worth-named',
    'recognition-already-voted',
    'recognition-expert-needed',
    'recognition-panel-decided',
    'credit-already-used',
    'credit-expired',
    'account-merged',
    ...ONCE,
  )
  async decideAppeal(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('recognitionId', PathId) recognitionId: string,
    @Body() body: AppealDecisionRequest,
  ): Promise<Receipt<RecognitionResponse>> {
    return answerOf(await this.steps.run(caller, once, recognitionId, toReview('appeal-decision', body)));
  }
}
