import { ApiProperty } from '@nestjs/swagger';
import type { Honours } from './read-honours.service.js';
import type { LadderStanding } from './domain/honours.js';

/** A step of a ladder that was reached. */
export class ReachedStepResponse {
  @ApiProperty({ example: '学习之友' }) title!: string;
  @ApiProperty({ example: 'Friend of learning' }) titleEn!: string;
  @ApiProperty({ example: 50 }) hours!: number;
  @ApiProperty({ example: '2024-06-03', description: '达到之日 Day it was reached' }) reachedOn!: string;
}

/** The step after those. */
export class NextStepResponse {
  @ApiProperty({ example: '学习之星' }) title!: string;
  @ApiProperty({ example: 'Star of learning' }) titleEn!: string;
  @ApiProperty({ example: 100 }) hours!: number;
  @ApiProperty({ example: 167_400, description: '还差（秒） Seconds of study time still missing' })
  missingSeconds!: number;
}

/** Where a learner stands on one ladder. */
export class LadderResponse {
  @ApiProperty({ example: 'study-hours' }) code!: string;
  @ApiProperty({ example: '终身学习荣誉' }) name!: string;
  @ApiProperty({ example: 'Lifelong-learning honours' }) nameEn!: string;
  @ApiProperty({ example: 192_600, description: '计入的学时（秒） Study time that counts, seconds' })
  studySeconds!: number;
  @ApiProperty({ type: [ReachedStepResponse] }) reached!: ReachedStepResponse[];
  @ApiProperty({ type: NextStepResponse, nullable: true }) next!: NextStepResponse | null;

  /** Study time as whole seconds, steps in hours as the rules write them. */
  static of({ code, name, seconds, reached, next }: LadderStanding): LadderResponse {
    return {
      code,
      name: name.zh,
      nameEn: name.en,
      studySeconds: seconds,
      reached: reached.map((step) => ({
        title: step.title.zh,
        titleEn: step.title.en,
        hours: step.seconds / 3_600,
        reachedOn: step.day,
      })),
      next: next && {
        title: next.title.zh,
        titleEn: next.title.en,
        hours: next.seconds / 3_600,
        missingSeconds: next.missingSeconds,
      },
    };
  }
}

/** Something a learner may have while a threshold is reached; nothing is spent. */
export class BenefitResponse {
  @ApiProperty({ example: 'bookshop-95' }) code!: string;
  @ApiProperty({ example: '书店九五折' }) name!: string;
  @ApiProperty({ example: 'Bookshop 5 % off' }) nameEn!: string;
  @ApiProperty({ example: 'points', enum: ['points', 'study-hours'] }) reads!: string;
  @ApiProperty({ example: 100 }) atLeast!: number;
  @ApiProperty({ example: 12 }) have!: number;
  @ApiProperty({ example: false }) reached!: boolean;
}

/** Points, honours and benefits of a learner. */
export class HonoursResponse {
  @ApiProperty({ example: 12, description: '积分，不是学分 Points, never credit' }) points!: number;
  @ApiProperty({ example: 192_600, description: '有效出勤学时（秒） Study time of live visits, seconds' })
  studySeconds!: number;
  @ApiProperty({ type: [LadderResponse] }) ladders!: LadderResponse[];
  @ApiProperty({ type: [BenefitResponse] }) benefits!: BenefitResponse[];

  /** What {@link Honours} says, for clients. */
  static of({ points, studySeconds, ladders, benefits }: Honours): HonoursResponse {
    return {
      points,
      studySeconds,
      ladders: ladders.map(LadderResponse.of),
      benefits: benefits.map(({ code, name, reads, atLeast, have, isReached }) => ({
        code,
        name: name.zh,
        nameEn: name.en,
        reads,
        atLeast,
        have,
        reached: isReached,
      })),
    };
  }
}
