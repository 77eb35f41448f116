import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { recordDeeds } from '../audit/audit.port.js';
import type { AccountStatus } from '../ledger/domain/post-entry.js';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { lockAccount, writeAccountChange } from './accounts.store.js';
import { closeCards } from './cards.store.js';
import { requireAccountChange } from './domain/account-status.js';
import type { AccountResponse } from './learner.response.js';

const ACTIONS: Record<AccountStatus, string> = {
  frozen: 'freeze-account',
  active: 'unfreeze-account',
  closed: 'close-account',
};

/** Freezes, unfreezes and closes accounts. */
@Injectable()
export class ChangeAccount {
  constructor(
    private readonly once: OnceWriter,
    private readonly clock: Clock,
  ) {}

  /** Gives the account another status for a reason that stays on record; closing it closes its cards. */
  async run(
    caller: Caller,
    once: OnceKey,
    learnerId: string,
    change: { wanted: AccountStatus; reason: string },
  ): Promise<Receipt<AccountResponse>> {
    const { wanted, reason } = change;
    return this.once.run(once, async (transaction) => {
      const { sql } = transaction;
      const nowMs = this.clock.nowMs();
      const status = await lockAccount(sql, learnerId);
      if (status === null) throw new Refusal('not-found');
      requireAccountChange(status, wanted);
      await writeAccountChange(transaction, {
        learnerId,
        statusBefore: status,
        statusAfter: wanted,
        reason,
        changedBy: caller.keyId,
        recordedAt: nowMs,
      });
      if (wanted === 'closed') await closeCards(transaction, learnerId, nowMs);
      await recordDeeds(sql, [{ caller, action: ACTIONS[wanted], subject: learnerId, learnerId }], nowMs);
      return { learnerId, status: wanted };
    });
  }
}
