import { Controller } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../platform/auth/roles.js';
import { Page } from './page-route.js';
import { renderPolicyReference } from './policy-reference/policy-reference.view.js';

/** Pages about the rules themselves, open to everyone. */
@ApiExcludeController()
@Controller('policy')
@Public()
export class PolicyPagesController {
  private reference: string | undefined;

  /** How a policy pack is written, and every field of it; the same for as long as the process runs. */
  @Page('reference')
  showReference(): string {
    return (this.reference ??= renderPolicyReference());
  }
}
