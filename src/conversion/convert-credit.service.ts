import { Injectable } from '@nestjs/common';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import type { CommandKind } from '../ledger/book-command.js';
import { Committer } from '../ledger/committer.js';
import { LotSources } from '../ledger/lot-sources.port.js';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { Policies } from '../policy/policy.port.js';
import { requireTypes } from './require-types.js';
import { convertCreditKind, type ConversionInput, type ConversionReceipt } from './convert-credit.command.js';
import type { ConversionAsked, ConversionInputs } from './domain/conversion-case.js';

/** What is asked for one learner. A pair of types or a rule; what is left out narrows nothing. */
export interface ConversionQuestion extends Partial<ConversionAsked> {
  learnerId: string;
  /** State that a quote looked at; absent: the state there is now. */
  fingerprint?: string;
}

/** The question with everything that was left out. */
export function toAsked({ from, to, rule, programme, fromCenti, lots }: ConversionQuestion): ConversionAsked {
  return {
    ...{ from: from ?? null, to: to ?? null, rule: rule ?? null, programme: programme ?? null },
    ...{ fromCenti: fromCenti ?? null, lots: lots ?? null },
  };
}

/** Converts credit, or holds it where the rule wants somebody else's word. */
@Injectable()
export class ConvertCredit {
  private readonly convert: CommandKind<ConversionInput, Map<string, ConversionInputs>, ConversionReceipt>;

  constructor(
    private readonly committer: Committer,
    private readonly policies: Policies,
    private readonly clock: Clock,
    sources: LotSources,
  ) {
    this.convert = convertCreditKind(sources);
  }

  /**
   * Executes. Refuses with the first check of `decideConversion` that fails, with `conversion-quote-outdated` or with
   * `credit-type-unknown`; the rules are those in force today. A refused decision is kept as well.
   */
  async run(caller: Caller, once: OnceKey, question: ConversionQuestion): Promise<Receipt<ConversionReceipt>> {
    const today = shanghaiDay(this.clock.nowMs());
    const pack = this.policies.inForceOn(today);
    requireTypes(pack, question.from, question.to);
    const { learnerId, fingerprint = null } = question;
    const input = { pack, today, fingerprint, asked: toAsked(question) };
    return this.committer.run({ kind: this.convert, learnerId, input, caller, once });
  }
}
