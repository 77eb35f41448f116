import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import { NextLink, type Page } from '../platform/http/paging.js';
import { PathId } from '../platform/http/path-id.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { FromOnce, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { BatchRequest, toBatchRows } from './batch.request.js';
import { BatchResponse } from './batch.response.js';
import type { RecognitionCase } from './domain/recognition-case.js';
import { EnterRecognition } from './enter-recognition.service.js';
import { ReadRecognitions } from './read-recognitions.service.js';
import { RecogniseBatch } from './recognise-batch.service.js';
import { EnterRecognitionRequest, OutcomeContentRequest, RecognitionQuery, toContent } from './recognition.request.js';
import {
  RecognitionPageResponse,
  RecognitionResponse,
  type RecognitionSummaryResponse,
} from './recognition.response.js';
import { TakeCaseStep } from './take-case-step.service.js';

const ONCE = ['idempotency-key-missing', 'idempotency-key-invalid', 'idempotency-key-reused'] as const;
const CARD = ['card-number-invalid', 'card-number-mangled', 'card-unknown'] as const;

/** Outcomes earned elsewhere: cases are entered, corrected, listed and shown; accredited projects send lists. */
@ApiTags('recognition')
@Controller('api/v1')
export class RecognitionsController {
  constructor(
    private readonly enterRecognition: EnterRecognition,
    private readonly steps: TakeCaseStep,
    private readonly readRecognitions: ReadRecognitions,
    private readonly recogniseBatch: RecogniseBatch,
  ) {}

  /** Opens a case as a draft: a learner's own, or by staff or a provider for somebody at the counter. */
  @Post('recognitions')
  @Roles('learner', 'provider', 'registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '登记待认定成果 Enter an outcome for recognition' })
  @ApiCreatedResponse({ type: RecognitionResponse })
  @Problems('not-found', 'account-closed', 'recognition-not-offered', 'policy-not-in-force', ...CARD, ...ONCE)
  async enter(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Body() body: EnterRecognitionRequest,
  ): Promise<Receipt<RecognitionResponse>> {
    return answerOf(await this.enterRecognition.run(caller, once, body, toContent(body)));
  }

  /** Cases oldest due first: one's own for a learner, those it entered for a provider, the work list for staff. */
  @Get('recognitions')
  @Roles('learner', 'provider', 'registrar', 'auditor')
  @UseInterceptors(NextLink)
  @ApiOperation({ summary: '认定申请列表（按期限先后） Cases, oldest due first' })
  @ApiOkResponse({ type: RecognitionPageResponse })
  @Problems('cursor-invalid', 'not-found')
  list(@FromCaller() caller: Caller, @Query() query: RecognitionQuery): Promise<Page<RecognitionSummaryResponse>> {
    return this.readRecognitions.list(caller, query);
  }

  /** One case with raw, standard and granted credit, every step and every file. */
  @Get('recognitions/:recognitionId')
  @Roles('learner', 'provider', 'registrar', 'auditor')
  @ApiOperation({ summary: '查看认定申请 Show a case' })
  @ApiOkResponse({ type: RecognitionResponse })
  @Problems('not-found')
  read(
    @FromCaller() caller: Caller,
    @Param('recognitionId', PathId) recognitionId: string,
  ): Promise<RecognitionResponse> {
    return this.readRecognitions.one(caller, recognitionId);
  }

  /** Puts right what a draft or a returned case says; what it said before stays in its story. */
  @Post('recognitions/:recognitionId/correction')
  @HttpCode(200)
  @Roles('learner', 'provider', 'registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '补正申请内容 Correct what a case says' })
  @ApiOkResponse({ type: RecognitionResponse })
  @Problems('not-found', 'account-closed', 'recognition-step-out-of-turn', 'recognition-withdrawn', ...ONCE)
  async correct(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('recognitionId', PathId) recognitionId: string,
    @Body() body: OutcomeContentRequest,
  ): Promise<Receipt<RecognitionResponse>> {
    const step = { step: 'correction' as const, content: toContent(body) };
    return answerOf(await this.steps.run(caller, once, recognitionId, step));
  }

  /** Results of an accredited project; good rows are recognised, bad rows come back. Safe to send again. */
  @Post('recognition-batches')
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '已认证项目成批认定 Recognise a list of results of an accredited project' })
  @ApiCreatedResponse({ type: BatchResponse })
  @Problems(
    'catalogue-item-unknown',
    'catalogue-item-without-project',
    'recognition-not-offered',
    'policy-not-in-force',
    'project-review-due',
    'catalogue-item-not-in-force',
    'grade-below-minimum',
    'outcome-not-yet-obtained',
    'outcome-expired',
    'outcome-already-submitted',
    'certificate-not-available',
    'recognition-cap-reached',
    'outcome-duplicates-held',
    'account-closed',
    'request-still-running',
    ...CARD,
    ...ONCE,
  )
  async batch(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Body() body: BatchRequest,
  ): Promise<Receipt<BatchResponse>> {
    const { answer, replayed } = await this.recogniseBatch.run(caller, once, body.item, toBatchRows(body));
    return new Receipt(BatchResponse.of(answer), replayed);
  }
}

/** A step's receipt as the API answers it. */
export function answerOf({ answer, replayed }: Receipt<RecognitionCase>): Receipt<RecognitionResponse> {
  return new Receipt(RecognitionResponse.after(answer), replayed);
}
