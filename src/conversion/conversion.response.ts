import { ApiProperty } from '@nestjs/swagger';
import { formatCredit } from '../kernel/credit.js';
import type { Check, ConversionDecision } from './domain/decide-conversion.js';

/** One question the rules asked, and the answer. */
export class CheckResponse {
  @ApiProperty({ enum: ['account', 'category', 'rule', 'ratio', 'credit', 'cap'] }) check!: string;
  @ApiProperty({ example: true }) passed!: boolean;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: '未通过时的问题代码 Problem code when it failed',
  })
  code!: string | null;
  @ApiProperty({ type: Object, example: { limit: '0.47', used: '0.00', left: '0.47', asked: '0.05' } })
  facts!: unknown;

  /** A check with what was compared, and the refusal it would be where it failed. */
  static of({ check, isPassed, code, facts }: Check): CheckResponse {
    return { check, passed: isPassed, code: isPassed ? null : code, facts };
  }
}

/** Credit taken from one lot. */
export class DrawResponse {
  @ApiProperty({ example: 3 }) lot!: number;
  @ApiProperty({ example: '0.11' }) amount!: string;
}

/** A decision that explains itself. */
export class QuoteResponse {
  @ApiProperty({ example: true }) allowed!: boolean;
  @ApiProperty({ example: 'leisure-to-vocational', nullable: true, type: String }) rule!: string | null;
  @ApiProperty({ example: 'taiyuan-default@2024.1' }) policyVersion!: string;
  @ApiProperty({ example: 'leisure' }) from!: string;
  @ApiProperty({ example: 'vocational' }) to!: string;
  @ApiProperty({ example: '2.00' }) fromAmount!: string;
  @ApiProperty({ example: '1.00' }) toAmount!: string;
  @ApiProperty({ example: '2031-06-03', nullable: true, type: String }) validUntil!: string | null;
  @ApiProperty({ type: [DrawResponse] }) draws!: DrawResponse[];
  @ApiProperty({ type: [CheckResponse] }) checks!: CheckResponse[];

  /** A decision with all its checks and draws, credit as decimal text. */
  static of(decision: ConversionDecision): QuoteResponse {
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
      checks: decision.checks.map(CheckResponse.of),
    };
  }
}

/** A conversion that was made. */
export class ConversionResponse extends QuoteResponse {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e.18', description: '也是分录编号 Also its entry' })
  conversionId!: string;
}
