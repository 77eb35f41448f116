import { shanghaiDay } from '../kernel/clock.js';
import type { CommandKind } from '../ledger/book-command.js';
import { entryId } from '../ledger/domain/entry.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { INSERT_CONVERSION, usedUnderCap } from './conversion.store.js';
import {
  conversionPostings,
  decideConversion,
  requireAllowed,
  type ConversionDecision,
} from './domain/decide-conversion.js';

/** Which credit becomes which. */
export interface ConversionInput {
  pack: PolicyPack;
  from: string;
  to: string;
  /** Hundredths of the source type. */
  fromCenti: number;
}

/** A conversion that was made. Its id is its entry's. */
export interface ConversionReceipt {
  conversionId: string;
  decision: ConversionDecision;
}

interface ConversionFacts {
  used: Map<string, number>;
}

/** Converts credit: the drawn lots leave, one new lot comes in, the decision is kept with all its checks. */
export const CONVERT_CREDIT: CommandKind<ConversionInput, ConversionFacts, ConversionReceipt> = {
  action: 'convert-credit',
  needsLots: true,
  async loadFacts(sql, asked) {
    const used = new Map<string, number>();
    for (const { learnerId, input } of asked) used.set(learnerId, await usedUnderCap(sql, learnerId, input));
    return { used };
  },
  decide(input, { used }, { book, nowMs }) {
    const today = shanghaiDay(nowMs);
    const decision = decideConversion({
      ...input,
      status: book.status,
      isMerged: Boolean(book.mergedInto),
      lots: [...(book.lots?.values() ?? [])],
      usedCenti: used.get(book.learnerId) ?? 0,
      today,
    });
    requireAllowed(decision);
    const rule = input.pack.conversionRules.find(({ code }) => code === decision.rule);
    return {
      draft: {
        kind: 'conversion',
        occurredAt: nowMs,
        subject: decision.rule ?? undefined,
        policyVersion: decision.policyVersion,
        postings: conversionPostings(decision, today),
      },
      complete: (entry) => ({
        answer: { conversionId: entryId(entry.learnerId, entry.version), decision },
        rows: [
          {
            target: INSERT_CONVERSION,
            rows: [
              [
                entry.learnerId,
                entry.version,
                decision.rule,
                rule?.cap?.programme ?? null,
                decision.from,
                decision.to,
                decision.fromCenti,
                decision.toCenti,
                JSON.stringify(decision),
              ],
            ],
          },
        ],
      }),
    };
  },
};
