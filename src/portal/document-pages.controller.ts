import { Controller, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Documents } from '../certificates/certificates.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import { Config } from '../platform/config/config.js';
import { AdmitReader } from './admit-reader.service.js';
import { renderCertificate } from './certificate/certificate.view.js';
import { Page } from './page-route.js';
import { verifyPath } from './paths.js';
import { renderTranscript } from './transcript/transcript.view.js';

/** Papers to print and hand over. */
@ApiExcludeController()
@Controller()
@Roles('learner', 'registrar', 'auditor')
export class DocumentPagesController {
  constructor(
    private readonly door: AdmitReader,
    private readonly documents: Documents,
    private readonly config: Config,
  ) {}

  /** A certificate with the full name, for its holder and the staff. */
  @Page('certificates/:serial')
  async certificate(@FromCaller() caller: Caller, @Param('serial') typed: string): Promise<string> {
    const document = await this.documents.findKind('certificate', typed);
    await this.door.run(caller, document.learnerId, { action: 'read-document', subject: document.serial });
    return renderCertificate(document, this.addressOf(document.serial));
  }

  /** A transcript with the full name, for its holder and the staff. */
  @Page('transcripts/:serial')
  async transcript(@FromCaller() caller: Caller, @Param('serial') typed: string): Promise<string> {
    const document = await this.documents.findKind('transcript', typed);
    await this.door.run(caller, document.learnerId, { action: 'read-document', subject: document.serial });
    return renderTranscript(document, this.addressOf(document.serial));
  }

  private addressOf(serial: string): string {
    return `${this.config.PUBLIC_URL}${verifyPath(serial)}`;
  }
}
