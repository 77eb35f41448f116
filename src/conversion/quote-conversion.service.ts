import { Injectable } from '@nestjs/common';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { LotSources } from '../ledger/lot-sources.port.js';
import { Reader } from '../platform/database/data-sources.js';
import { policyVersion } from '../policy/domain/policy-pack.js';
import { Policies } from '../policy/policy.port.js';
import { toAsked, type ConversionQuestion } from './convert-credit.service.js';
import type { ConversionDecision, OtherRule } from './domain/conversion-case.js';
import { stateFingerprint } from './domain/conversion-postings.js';
import { decideConversion } from './domain/decide-conversion.js';
import { LotCache } from './lot-cache.js';
import { requireTypes } from './require-types.js';
import { conversionInputs, readConversionBook } from './read-conversion-case.js';

/** A decision that was not carried out, and the state it holds for. */
export interface ConversionQuote {
  decision: ConversionDecision;
  others: OtherRule[];
  fingerprint: string;
}

/** Says what a conversion would bring, by the very function that would make it, and writes nothing. */
@Injectable()
export class QuoteConversion {
  private readonly cache = new LotCache();

  constructor(
    private readonly reader: Reader,
    private readonly sources: LotSources,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /** The decision with every check, allowed or not. Refuses with `not-found` or `credit-type-unknown`. */
  async run(question: ConversionQuestion): Promise<ConversionQuote> {
    const today = shanghaiDay(this.clock.nowMs());
    const pack = this.policies.inForceOn(today);
    requireTypes(pack, question.from, question.to);
    const book = await readConversionBook(this.reader.sql, question.learnerId, today, this.cache);
    if (!book) throw new Refusal('not-found');
    const asking = { pack, today, asked: toAsked(question) };
    const inputs = await conversionInputs(this.reader.sql, this.sources, book, asking);
    const { learnerId, version, status } = book;
    const { decision, others } = decideConversion(pack, inputs);
    return {
      ...{ decision, others },
      fingerprint: stateFingerprint({ learnerId, version, status, policyVersion: policyVersion(pack), today }),
    };
  }
}
