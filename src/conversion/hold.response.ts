import { ApiProperty } from '@nestjs/swagger';
import { toIsoInstant } from '../kernel/clock.js';
import { formatCredit } from '../kernel/credit.js';
import { entryId } from '../ledger/domain/entry.js';
import type { LongRun } from '../platform/long-runs/long-runs.service.js';
import type { WaitingConversion } from './holds.store.js';

const ID = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';

/** A conversion that waits for somebody's approval. Who the learner is stays in the account. */
export class WaitingConversionResponse {
  @ApiProperty({ example: `${ID}.18` }) conversionId!: string;
  @ApiProperty({ example: ID }) learnerId!: string;
  @ApiProperty({ example: 'leisure-to-vocational' }) rule!: string;
  @ApiProperty({ example: 'taiyuan-default@2024.1' }) policyVersion!: string;
  @ApiProperty({ example: '2.00', description: '冻结的学分 Credit that is held' }) fromAmount!: string;
  @ApiProperty({ example: '1.00' }) toAmount!: string;
  @ApiProperty({ example: '2024-06-10T01:00:00.000Z' }) heldAt!: string;
  @ApiProperty({
    example: '2024-07-10',
    nullable: true,
    type: String,
    description: '须在该日或之前批准 Last day for its approval',
  })
  holdUntil!: string | null;
  @ApiProperty({ example: false, description: '批准期限已过，只能退回 Too late: it can only be refused' })
  lapsed!: boolean;
  @ApiProperty({ example: ID, description: '提出转换的密钥 The key that asked for it' }) requestedBy!: string;
  @ApiProperty({
    example: false,
    description: '由调用者提出，须他人批准 Asked by the caller: somebody else must approve',
  })
  requestedByCaller!: boolean;

  /** One that waits, as somebody sees it on a day. */
  static of(
    { learnerId, version, rule, policyVersion, fromCenti, toCenti, heldAt, heldUntil, askedBy }: WaitingConversion,
    seen: { today: string; keyId: string },
  ): WaitingConversionResponse {
    return {
      ...{ conversionId: entryId(learnerId, version), learnerId, rule, policyVersion },
      ...{ fromAmount: formatCredit(fromCenti), toAmount: formatCredit(toCenti), heldAt: toIsoInstant(heldAt) },
      ...{ holdUntil: heldUntil, lapsed: heldUntil !== null && heldUntil < seen.today },
      ...{ requestedBy: askedBy, requestedByCaller: askedBy === seen.keyId },
    };
  }
}

/** A page of conversions that wait, oldest first. */
export class WaitingPageResponse {
  @ApiProperty({ type: [WaitingConversionResponse] }) items!: WaitingConversionResponse[];
  @ApiProperty({ example: null, nullable: true, type: String }) next!: string | null;
}

/** A run that gives lapsed holds back, and what it has written so far. */
export class HoldReleaseRunResponse {
  @ApiProperty({ example: ID }) runId!: string;
  @ApiProperty({ example: '2024-07-11', description: '批准期限在该日之前的解冻 Holds that ended before this day' })
  through!: string;
  @ApiProperty({ example: 'running', enum: ['running', 'finished'] }) status!: string;
  @ApiProperty({ example: 12, description: '已入账的分录数 Entries written' }) entries!: number;
  @ApiProperty({ example: '3.25', description: '已解冻的学分 Credit that is free again' }) amount!: string;
  @ApiProperty({ example: '2024-07-11T00:10:00.000Z' }) startedAt!: string;
  @ApiProperty({ example: null, nullable: true, type: String }) finishedAt!: string | null;

  /** A run, credit as decimal text. */
  static of({
    runId,
    throughDay: through,
    status,
    entries,
    amount,
    startedAt,
    finishedAt,
  }: LongRun): HoldReleaseRunResponse {
    return {
      ...{ runId, through, status, entries, amount: formatCredit(amount), startedAt: toIsoInstant(startedAt) },
      finishedAt: finishedAt === null ? null : toIsoInstant(finishedAt),
    };
  }
}
