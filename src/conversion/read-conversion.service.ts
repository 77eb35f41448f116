import { Injectable } from '@nestjs/common';
import { Refusal } from '../kernel/refusal.js';
import { entryId, type Entry } from '../ledger/domain/entry.js';
import { readEntry } from '../ledger/ledger.port.js';
import { Reader } from '../platform/database/data-sources.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { Policies } from '../policy/policy.port.js';
import type { HoldEnd } from './conversion.entity.js';
import { readTrace, type ConversionState, type StoredConversion } from './conversion.store.js';
import { holdEnd } from './holds.store.js';
import type { ConversionInputs, RuleDecision, TracedDecision } from './domain/conversion-case.js';
import { redecide } from './domain/decide-conversion.js';
import { isSameDecision } from './domain/same-decision.js';
import { findConversion } from './find-conversion.js';
import { findRefused, refusalId, type RefusedConversion } from './refusals.store.js';

/** A decision with everything that led to it, and what became of it. */
export interface ConversionStory extends TracedDecision {
  conversionId: string;
  state: ConversionState | 'refused';
  decidedOn: string;
  /** Entry that moved the credit, or null while none has. */
  executedBy: string | null;
  /** True when the decision, made again from its inputs by the rules of then, is the same in every check. */
  isReproduced: boolean;
  /** How its hold ended, and the entry that ended it; null while it waits, and where it needed none. */
  settlement: { how: HoldEnd; entry: Entry } | null;
}

/** Reads conversions as they were decided, those that were refused as well. */
@Injectable()
export class ReadConversion {
  constructor(
    private readonly reader: Reader,
    private readonly policies: Policies,
  ) {}

  /** One conversion, or one request that was refused. Refuses with `not-found`. */
  async run(conversionId: string): Promise<ConversionStory> {
    const { sql } = this.reader;
    const refused = await findRefused(sql, conversionId);
    if (refused) return this.refusedStory(refused);
    const conversion = await findConversion(sql, conversionId);
    const traced = conversion && (await readTrace(sql, conversion.learnerId, conversion.version));
    if (!traced) throw new Refusal('not-found');
    const { learnerId, version, executedVersion, state, decidedOn } = conversion;
    return {
      ...{ conversionId: entryId(learnerId, version), state, decidedOn },
      executedBy: executedVersion === null ? null : entryId(learnerId, executedVersion),
      ...traced,
      settlement: await this.settlementOf(conversion),
      isReproduced: this.reproduces(conversion.policyVersion, traced),
    };
  }

  private refusedStory({ learnerId, refusalKey, policyVersion, traced }: RefusedConversion): ConversionStory {
    return {
      ...{ conversionId: refusalId(learnerId, refusalKey), state: 'refused', decidedOn: traced.inputs.today },
      ...{ executedBy: null, ...traced, settlement: null },
      isReproduced: this.reproduces(policyVersion, traced),
    };
  }

  private reproduces(policyVersion: string, traced: TracedDecision): boolean {
    const pack = this.policies.byVersion(policyVersion);
    return pack !== null && isReproduced(pack, traced);
  }

  private async settlementOf({
    learnerId,
    version,
    settledVersion,
  }: StoredConversion): Promise<ConversionStory['settlement']> {
    if (settledVersion === null) return null;
    const { sql } = this.reader;
    const how = await holdEnd(sql, learnerId, version);
    const entry = await readEntry(sql, learnerId, settledVersion);
    return how && entry ? { how, entry } : null;
  }
}

/** Makes a stored decision again and compares it with what was stored: the same checks, draws, amounts and lots. */
export function isReproduced(pack: PolicyPack, { decision, inputs }: RuleDecision): boolean {
  return isSameDecision(decision, redecide(pack, decision.rule, inputs));
}

/** Sizes of what a decision looked at, for those who read about it. */
export function inputSizes({ lots, history }: ConversionInputs): { lots: number; earlierParts: number } {
  return { lots: lots.length, earlierParts: history.length };
}
