import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256Hex } from '../kernel/canonical-json.js';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import { PathId } from '../platform/http/path-id.js';
import { readNamedUpload } from '../platform/http/upload.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { FromOnce, hashContent, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { AddEvidence } from './add-evidence.service.js';
import { ReadRecognitions } from './read-recognitions.service.js';
import { RecognitionResponse } from './recognition.response.js';
import { answerOf } from './recognitions.controller.js';

/** Files that prove what a case says. They are handed out as files to keep, never as pages to open. */
@ApiTags('recognition')
@Controller('api/v1/recognitions/:recognitionId/evidence')
export class EvidenceController {
  constructor(
    private readonly addEvidence: AddEvidence,
    private readonly readRecognitions: ReadRecognitions,
  ) {}

  /** Adds a PDF, PNG or JPEG; the same file again changes nothing. */
  @Post()
  @Roles('learner', 'provider', 'registrar')
  @TakesOnceKey()
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } })
  @ApiOperation({ summary: '上传证明材料 Add a file of evidence' })
  @ApiCreatedResponse({ type: RecognitionResponse })
  @Problems(
    'not-found',
    'account-closed',
    'recognition-step-out-of-turn',
    'recognition-withdrawn',
    'file-missing',
    'body-too-large',
    'evidence-empty',
    'evidence-too-large',
    'evidence-too-many',
    'evidence-type-not-accepted',
    'idempotency-key-missing',
    'idempotency-key-invalid',
    'idempotency-key-reused',
  )
  async add(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('recognitionId', PathId) recognitionId: string,
    @Req() request: FastifyRequest,
  ): Promise<Receipt<RecognitionResponse>> {
    const file = await readNamedUpload(request);
    // A form's boundary differs from try to try: the key is bound to the case, the name and the bytes.
    const bodyHash = sha256Hex(JSON.stringify([recognitionId, file.fileName, hashContent(file.content)]));
    return answerOf(await this.addEvidence.run(caller, { ...once, bodyHash }, recognitionId, file));
  }

  /** The bytes of a file, for its learner, reviewers and auditors. */
  @Get(':contentHash')
  @Roles('learner', 'registrar', 'auditor')
  @ApiOperation({ summary: '下载证明材料 Fetch a file of evidence' })
  @ApiOkResponse({ content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } })
  @Problems('not-found')
  async fetch(
    @FromCaller() caller: Caller,
    @Param('recognitionId', PathId) recognitionId: string,
    @Param('contentHash') contentHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { file, content } = await this.readRecognitions.evidence(caller, recognitionId, contentHash);
    void reply.headers({
      'Content-Type': file.mediaType,
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Cache-Control': 'private, no-store',
    });
    return content;
  }
}
