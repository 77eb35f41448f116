import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { isId } from '../../kernel/ids.js';
import { Refusal } from '../../kernel/refusal.js';
import type { OnceKey } from '../idempotency/idempotency.store.js';
import { OnceWriter } from '../idempotency/once-writer.service.js';
import type { Receipt } from '../idempotency/receipt.js';
import { ApiKeys } from './api-keys.service.js';
import type { Caller } from './caller.js';
import { KeyOwners } from './key-owners.js';

/** Ends an API key. */
@Injectable()
export class RevokeApiKey {
  constructor(
    private readonly onceWriter: OnceWriter,
    private readonly keys: ApiKeys,
    private readonly owners: KeyOwners,
    private readonly clock: Clock,
  ) {}

  /** Refuses with `not-found` when there is no such key or it has ended before. */
  async run(caller: Caller, once: OnceKey, keyId: string): Promise<Receipt<null>> {
    if (!isId(keyId)) throw new Refusal('not-found');
    const receipt = await this.onceWriter.run(once, async (transaction) => {
      await this.keys.revokeIn(transaction, keyId);
      await this.owners.record(transaction.sql, { caller, action: 'revoke-api-key', keyId }, this.clock.nowMs());
      return null;
    });
    // After the commit: a request in between may have put the key back into memory.
    this.keys.forget();
    return receipt;
  }
}
