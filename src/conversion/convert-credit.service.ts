import { Injectable } from '@nestjs/common';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { Committer } from '../ledger/committer.js';
import { readEntryId } from '../ledger/domain/entry.js';
import { ReverseEntry } from '../ledger/reverse-entry.service.js';
import type { ReversalReceipt } from '../ledger/ledger.port.js';
import { Statements } from '../ledger/statements.service.js';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { Receipt } from '../platform/idempotency/receipt.js';
import { Policies } from '../policy/policy.port.js';
import { CONVERT_CREDIT, type ConversionReceipt } from './convert-credit.command.js';

/** What is asked for: hundredths of one type of a learner's credit, to become another type. */
export interface ConversionAsked {
  learnerId: string;
  from: string;
  to: string;
  fromCenti: number;
}

/** Converts credit and takes conversions back. */
@Injectable()
export class ConvertCredit {
  constructor(
    private readonly committer: Committer,
    private readonly policies: Policies,
    private readonly statements: Statements,
    private readonly reversals: ReverseEntry,
    private readonly clock: Clock,
  ) {}

  /** Executes. Refuses with the first check of `decideConversion` that fails; the rules are those in force today. */
  async run(caller: Caller, once: OnceKey, asked: ConversionAsked): Promise<Receipt<ConversionReceipt>> {
    const { learnerId, ...input } = asked;
    const pack = this.policies.inForceOn(shanghaiDay(this.clock.nowMs()));
    return this.committer.run({ kind: CONVERT_CREDIT, learnerId, input: { ...input, pack }, caller, once });
  }

  /** Takes a conversion back: the source lots return with their validity, the new lot goes. */
  async reverse(
    caller: Caller,
    once: OnceKey,
    conversionId: string,
    reason: string,
  ): Promise<Receipt<ReversalReceipt>> {
    const { learnerId, version } = readEntryId(conversionId);
    const entry = await this.statements.entry(learnerId, version);
    if (entry?.kind !== 'conversion') throw new Refusal('not-found');
    return this.reversals.run(caller, once, conversionId, reason);
  }
}
