import { ApiProperty } from '@nestjs/swagger';
import { formatCredit } from '../kernel/credit.js';
import type { Programme } from '../policy/domain/programmes.js';
import type { LearnerProgress } from './read-progress.service.js';

/** A lot that counts. */
export class CountingLotResponse {
  @ApiProperty({ example: 3 }) lot!: number;
  @ApiProperty({ example: '0.11' }) amount!: string;
}

/** Have, need, missing. */
export class ProgressLineResponse {
  @ApiProperty({ example: 'vocational', nullable: true, type: String, description: 'null 为总计 null is the total' })
  creditType!: string | null;
  @ApiProperty({ example: '0.83' }) have!: string;
  @ApiProperty({ example: '0.85' }) need!: string;
  @ApiProperty({ example: '0.02' }) missing!: string;
  @ApiProperty({ type: [CountingLotResponse] }) counting!: CountingLotResponse[];
}

/** A learner's progress towards an award. */
export class ProgressResponse {
  @ApiProperty({ example: 'community-care' }) programme!: string;
  @ApiProperty({ example: '社区养老护理研修证书' }) title!: string;
  @ApiProperty({ example: 'Community care study certificate' }) titleEn!: string;
  @ApiProperty({ example: false }) met!: boolean;
  @ApiProperty({ type: [ProgressLineResponse] }) requirements!: ProgressLineResponse[];
  @ApiProperty({ type: ProgressLineResponse }) total!: ProgressLineResponse;
  @ApiProperty({ example: 'taiyuan-default@2024.1' }) policyVersion!: string;

  /** Progress towards a programme, credit as decimal text. */
  static of({ programme, isMet, requirements, total, policyVersion }: LearnerProgress): ProgressResponse {
    return {
      programme: programme.code,
      title: programme.title.zh,
      titleEn: programme.title.en,
      met: isMet,
      requirements: requirements.map(({ creditType, counting, ...amounts }) => ({
        creditType,
        ...toAmounts(amounts),
        counting: counting.map(({ lot, amountCenti }) => ({ lot, amount: formatCredit(amountCenti) })),
      })),
      total: { creditType: null, ...toAmounts(total), counting: [] },
      policyVersion,
    };
  }
}

function toAmounts(amounts: { haveCenti: number; needCenti: number; missingCenti: number }) {
  return {
    have: formatCredit(amounts.haveCenti),
    need: formatCredit(amounts.needCenti),
    missing: formatCredit(amounts.missingCenti),
  };
}

/** One award that can be had. */
export class ProgrammeResponse {
  @ApiProperty({ example: 'community-care' }) code!: string;
  @ApiProperty({ example: '社区养老护理研修证书' }) title!: string;
  @ApiProperty({ example: 'Community care study certificate' }) titleEn!: string;
  @ApiProperty({ example: '0.95' }) total!: string;
  @ApiProperty({ type: Object, example: { vocational: '0.85', leisure: '0.10' } }) minimums!: Record<string, string>;

  /** A programme of the pack, credit as decimal text. */
  static of({ code, title, totalCenti, requirements }: Programme): ProgrammeResponse {
    return {
      code,
      title: title.zh,
      titleEn: title.en,
      total: formatCredit(totalCenti),
      minimums: Object.fromEntries(
        requirements.map(({ creditType, minimumCenti }) => [creditType, formatCredit(minimumCenti)]),
      ),
    };
  }
}
