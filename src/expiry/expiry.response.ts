import { ApiProperty } from '@nestjs/swagger';
import { toIsoInstant } from '../kernel/clock.js';
import { formatCredit } from '../kernel/credit.js';
import type { LongRun } from '../platform/long-runs/long-runs.service.js';
import type { ExpiringLot } from './domain/expire-lots.js';

const ID = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';

/** A run over all learners and what it has written so far. */
export class ExpiryRunResponse {
  @ApiProperty({ example: ID }) runId!: string;
  @ApiProperty({ example: '2031-06-04', description: '有效期在该日之前的学分到期 Credit that ended before this day' })
  through!: string;
  @ApiProperty({ example: 'running', enum: ['running', 'finished'] }) status!: string;
  @ApiProperty({ example: 12, description: '已入账的分录数 Entries written' }) entries!: number;
  @ApiProperty({ example: '3.25', description: '已到期的学分 Credit that has expired' }) amount!: string;
  @ApiProperty({ example: '2031-06-04T00:10:00.000Z' }) startedAt!: string;
  @ApiProperty({ example: null, nullable: true, type: String }) finishedAt!: string | null;

  /** A run, credit as decimal text. */
  static of(run: LongRun): ExpiryRunResponse {
    return {
      runId: run.runId,
      through: run.throughDay,
      status: run.status,
      entries: run.entries,
      amount: formatCredit(run.amount),
      startedAt: toIsoInstant(run.startedAt),
      finishedAt: run.finishedAt === null ? null : toIsoInstant(run.finishedAt),
    };
  }
}

/** Credit whose end is near. */
export class NoticeResponse {
  @ApiProperty({ example: 3 }) lot!: number;
  @ApiProperty({ example: 'leisure' }) creditType!: string;
  @ApiProperty({ example: '0.11' }) amount!: string;
  @ApiProperty({ example: '2031-06-03', description: '最后可用日 Last day' }) validUntil!: string;
  @ApiProperty({ example: 30, description: '在多少天之内 Within so many days' }) withinDays!: number;
}

/** What of a learner's credit ends soon. */
export class NoticesResponse {
  @ApiProperty({ example: [90, 30], type: [Number], description: '提醒天数（规则包） Days of the notices' })
  noticeDays!: number[];
  @ApiProperty({ type: [NoticeResponse] }) items!: NoticeResponse[];

  /** Notices, soonest first. */
  static of({ noticeDays, lots }: { noticeDays: number[]; lots: ExpiringLot[] }): NoticesResponse {
    return {
      noticeDays,
      items: lots.map(({ lot, creditType, availableCenti, validUntil, withinDays }) => ({
        lot,
        creditType,
        amount: formatCredit(availableCenti),
        validUntil,
        withinDays,
      })),
    };
  }
}
