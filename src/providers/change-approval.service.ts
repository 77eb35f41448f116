import { Injectable } from '@nestjs/common';
import { recordDeeds } from '../audit/audit.port.js';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import { requireIfMatch, requireMatch } from '../platform/http/if-match.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import type { ChangeApprovalRequest } from './change-approval.request.js';
import { checkApprovalPeriod, periodText } from './domain/approval-period.js';
import { lockProvider, setApproval } from './provider.store.js';
import { providerTag, toProviderResponse, type ProviderResponse } from './provider.response.js';
import { SessionCatalogue } from './session-catalogue.service.js';

/** Puts another approval period of a provider in force; the audit keeps the old one beside the new one. */
@Injectable()
export class ChangeApproval {
  constructor(
    private readonly onceWriter: OnceWriter,
    private readonly clock: Clock,
    private readonly catalogue: SessionCatalogue,
  ) {}

  /** Refuses with `precondition-required`, `not-found`, `precondition-failed` (`ifMatch` is not the provider's tag) or `approval-period-invalid`. */
  async run(
    caller: Caller,
    once: OnceKey,
    { providerId, ifMatch }: { providerId: string; ifMatch: string | undefined },
    request: ChangeApprovalRequest,
  ): Promise<Receipt<ProviderResponse>> {
    const expected = requireIfMatch(ifMatch);
    const receipt = await this.onceWriter.run(once, async ({ sql }) => {
      const now = this.clock.nowMs();
      const provider = await lockProvider(sql, providerId);
      if (!provider) throw new Refusal('not-found');
      requireMatch(expected, providerTag(provider));
      const { approvedFrom, approvedTo } = request;
      const period = { from: approvedFrom, to: approvedTo };
      checkApprovalPeriod(period);
      await setApproval(sql, providerId, period);
      const before = periodText({ from: provider.approvedFrom, to: provider.approvedTo });
      const subject = `${provider.code} ${before} -> ${periodText(period)}`;
      await recordDeeds(sql, [{ caller, action: 'change-approval', subject }], now);
      return toProviderResponse({ ...provider, approvedFrom, approvedTo });
    });
    this.catalogue.forget();
    return receipt;
  }
}
