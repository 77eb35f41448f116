import { Controller, HttpStatus, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { VerifyDocument } from '../certificates/certificates.port.js';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { Public } from '../platform/auth/roles.js';
import { Config } from '../platform/config/config.js';
import { field, Page, type FormFields } from './page-route.js';
import { verifyPath } from './paths.js';
import { renderUnknownSerial, renderVerification, renderVerifyForm } from './verification/verification.view.js';

/** Verification by strangers, without an account and without a script. */
@ApiExcludeController()
@Controller('verify')
@Public()
export class VerificationPagesController {
  constructor(
    private readonly verifications: VerifyDocument,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** The form; with a serial it leads to the serial's own page, whose address can be kept and printed. */
  @Page('')
  form(@Query() fields: FormFields, @Res({ passthrough: true }) reply: FastifyReply): string {
    const typed = field(fields, 'serial').replaceAll(/\s/g, '');
    if (typed === '') return renderVerifyForm('serial' in fields);
    void reply.status(HttpStatus.SEE_OTHER).header('Location', verifyPath(encodeURIComponent(shortened(typed))));
    return '';
  }

  /** What the document says and whether it counts; for a serial that is none, how to tell a slip from a forgery. */
  @Page(':serial')
  async verify(@Param('serial') typed: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    try {
      const verification = await this.verifications.run(typed);
      const address = `${this.config.PUBLIC_URL}${verifyPath(verification.serial)}`;
      return renderVerification(verification, address, this.clock.nowMs());
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'not-found') throw error;
      void reply.status(HttpStatus.NOT_FOUND);
      return renderUnknownSerial(shortened(typed));
    }
  }
}

/** No serial is longer, however it is spaced; what is longer is not carried along. Cut between whole characters. */
function shortened(typed: string): string {
  return [...typed].slice(0, 40).join('');
}
