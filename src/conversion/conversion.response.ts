import { ApiProperty } from '@nestjs/swagger';
import { toIsoInstant } from '../kernel/clock.js';
import { formatCredit } from '../kernel/credit.js';
import { entryId } from '../ledger/domain/entry.js';
import type { ConversionReceipt } from './convert-credit.command.js';
import {
  CHECK_NAMES,
  type Check,
  type ConversionDecision,
  type NewLot,
  type OtherRule,
  type TracedDecision,
} from './domain/conversion-case.js';
import type { ConversionQuote } from './quote-conversion.service.js';
import { inputSizes, type ConversionStory } from './read-conversion.service.js';
import { sayCheck } from './say-check.js';

/** One question the rules asked, and the answer. */
export class CheckResponse {
  @ApiProperty({ enum: CHECK_NAMES }) check!: string;
  @ApiProperty({ example: true }) passed!: boolean;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: '未通过时的问题代码 Problem code when it failed',
  })
  code!: string | null;
  @ApiProperty({ example: '规则份额：上限 0.47，已用 0.00，尚余 0.47，申请 0.05' }) words!: string;
  @ApiProperty({ example: 'Share of the rule: limit 0.47, used 0.00, left 0.47, asked 0.05' }) wordsEn!: string;
  @ApiProperty({
    type: Object,
    example: { limit: '0.47', used: '0.00', left: '0.47', asked: '0.05' },
    description: '所比较的数据 What was compared',
  })
  facts!: unknown;

  static of(told: Check): CheckResponse {
    const { check, isPassed, code, facts } = told;
    const { zh, en } = sayCheck(told);
    return { check, passed: isPassed, code: isPassed ? null : code, words: zh, wordsEn: en, facts };
  }
}

/** Credit taken from one lot. */
export class DrawResponse {
  @ApiProperty({ example: 3 }) lot!: number;
  @ApiProperty({ example: '0.11' }) amount!: string;
}

/** New credit that comes in as one lot. */
export class GrantResponse {
  @ApiProperty({ example: 'vocational' }) creditType!: string;
  @ApiProperty({ example: '1.00' }) amount!: string;
  @ApiProperty({ example: null, nullable: true, type: String }) programme!: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) item!: string | null;
  @ApiProperty({ example: null, nullable: true, type: String, description: '原机构 Institution it came from' })
  provider!: string | null;
  @ApiProperty({ example: null, nullable: true, type: Number }) grade!: number | null;
  @ApiProperty({ example: false, description: '成绩记“免考” Recorded as exempt, without a mark' }) exempt!: boolean;

  static of({ creditType, centi, programme, item, facts }: NewLot): GrantResponse {
    const { provider, grade, isExempt = false } = facts;
    return { creditType, amount: formatCredit(centi), programme, item, provider, grade, exempt: isExempt };
  }
}

/** Another rule that speaks of what was asked, and why it did not allow it. */
export class OtherRuleResponse {
  @ApiProperty({ example: 'leisure-to-elective' }) rule!: string;
  @ApiProperty({ type: CheckResponse, description: '首个未通过的检查 The first of its checks that failed' })
  failed!: CheckResponse;

  static of({ rule, failed }: OtherRule): OtherRuleResponse {
    return { rule, failed: CheckResponse.of(failed) };
  }
}

/** A decision that explains itself. */
export class DecisionResponse {
  @ApiProperty({ example: true }) allowed!: boolean;
  @ApiProperty({ example: 'leisure-to-vocational', nullable: true, type: String }) rule!: string | null;
  @ApiProperty({ example: 'taiyuan-default@2024.1' }) policyVersion!: string;
  @ApiProperty({ example: 'leisure', nullable: true, type: String }) from!: string | null;
  @ApiProperty({ example: 'vocational', nullable: true, type: String }) to!: string | null;
  @ApiProperty({ example: '2.00', description: '实际转出 Given up, after any cut' }) fromAmount!: string;
  @ApiProperty({ example: '1.00' }) toAmount!: string;
  @ApiProperty({ example: '2031-06-03', nullable: true, type: String }) validUntil!: string | null;
  @ApiProperty({ type: [DrawResponse] }) draws!: DrawResponse[];
  @ApiProperty({ type: [GrantResponse] }) grants!: GrantResponse[];
  @ApiProperty({ enum: ['automatic', 'required'], example: 'automatic' }) approval!: string;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: '须在该日或之前批准 Last day for its approval',
  })
  holdUntil!: string | null;
  @ApiProperty({ type: [CheckResponse] }) checks!: CheckResponse[];

  static of(decision: ConversionDecision): DecisionResponse {
    return {
      allowed: decision.isAllowed,
      rule: decision.rule,
      policyVersion: decision.policyVersion,
      from: decision.from,
      to: decision.to,
      fromAmount: formatCredit(decision.fromCenti),
      toAmount: formatCredit(decision.toCenti),
      validUntil: decision.validUntil,
      draws: decision.draws.map(({ lot, amountCenti }) => ({ lot, amount: formatCredit(amountCenti) })),
      grants: decision.newLots.map(GrantResponse.of),
      approval: decision.approval,
      holdUntil: decision.holdUntil,
      checks: decision.checks.map(CheckResponse.of),
    };
  }
}

/** A decision with the other rules that were tried before or beside the one that decided. */
class TracedResponse extends DecisionResponse {
  @ApiProperty({ type: [OtherRuleResponse], description: '其他规则为何不行 Why other rules do not allow it' })
  otherRules!: OtherRuleResponse[];

  static tracedOf({ decision, others }: Pick<TracedDecision, 'decision' | 'others'>): TracedResponse {
    return { ...DecisionResponse.of(decision), otherRules: others.map(OtherRuleResponse.of) };
  }
}

/** A decision that was not carried out. */
export class QuoteResponse extends TracedResponse {
  @ApiProperty({
    example: '0f6c2d1e8b7a4f3c9d5e6a7b8c9d0e1f',
    description: '所依据的状态；执行时带上，有变则拒绝 The state it holds for: execute with it, and a change refuses',
  })
  fingerprint!: string;

  static from({ fingerprint, ...traced }: ConversionQuote): QuoteResponse {
    return { ...TracedResponse.tracedOf(traced), fingerprint };
  }
}

/** A conversion that was made, or that waits for approval. */
export class ConversionResponse extends TracedResponse {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e.18', description: '也是分录编号 Also its entry' })
  conversionId!: string;
  @ApiProperty({ enum: ['held', 'converted'], example: 'converted' }) state!: string;

  static from({ conversionId, state, ...traced }: ConversionReceipt): ConversionResponse {
    return { conversionId, state, ...TracedResponse.tracedOf(traced) };
  }
}

/** How much a decision looked at. */
export class InputsResponse {
  @ApiProperty({ example: 12 }) lots!: number;
  @ApiProperty({ example: 2, description: '计入限额的此前转换 Earlier conversions that limits count' })
  earlierParts!: number;
}

/** How a hold ended. */
export class HoldEndResponse {
  @ApiProperty({ enum: ['approved', 'refused', 'lapsed'], example: 'approved' }) how!: string;
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e.19' }) entryId!: string;
  @ApiProperty({ example: '材料齐全', nullable: true, type: String }) reason!: string | null;
  @ApiProperty({ example: '2024-06-12T02:00:00.000Z' }) recordedAt!: string;

  static of({ how, entry }: NonNullable<ConversionStory['settlement']>): HoldEndResponse {
    const { learnerId, version, reason, recordedAt } = entry;
    return { how, entryId: entryId(learnerId, version), reason, recordedAt: toIsoInstant(recordedAt) };
  }
}

/** A conversion, or a request that was refused, with its full trace and what became of it. */
export class ConversionStoryResponse extends TracedResponse {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e.18' }) conversionId!: string;
  @ApiProperty({ enum: ['held', 'converted', 'released', 'reversed', 'refused'], example: 'converted' }) state!: string;
  @ApiProperty({ example: '2024-06-10' }) decidedOn!: string;
  @ApiProperty({
    example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e.18',
    nullable: true,
    type: String,
    description: '记账的分录 Entry that moved the credit',
  })
  executedBy!: string | null;
  @ApiProperty({ nullable: true, type: HoldEndResponse, description: '待批如何结束 How its hold ended' })
  holdEnd!: HoldEndResponse | null;
  @ApiProperty({ type: InputsResponse }) inputs!: InputsResponse;
  @ApiProperty({
    example: true,
    description: '按当时的规则与数据重新计算，结果相同 Decided again from its stored inputs it comes out the same',
  })
  reproduced!: boolean;

  static from(story: ConversionStory): ConversionStoryResponse {
    const { conversionId, state, decidedOn, executedBy, settlement } = story;
    return {
      ...{ conversionId, state, decidedOn, executedBy },
      holdEnd: settlement && HoldEndResponse.of(settlement),
      ...TracedResponse.tracedOf(story),
      inputs: inputSizes(story.inputs),
      reproduced: story.isReproduced,
    };
  }
}

/** What became of a hold. */
export class SettlementResponse {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e.18' }) conversionId!: string;
  @ApiProperty({
    example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e.19',
    description: '记账的分录 The entry that ended it',
  })
  entryId!: string;
  @ApiProperty({ enum: ['converted', 'released'], example: 'converted' }) state!: string;
}
