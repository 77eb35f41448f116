import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DocumentResponse, Documents } from '../certificates/certificates.port.js';
import { requireOwnBook } from '../ledger/ledger.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { FromOnce, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { IssueTranscript } from './issue-transcript.service.js';
import { TranscriptRequest } from './transcript.request.js';

/** Transcripts: a learner's whole record, frozen as of a day. */
@ApiTags('transcripts')
@Controller('api/v1/transcripts')
export class TranscriptsController {
  constructor(
    private readonly transcripts: IssueTranscript,
    private readonly documents: Documents,
  ) {}

  /** Freezes a transcript; a learner may have their own. */
  @Post()
  @Roles('learner', 'registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '出具成绩单 Issue a transcript' })
  @ApiCreatedResponse({ type: DocumentResponse })
  @Problems('not-found', 'as-of-in-future', 'policy-not-in-force')
  async issue(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Body() { learnerId, asOf }: TranscriptRequest,
  ): Promise<Receipt<DocumentResponse>> {
    requireOwnBook(caller, learnerId);
    const receipt = await this.transcripts.run(caller, once, learnerId, asOf);
    const document = await this.documents.find(receipt.answer.serial);
    return receipt.map(() => DocumentResponse.of(document));
  }

  /** A transcript as it was frozen, for its holder and the staff. */
  @Get(':serial')
  @Roles('learner', 'registrar', 'auditor')
  @ApiOperation({ summary: '查看成绩单 Read a transcript' })
  @ApiOkResponse({ type: DocumentResponse })
  @Problems('not-found')
  async show(@FromCaller() caller: Caller, @Param('serial') serial: string): Promise<DocumentResponse> {
    return DocumentResponse.of(await this.documents.findFor(caller, 'transcript', serial));
  }
}
