import { ApiProperty } from '@nestjs/swagger';
import { toIsoInstant } from '../kernel/clock.js';
import { formatCredit } from '../kernel/credit.js';
import { firstFailed } from './domain/basic-checks.js';
import { refusalId, type RefusedConversion } from './refusals.store.js';
import { sayCheck } from './say-check.js';

const ID = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';

/** A request to convert that was refused, and why. */
export class RefusedConversionResponse {
  @ApiProperty({
    example: `${ID}.r3f2a9c0b7d1e4a5f8c6b2d9e0f1a3c4b`,
    description: '据此读取全部依据 Names its full trace at /conversions/{conversionId}',
  })
  conversionId!: string;
  @ApiProperty({ example: '2024-06-10T01:00:00.000Z' }) decidedAt!: string;
  @ApiProperty({ example: 'leisure-to-vocational', nullable: true, type: String }) rule!: string | null;
  @ApiProperty({ example: 'taiyuan-default@2024.1' }) policyVersion!: string;
  @ApiProperty({ example: 'leisure', nullable: true, type: String }) from!: string | null;
  @ApiProperty({ example: 'vocational', nullable: true, type: String }) to!: string | null;
  @ApiProperty({ example: '2.00', nullable: true, type: String, description: '申请转出 Asked to give up' })
  askedAmount!: string | null;
  @ApiProperty({ example: 'conversion-cap-exceeded' }) code!: string;
  @ApiProperty({
    example: '《社区养老护理研修证书》总学分的 1/2：上限 0.47 学分，已用 0.47，还可转换 0.00，申请 1.00。',
  })
  words!: string;
  @ApiProperty({
    example: '1/2 of the total of "Community care study certificate": the cap is 0.47 credits, 0.47 used, 0.00 left.',
  })
  wordsEn!: string;
  @ApiProperty({ example: ID, description: '提出转换的密钥 The key that asked for it' }) requestedBy!: string;

  static of({ learnerId, refusalKey, decidedAt, askedBy, code, traced }: RefusedConversion): RefusedConversionResponse {
    const { rule, policyVersion, from, to, askedCenti } = traced.decision;
    const { zh, en } = sayCheck(firstFailed(traced.decision)!);
    return {
      ...{ conversionId: refusalId(learnerId, refusalKey), decidedAt: toIsoInstant(decidedAt) },
      ...{ rule, policyVersion, from, to, askedAmount: askedCenti === null ? null : formatCredit(askedCenti) },
      ...{ code, words: zh, wordsEn: en, requestedBy: askedBy },
    };
  }
}

/** A page of refused requests, newest first. */
export class RefusedPageResponse {
  @ApiProperty({ type: [RefusedConversionResponse] }) items!: RefusedConversionResponse[];
  @ApiProperty({ example: null, nullable: true, type: String }) next!: string | null;
}
