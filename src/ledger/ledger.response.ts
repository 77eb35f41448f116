import { ApiProperty } from '@nestjs/swagger';
import { toIsoInstant } from '../kernel/clock.js';
import { formatCredit } from '../kernel/credit.js';
import { entryId, type Posting } from './domain/entry.js';
import type { CreditSummary, StudyTimeSummary } from './domain/summarise.js';
import type { StatedEntry, Statement } from './statements.service.js';

const ID = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';
const INSTANT = '2024-06-09T12:00:00.000Z';

/** Credit of one type as decimal text. */
export class CreditResponse {
  @ApiProperty({ example: 'leisure' }) creditType!: string;
  @ApiProperty({ example: '12.50', description: '累计认定 All ever recognised' }) recognised!: string;
  @ApiProperty({ example: '10.50', description: '可用 Available' }) available!: string;
  @ApiProperty({ example: '0.00', description: '冻结 Held' }) held!: string;
  @ApiProperty({ example: '1.00', description: '已用于证书 In awards' }) awarded!: string;
  @ApiProperty({ example: '1.00', description: '已转出 Converted into other credit' }) converted!: string;
  @ApiProperty({ example: '0.00', description: '已过期 Expired' }) expired!: string;

  /** Credit of one type, hundredths as decimal text. */
  static of(summary: CreditSummary): CreditResponse {
    return {
      creditType: summary.creditType,
      recognised: formatCredit(summary.recognisedCenti),
      available: formatCredit(summary.availableCenti),
      held: formatCredit(summary.heldCenti),
      awarded: formatCredit(summary.awardedCenti),
      converted: formatCredit(summary.convertedCenti),
      expired: formatCredit(summary.expiredCenti),
    };
  }
}

/** Study time of one type in whole seconds. */
export class StudyTimeResponse {
  @ApiProperty({ example: 'leisure' }) creditType!: string;
  @ApiProperty({ example: 48_600, description: '已计学时（秒） Attended, seconds' }) attendedSeconds!: number;
  @ApiProperty({ example: 54, description: '待折算：未满一步，留待下次（秒） Gathers towards the next step, seconds' })
  waitingSeconds!: number;
  @ApiProperty({
    example: 0,
    description:
      '只作学时记录，不再折算：按次计分所余（秒） On record as time, never credit: left over by session, seconds',
  })
  keptSeconds!: number;
  @ApiProperty({ example: 0, description: '待结业（秒） In courses not passed yet, seconds' }) pendingSeconds!: number;

  /** Study time of one type, as it is. */
  static of({
    creditType,
    attendedSeconds,
    waitingSeconds,
    keptSeconds,
    pendingSeconds,
  }: StudyTimeSummary): StudyTimeResponse {
    return { creditType, attendedSeconds, waitingSeconds, keptSeconds, pendingSeconds };
  }
}

/** A learner's balance: what, as of when, and how many entries it counts. */
export class BalanceResponse {
  @ApiProperty({ example: ID }) learnerId!: string;
  @ApiProperty({ example: INSTANT, description: '截至 As of' }) asOf!: string;
  @ApiProperty({ example: 17, description: '已计入的分录数 Entries counted' }) version!: number;
  @ApiProperty({ example: INSTANT, type: String, nullable: true }) lastChangeAt!: string | null;
  @ApiProperty({ type: [CreditResponse] }) credits!: CreditResponse[];
  @ApiProperty({ type: [StudyTimeResponse] }) studyTime!: StudyTimeResponse[];
  @ApiProperty({ example: 12, description: '积分，不是学分 Points, never credit' }) points!: number;

  /** A statement at the instant it is true for. */
  static of(statement: Statement, asOfMs: number): BalanceResponse {
    return {
      learnerId: statement.learnerId,
      asOf: toIsoInstant(asOfMs),
      version: statement.version,
      lastChangeAt: statement.lastChangeAt === null ? null : toIsoInstant(statement.lastChangeAt),
      credits: statement.credits.map(CreditResponse.of),
      studyTime: statement.studyTime.map(StudyTimeResponse.of),
      points: statement.points,
    };
  }
}

/** One movement. Credit is decimal text, study time seconds; both stand in `amount` under the `unit` that says which. */
export class PostingResponse {
  @ApiProperty({ example: 1 }) line!: number;
  @ApiProperty({ example: 'issued' }) source!: string;
  @ApiProperty({ example: 'available' }) destination!: string;
  @ApiProperty({ example: 'credit', enum: ['seconds', 'credit', 'points'] }) unit!: string;
  @ApiProperty({ example: 'leisure' }) creditType!: string;
  @ApiProperty({ example: '0.11' }) amount!: string;
  @ApiProperty({ example: 3, nullable: true, type: Number, description: '批次 Lot' }) lot!: number | null;
  @ApiProperty({ example: null, nullable: true, type: String }) sourceAfter!: string | null;
  @ApiProperty({ example: '10.50', nullable: true, type: String }) destinationAfter!: string | null;
  @ApiProperty({ example: '2031-06-03', nullable: true, type: String }) validUntil!: string | null;

  /** A posting; the amount in the unit that it names. */
  static of(posting: Posting): PostingResponse {
    const amount = (value: number) => (posting.unit === 'centi' ? formatCredit(value) : String(value));
    return {
      line: posting.line,
      source: posting.source,
      destination: posting.destination,
      unit: { second: 'seconds', centi: 'credit', point: 'points' }[posting.unit],
      creditType: posting.creditType,
      amount: amount(posting.amount),
      lot: posting.lot,
      sourceAfter: posting.sourceAfter === null ? null : amount(posting.sourceAfter),
      destinationAfter: posting.destinationAfter === null ? null : amount(posting.destinationAfter),
      validUntil: posting.validUntil,
    };
  }
}

/** What happened, with every movement it made. */
export class EntryResponse {
  @ApiProperty({ example: `${ID}.17` }) entryId!: string;
  @ApiProperty({ example: 17 }) version!: number;
  @ApiProperty({ example: 'attendance' }) kind!: string;
  @ApiProperty({ example: INSTANT, description: '发生时刻 When it happened' }) occurredAt!: string;
  @ApiProperty({ example: INSTANT, description: '记账时刻 When it was written' }) recordedAt!: string;
  @ApiProperty({ example: ID, nullable: true, type: String }) providerId!: string | null;
  @ApiProperty({ example: ID, nullable: true, type: String, description: '课次、课程、规则或证书 What it is about' })
  subject!: string | null;
  @ApiProperty({ example: 'taiyuan-default@2024.1', nullable: true, type: String }) policyVersion!: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) reverses!: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) reversedBy!: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) reason!: string | null;
  @ApiProperty({ nullable: true, type: Object }) detail!: unknown;
  @ApiProperty({ type: [PostingResponse] }) postings!: PostingResponse[];

  /** An entry with its postings, what undid it and what it undoes; instants in UTC. */
  static of(entry: StatedEntry): EntryResponse {
    const named = (version: number | null) => (version === null ? null : entryId(entry.learnerId, version));
    return {
      entryId: entryId(entry.learnerId, entry.version),
      version: entry.version,
      kind: entry.kind,
      occurredAt: toIsoInstant(entry.occurredAt),
      recordedAt: toIsoInstant(entry.recordedAt),
      providerId: entry.providerId,
      subject: entry.subject,
      policyVersion: entry.policyVersion,
      reverses: named(entry.reversesVersion),
      reversedBy: named(entry.reversedByVersion),
      reason: entry.reason,
      detail: entry.detail,
      postings: entry.postings.map(PostingResponse.of),
    };
  }
}

/** A page of entries, newest first. */
export class EntryPageResponse {
  @ApiProperty({ type: [EntryResponse] }) items!: EntryResponse[];
  @ApiProperty({ example: null, nullable: true, type: String }) next!: string | null;
}

/** A reversal and what it undid. */
export class ReversalResponse {
  @ApiProperty({ example: `${ID}.18` }) entryId!: string;
  @ApiProperty({ example: `${ID}.17` }) reversesEntryId!: string;
}
