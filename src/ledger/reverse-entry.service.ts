import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { Receipt } from '../platform/idempotency/receipt.js';
import { Committer } from './committer.js';
import { readEntryId } from './domain/entry.js';
import { REVERSE_ENTRY, type ReversalReceipt } from './reverse-entry.command.js';
import { ReversalRules } from './reversal.port.js';

/** Undoes an entry. */
@Injectable()
export class ReverseEntry {
  constructor(
    private readonly committer: Committer,
    private readonly rules: ReversalRules,
  ) {}

  /**
   * Writes the reversal. Refuses with `not-found` (no such entry, or another provider's), `entry-already-reversed`,
   * `entry-not-reversible`, `credit-already-used`, or what the feature that wrote the entry says.
   */
  async run(caller: Caller, once: OnceKey | undefined, id: string, reason: string): Promise<Receipt<ReversalReceipt>> {
    const { learnerId, version } = readEntryId(id);
    return this.committer.run({
      kind: REVERSE_ENTRY,
      learnerId,
      input: {
        version,
        reason,
        onlyProviderId: caller.role === 'provider' ? caller.providerId : null,
        ruleFor: (kind) => this.rules.ruleFor(kind),
      },
      caller,
      once,
    });
  }
}
