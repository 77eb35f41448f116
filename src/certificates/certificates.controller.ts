import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReversalRequest } from '../ledger/ledger.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Public, Roles } from '../platform/auth/roles.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { FromOnce, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { CertificateRequest } from './certificate.request.js';
import { DocumentResponse, RevocationResponse } from './certificate.response.js';
import { Documents } from './documents.service.js';
import { IssueCertificate } from './issue-certificate.service.js';
import { RevokeCertificate } from './revoke-certificate.service.js';
import { VerifyDocument } from './verify-document.service.js';

/** Certificates: issued, shown, revoked, and verified by strangers. */
@ApiTags('certificates')
@Controller('api/v1')
export class CertificatesController {
  constructor(
    private readonly certificates: IssueCertificate,
    private readonly revocations: RevokeCertificate,
    private readonly documents: Documents,
    private readonly verifications: VerifyDocument,
  ) {}

  /** Issues an award: its lots move to `awarded` and its content is frozen. */
  @Post('certificates')
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '颁发证书 Issue a certificate' })
  @ApiCreatedResponse({ type: DocumentResponse })
  @Problems(
    'not-found',
    'programme-unknown',
    'requirements-not-met',
    'title-protected',
    'account-frozen',
    'account-closed',
    'account-merged',
    'policy-not-in-force',
  )
  async issue(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Body() { learnerId, programme }: CertificateRequest,
  ): Promise<Receipt<DocumentResponse>> {
    const receipt = await this.certificates.run(caller, once, learnerId, programme);
    const document = await this.documents.find(receipt.answer.serial);
    return receipt.map(() => DocumentResponse.of(document));
  }

  /** A certificate with everything it says, for its holder and the staff. */
  @Get('certificates/:serial')
  @Roles('learner', 'registrar', 'auditor')
  @ApiOperation({ summary: '查看证书 Read a certificate' })
  @ApiOkResponse({ type: DocumentResponse })
  @Problems('not-found')
  async show(@FromCaller() caller: Caller, @Param('serial') serial: string): Promise<DocumentResponse> {
    return DocumentResponse.of(await this.documents.findFor(caller, 'certificate', serial));
  }

  /** Ends a certificate: its lots return by reversal; its page stays and says so. */
  @Post('certificates/:serial/revocation')
  @Roles('registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '撤销证书 Revoke a certificate' })
  @ApiCreatedResponse({ type: RevocationResponse })
  @Problems('not-found', 'certificate-already-revoked')
  async revoke(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('serial') serial: string,
    @Body() { reason }: ReversalRequest,
  ): Promise<Receipt<RevocationResponse>> {
    return (await this.revocations.run(caller, once, serial, reason)).map(RevocationResponse.of);
  }

  /** For strangers' machines: the full frozen content (holder masked) and its status. */
  @Get('verifications/:serial')
  @Public()
  @ApiOperation({ summary: '验证证书或成绩单（公开） Verify a document, open to everyone' })
  @ApiOkResponse({ type: DocumentResponse })
  @Problems('not-found')
  async verify(@Param('serial') serial: string): Promise<DocumentResponse> {
    return DocumentResponse.of(await this.verifications.run(serial));
  }
}
