import { ApiProperty } from '@nestjs/swagger';
import { formatCredit } from '../kernel/credit.js';
import { entryId } from '../ledger/domain/entry.js';
import type { CourseAdvice } from './advise-course.service.js';
import { DecisionResponse } from './conversion.response.js';
import type { IntakeCap } from './domain/advise.js';
import type { ConversionDecision } from './domain/conversion-case.js';
import { sayCheck } from './say-check.js';

/** Something the learner has already that is the same, or nearly. */
export class DuplicateResponse {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e.3' }) entryId!: string;
  @ApiProperty({ example: '养生有道' }) title!: string;
  @ApiProperty({
    enum: ['same-item', 'same-title', 'similar-title'],
    description: '同一课程、名称相同、名称相近 The same course, the same title, a title nearly the same',
  })
  how!: string;
  @ApiProperty({
    example: true,
    description: '证书项目只计其中一次；学时则累加 Awards count one of the two; hours attended add up',
  })
  countsOnce!: boolean;
}

/** Something to know before enrolling. */
export class AdviceNoteResponse {
  @ApiProperty({
    enum: [
      'counts-once',
      'one-required-item',
      'counts-towards-nothing',
      'no-rule',
      'rule-refuses',
      'leisure-never-degree',
    ],
  })
  code!: string;
  @ApiProperty({ example: '没有现行规则可转换文化休闲学分' }) words!: string;
  @ApiProperty({ example: 'no rule in force converts Culture and leisure credit' }) wordsEn!: string;
}

/** How a cap on what comes in would stand. */
export class IntakeCapResponse {
  @ApiProperty({ example: 'certificates' }) cap!: string;
  @ApiProperty({ enum: ['second', 'credit', 'count'], description: '学时秒数、学分或次数 Unit of the amounts' })
  unit!: string;
  @ApiProperty({ example: '3' }) limit!: string;
  @ApiProperty({ example: '2' }) used!: string;
  @ApiProperty({ example: '1' }) left!: string;
  @ApiProperty({ example: '1' }) asked!: string;
  @ApiProperty({ example: true }) fits!: boolean;
  @ApiProperty({ enum: ['cut', 'refuse'] }) whenOver!: string;

  static of({ cap, unit, limit, used, left, asked, whenOver }: IntakeCap): IntakeCapResponse {
    const text = (amount: number) => (unit === 'centi' ? formatCredit(amount) : String(amount));
    return {
      ...{ cap, unit: unit === 'centi' ? 'credit' : unit, limit: text(limit), used: text(used), left: text(left) },
      ...{ asked: text(asked), fits: asked <= left, whenOver },
    };
  }
}

/** An award to which credit of the course counts as it is. */
export class DirectUseResponse {
  @ApiProperty({ example: 'community-care' }) programme!: string;
  @ApiProperty({ example: null, nullable: true, type: String, description: '项目中的课程 Item of the award it is' })
  item!: string | null;
}

/** What a course not taken yet would be worth to a learner, by the same engine that will decide it. */
export class AdviceResponse {
  @ApiProperty({ example: 'taiyuan-default@2024.1' }) policyVersion!: string;
  @ApiProperty({ example: '养生有道' }) title!: string;
  @ApiProperty({ example: 'leisure' }) creditType!: string;
  @ApiProperty({ example: 216_000, description: '计划学时，秒 Planned study time, seconds' }) studySeconds!: number;
  @ApiProperty({ example: '4.44' }) credit!: string;
  @ApiProperty({ example: false, description: '须通过结业 Counts only once it is passed' }) mustBePassed!: boolean;
  @ApiProperty({
    type: [AdviceNoteResponse],
    description: '须知：重复只计一次、为何不计入、为何不能转换 What only counts once, and why nothing comes of it',
  })
  notes!: AdviceNoteResponse[];
  @ApiProperty({ type: [DuplicateResponse] }) duplicates!: DuplicateResponse[];
  @ApiProperty({ type: [IntakeCapResponse] }) caps!: IntakeCapResponse[];
  @ApiProperty({ type: [DirectUseResponse] }) countsTowards!: DirectUseResponse[];
  @ApiProperty({ type: [DecisionResponse], description: '各条规则的结果 What every rule in force would make of it' })
  conversions!: DecisionResponse[];

  static of(learnerId: string, advice: CourseAdvice): AdviceResponse {
    const { policyVersion, planned, isGated, duplicates, caps, direct, conversions, notes } = advice;
    return {
      ...{ policyVersion, title: planned.title, creditType: planned.creditType, studySeconds: planned.seconds },
      ...{ credit: formatCredit(planned.centi), mustBePassed: isGated },
      duplicates: duplicates.map(({ entry, ...said }) => ({ entryId: entryId(learnerId, entry), ...said })),
      notes: [
        ...notes.map(({ code, words }) => ({ code, words: words.zh, wordsEn: words.en })),
        ...(direct.length === 0 && !conversions.some(({ isAllowed }) => isAllowed)
          ? conversions.flatMap(refusalNote)
          : []),
      ],
      caps: caps.map(IntakeCapResponse.of),
      countsTowards: direct,
      // The planned credit is in no lot yet, so what would be drawn has no number.
      conversions: conversions.map((decision) => ({ ...DecisionResponse.of(decision), draws: [] })),
    };
  }
}

/** Why a rule that speaks of the type does not convert it: the first check that failed. */
function refusalNote({ rule, checks }: ConversionDecision): AdviceNoteResponse[] {
  const failed = checks.find(({ isPassed }) => !isPassed);
  if (!failed) return [];
  const { zh, en } = sayCheck(failed);
  return [{ code: 'rule-refuses', words: `规则 ${rule}：${zh}`, wordsEn: `rule ${rule}: ${en}` }];
}
