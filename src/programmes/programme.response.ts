import { ApiProperty } from '@nestjs/swagger';
import { formatCredit } from '../kernel/credit.js';
import type { Programme } from '../policy/domain/programmes.js';
import { NOT_COUNTING } from './domain/countable-lots.js';
import type { Amounts, ProgressLine } from './domain/evaluate-programme.js';
import type { LearnerProgress } from './read-progress.service.js';

const UNITS = ['credit', 'outcome'] as const;

/** A lot that counts. */
export class CountingLotResponse {
  @ApiProperty({ example: 3 }) lot!: number;
  @ApiProperty({ example: '养生有道' }) title!: string;
  @ApiProperty({ example: '0.11' }) amount!: string;
}

/** Have, need, missing. */
export class AmountsResponse {
  @ApiProperty({ example: '0.83' }) have!: string;
  @ApiProperty({ example: '0.85' }) need!: string;
  @ApiProperty({ example: '0.02' }) missing!: string;
}

/** Have, need, missing of a bucket, a required item or a floor. */
export class ProgressLineResponse extends AmountsResponse {
  @ApiProperty({ example: 'vocational' }) code!: string;
  @ApiProperty({ example: '职业培训学分' }) name!: string;
  @ApiProperty({ example: 'Vocational training credit' }) nameEn!: string;
  @ApiProperty({ enum: UNITS, description: '学分或成果数 Credit, or a number of outcomes' })
  unit!: (typeof UNITS)[number];
  @ApiProperty({ type: [CountingLotResponse] }) counting!: CountingLotResponse[];
}

/** A bucket, with the most it takes. */
export class BucketProgressResponse extends ProgressLineResponse {
  @ApiProperty({ example: null, nullable: true, type: String }) maximum!: string | null;
}

/** How full a cap is. */
export class CapUseResponse {
  @ApiProperty({ example: 'certificates' }) code!: string;
  @ApiProperty({ example: '最多三个证书' }) name!: string;
  @ApiProperty({ example: 'At most three certificates' }) nameEn!: string;
  @ApiProperty({ enum: UNITS }) unit!: (typeof UNITS)[number];
  @ApiProperty({ example: '', description: '分别计算的对象 What it counts apart here' }) group!: string;
  @ApiProperty({ example: '2' }) used!: string;
  @ApiProperty({ example: '3' }) limit!: string;
  @ApiProperty({ example: '1' }) left!: string;
}

/** Credit of a lot that does not count. */
export class NotCountingResponse {
  @ApiProperty({ example: 4 }) lot!: number;
  @ApiProperty({ example: '养生有道' }) title!: string;
  @ApiProperty({ example: '0.11' }) amount!: string;
  @ApiProperty({ enum: NOT_COUNTING }) reason!: (typeof NOT_COUNTING)[number];
  @ApiProperty({ example: '已于 2024-06-09 到期' }) why!: string;
  @ApiProperty({ example: 'it was valid until 2024-06-09' }) whyEn!: string;
}

/** A learner's progress towards an award. */
export class ProgressResponse {
  @ApiProperty({ example: 'community-care' }) programme!: string;
  @ApiProperty({ example: '社区养老护理研修证书' }) title!: string;
  @ApiProperty({ example: 'Community care study certificate' }) titleEn!: string;
  @ApiProperty({ example: false }) met!: boolean;
  @ApiProperty({ type: AmountsResponse }) total!: AmountsResponse;
  @ApiProperty({ type: [BucketProgressResponse] }) buckets!: BucketProgressResponse[];
  @ApiProperty({ type: [ProgressLineResponse], description: '必修项目 Required items' }) items!: ProgressLineResponse[];
  @ApiProperty({ type: [ProgressLineResponse] }) floors!: ProgressLineResponse[];
  @ApiProperty({ type: [CapUseResponse] }) caps!: CapUseResponse[];
  @ApiProperty({ type: [NotCountingResponse] }) notCounting!: NotCountingResponse[];
  @ApiProperty({ example: 'taiyuan-default@2024.1' }) policyVersion!: string;

  /** Progress towards a programme, credit as decimal text. */
  static of(progress: LearnerProgress): ProgressResponse {
    const { programme, isMet, total, buckets, items, floors, caps, notCounting, policyVersion } = progress;
    return {
      programme: programme.code,
      title: programme.title.zh,
      titleEn: programme.title.en,
      met: isMet,
      total: toAmounts(total),
      buckets: buckets.map(({ maximumCenti, ...line }) => ({
        ...toLine(line),
        maximum: maximumCenti === null ? null : formatCredit(maximumCenti),
      })),
      items: items.map(toLine),
      floors: floors.map(toLine),
      caps: caps.map(({ code, name, unit, group, used, limit, left }) => ({
        code,
        name: name.zh,
        nameEn: name.en,
        unit: unitOf(unit),
        group,
        used: toText(used, unit),
        limit: toText(limit, unit),
        left: toText(left, unit),
      })),
      notCounting: notCounting.map(({ lot, title, amountCenti, reason, why }) => ({
        lot,
        title,
        amount: formatCredit(amountCenti),
        reason,
        why: why.zh,
        whyEn: why.en,
      })),
      policyVersion,
    };
  }
}

type Unit = ProgressLine['unit'];

function unitOf(unit: Unit): (typeof UNITS)[number] {
  return unit === 'count' ? 'outcome' : 'credit';
}

function toText(amount: number, unit: Unit): string {
  return unit === 'count' ? `${amount}` : formatCredit(amount);
}

function toAmounts({ have, need, missing }: Amounts, unit: Unit = 'centi'): AmountsResponse {
  return { have: toText(have, unit), need: toText(need, unit), missing: toText(missing, unit) };
}

function toLine({ code, name, unit, counting, ...amounts }: ProgressLine): ProgressLineResponse {
  return {
    code,
    name: name.zh,
    nameEn: name.en,
    unit: unitOf(unit),
    ...toAmounts(amounts, unit),
    counting: counting.map(({ lot, title, amountCenti }) => ({ lot, title, amount: formatCredit(amountCenti) })),
  };
}

/** A bucket of an award. */
export class BucketResponse {
  @ApiProperty({ example: 'vocational' }) code!: string;
  @ApiProperty({ example: '职业培训学分' }) name!: string;
  @ApiProperty({ example: 'Vocational training credit' }) nameEn!: string;
  @ApiProperty({ example: '0.85' }) minimum!: string;
  @ApiProperty({ example: null, nullable: true, type: String }) maximum!: string | null;
}

/** One award that can be had. */
export class ProgrammeResponse {
  @ApiProperty({ example: 'community-care' }) code!: string;
  @ApiProperty({ example: '社区养老护理研修证书' }) title!: string;
  @ApiProperty({ example: 'Community care study certificate' }) titleEn!: string;
  @ApiProperty({ example: '0.95' }) total!: string;
  @ApiProperty({ type: [BucketResponse] }) buckets!: BucketResponse[];

  /** A programme of the pack, credit as decimal text. */
  static of({ code, title, totalCenti, buckets }: Programme): ProgrammeResponse {
    return {
      code,
      title: title.zh,
      titleEn: title.en,
      total: formatCredit(totalCenti),
      buckets: buckets.map(({ code: bucket, name, minimumCenti, maximumCenti }) => ({
        code: bucket,
        name: name.zh,
        nameEn: name.en,
        minimum: formatCredit(minimumCenti),
        maximum: maximumCenti === null ? null : formatCredit(maximumCenti),
      })),
    };
  }
}
