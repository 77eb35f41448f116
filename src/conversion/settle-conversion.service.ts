import { Injectable } from '@nestjs/common';
import { Refusal } from '../kernel/refusal.js';
import { Committer } from '../ledger/committer.js';
import { entryId } from '../ledger/domain/entry.js';
import type { ReversalReceipt } from '../ledger/ledger.port.js';
import { ReverseEntry } from '../ledger/reverse-entry.service.js';
import type { Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import type { StoredConversion } from './conversion.store.js';
import { findConversion } from './find-conversion.js';
import { SETTLE_CONVERSION, type SettlementInput, type SettlementReceipt } from './settle-conversion.command.js';

/** Approves or refuses what is held, and takes back what was converted. */
@Injectable()
export class SettleConversion {
  constructor(
    private readonly committer: Committer,
    private readonly reader: Reader,
    private readonly reversals: ReverseEntry,
  ) {}

  /** Ends a hold. Refuses as `SETTLE_CONVERSION` says. */
  async settle(
    caller: Caller,
    once: OnceKey,
    conversionId: string,
    decided: Pick<SettlementInput, 'outcome' | 'reason'>,
  ): Promise<Receipt<SettlementReceipt>> {
    const { learnerId, version } = await this.find(conversionId);
    const input = { version, actor: caller.keyId, ...decided };
    return this.committer.run({ kind: SETTLE_CONVERSION, learnerId, input, caller, once });
  }

  /** Takes an executed conversion back: the source lots return with their validity, the new ones go. */
  async reverse(
    caller: Caller,
    once: OnceKey,
    conversionId: string,
    reason: string,
  ): Promise<Receipt<ReversalReceipt>> {
    const { learnerId, executedVersion, state } = await this.find(conversionId);
    if (executedVersion === null) throw new Refusal('conversion-still-held', { state });
    return this.reversals.run(caller, once, entryId(learnerId, executedVersion), reason);
  }

  private async find(conversionId: string): Promise<StoredConversion> {
    const found = await findConversion(this.reader.sql, conversionId);
    if (!found) throw new Refusal('not-found');
    return found;
  }
}
