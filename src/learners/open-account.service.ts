import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { recordDeeds } from '../audit/audit.port.js';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { AccountOpening, toFieldError, type AccountApplication, type Mistake } from './account-opening.service.js';
import { IdentityVault } from './identity-vault.js';
import type { OpenedAccountResponse } from './learner.response.js';

/** Opens one account at a counter. */
@Injectable()
export class OpenAccount {
  constructor(
    private readonly opening: AccountOpening,
    private readonly vault: IdentityVault,
    private readonly once: OnceWriter,
    private readonly clock: Clock,
  ) {}

  /**
   * One person, one account (DOMAIN ACC-1). Refuses with the rule that one mistake breaks, or with
   * `validation-failed` naming all of several.
   */
  async run(caller: Caller, once: OnceKey, application: AccountApplication): Promise<Receipt<OpenedAccountResponse>> {
    const nowMs = this.clock.nowMs();
    const preparation = this.opening.prepare([application], caller, nowMs);
    const blinded = { ...once, bodyHash: this.vault.blind(once.bodyHash) };
    return this.once.run(blinded, async ({ sql }) => {
      const mistakes = await this.opening.write(sql, preparation);
      if (mistakes.length > 0) throw refusalOf(mistakes);
      const { learner, maskedIdentity } = preparation.accounts[0]!;
      const { learnerId, unitCode, openedOn } = learner;
      await recordDeeds(sql, [{ caller, action: 'open-account', subject: learnerId, learnerId }], nowMs);
      return { learnerId, status: 'active', maskedIdentity, unitCode, openedOn };
    });
  }
}

function refusalOf(mistakes: Mistake[]): Refusal {
  const [{ cause }] = mistakes as [Mistake];
  if (mistakes.length === 1 && cause instanceof Refusal) return cause;
  return new Refusal('validation-failed', { errors: mistakes.map((mistake) => toFieldError(mistake, '')) });
}
