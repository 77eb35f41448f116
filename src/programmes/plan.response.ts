import { ApiProperty } from '@nestjs/swagger';
import { formatCredit } from '../kernel/credit.js';
import type { Conflict } from './domain/find-conflict.js';
import { OBJECTIVES, type Objective } from './domain/planning-case.js';
import type { NotConsidered } from './domain/plan-credit.js';
import type { ConvertStep, PlanStep, Taken } from './domain/plan-steps.js';
import { ruleWords, stepWords } from './domain/plan-words.js';
import { countsOutcomes } from './domain/programme-traits.js';
import type { PlannedPath } from './plan-path.service.js';
import { CountingLotResponse, ProgressResponse } from './programme.response.js';

const STATUSES = ['met', 'plan', 'impossible'] as const;
const STEP_KINDS = ['take', 'convert'] as const;

/** Credit of an earlier step that a conversion takes. */
export class EarlierCreditResponse {
  @ApiProperty({ example: 'KC-0001', nullable: true, type: String, description: '课程 Course' }) course!: string | null;
  @ApiProperty({ example: null, nullable: true, type: String, description: '转换规则 Rule of conversion' })
  rule!: string | null;
  @ApiProperty({ example: 'leisure' }) creditType!: string;
  @ApiProperty({ example: '1.11' }) amount!: string;
}

/** One thing to do, in the order of the plan. */
export class PlanStepResponse {
  @ApiProperty({ enum: STEP_KINDS }) do!: (typeof STEP_KINDS)[number];
  @ApiProperty({ example: '修读《…》剩余的 10 次课（15 小时），取得 1.11 文化休闲学分' }) words!: string;
  @ApiProperty({ example: 'take the 10 remaining sessions of "…" (15 h) for 1.11 Culture and leisure credit' })
  wordsEn!: string;
  @ApiProperty({ example: 'KC-0001', nullable: true, type: String, description: '课程 Course, to take' })
  course!: string | null;
  @ApiProperty({ example: null, nullable: true, type: String, description: '转换规则 Rule, to convert' })
  rule!: string | null;
  @ApiProperty({ example: 54_000 }) studySeconds!: number;
  @ApiProperty({ example: '1.11', description: '所得学分 Credit it brings' }) credit!: string;
  @ApiProperty({ example: 'leisure' }) creditType!: string;
  @ApiProperty({ example: '2024-09-30', nullable: true, type: String }) finishesOn!: string | null;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: '转出的学分；规则自定数量时为空 Credit given up; null where the rule fixes it',
  })
  amount!: string | null;
  @ApiProperty({ type: [CountingLotResponse], description: '转出的批次 Lots that are converted' })
  lots!: CountingLotResponse[];
  @ApiProperty({
    type: [EarlierCreditResponse],
    description: '取自前面步骤的学分 Credit of earlier steps that it takes',
  })
  earlier!: EarlierCreditResponse[];
}

/** A rule of conversion that the plan could not use, wholly or in part. */
export class NotConsideredResponse {
  @ApiProperty({ example: 'panel-to-degree' }) rule!: string;
  @ApiProperty({ example: '“专家评审转换”未作考虑：须经他人审批，方案不能替其决定' }) words!: string;
  @ApiProperty({ example: '"Panel" was not considered, because it needs the approval of somebody else …' })
  wordsEn!: string;

  static of({ rule, name, why }: NotConsidered): NotConsideredResponse {
    return {
      rule,
      words: `“${name.zh}”未作考虑：${why.zh}`,
      wordsEn: `"${name.en}" was not considered, because ${why.en}`,
    };
  }
}

/** A rule that stands in the way. */
export class ConflictRuleResponse {
  @ApiProperty({ example: 'cap certificates' }) rule!: string;
  @ApiProperty({ example: '“最多三个证书”最多 3 项' }) words!: string;
  @ApiProperty({ example: '"At most three certificates": at most 3' }) wordsEn!: string;
}

/** The cheapest way to an award, that none is needed, or why there is none. */
export class PlanResponse {
  @ApiProperty({ example: 'community-care' }) programme!: string;
  @ApiProperty({ enum: OBJECTIVES }) objective!: Objective;
  @ApiProperty({ enum: STATUSES, description: '已达到、有方案或无法达到 Met already, a plan, or impossible' })
  status!: (typeof STATUSES)[number];
  @ApiProperty({ example: true, description: '已证明没有更好的 Proven that no other is better' }) cheapest!: boolean;
  @ApiProperty({
    example: 0,
    nullable: true,
    type: Number,
    description:
      '最多可能比最优多出的百分比；0 为已证明最优 At most so many percent above the best; 0 is proven the best',
  })
  gapPercent!: number | null;
  @ApiProperty({ type: [PlanStepResponse] }) steps!: PlanStepResponse[];
  @ApiProperty({ example: 54_000 }) studySeconds!: number;
  @ApiProperty({ example: null, nullable: true, type: Number }) cost!: number | null;
  @ApiProperty({ example: null, nullable: true, type: String }) finishesOn!: string | null;
  @ApiProperty({
    type: ProgressResponse,
    nullable: true,
    description: '完成方案后的评估 What the evaluation says once the plan is done',
  })
  promised!: ProgressResponse | null;
  @ApiProperty({
    type: [ConflictRuleResponse],
    description:
      '不能同时满足的一组规则，每一条都不可少 Rules that cannot all be kept, though they could without any one of them',
  })
  conflict!: ConflictRuleResponse[];
  @ApiProperty({
    example: null,
    nullable: true,
    type: Boolean,
    description: '已证明没有更少的规则冲突；无冲突时为空 Proven that no fewer rules clash; null where none do',
  })
  smallest!: boolean | null;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description:
      '冲突中第一条要求最多能达到的学分，或成果个数 Most credit, or number of outcomes, that the first thing asked in the conflict can reach',
  })
  most!: string | null;
  @ApiProperty({
    type: [NotConsideredResponse],
    description: '未作考虑的转换规则及原因 Rules of conversion that were left out, wholly or in part, and why',
  })
  notConsidered!: NotConsideredResponse[];
  @ApiProperty({ example: 'taiyuan-default@2024.1' }) policyVersion!: string;

  static of(planned: PlannedPath): PlanResponse {
    const { programme, pack, objective, path, costs, promised, policyVersion } = planned;
    const steps = path.status === 'plan' ? path.steps : [];
    const courses = steps.flatMap((step) => (step.do === 'take' ? [step.course] : []));
    const conflict = path.status === 'impossible' ? path.conflict : null;
    const days = courses.map(({ facts }) => facts.endsOn).sort();
    return {
      programme: programme.code,
      objective,
      status: conflict ? 'impossible' : steps.length === 0 ? 'met' : 'plan',
      cheapest: path.status === 'plan' ? path.isCheapest : false,
      gapPercent: path.status === 'plan' ? gapPercent(path) : null,
      steps: steps.map((step) => toStep(planned, step)),
      studySeconds: courses.reduce((sum, { studySeconds }) => sum + studySeconds, 0),
      cost: objective === 'cost' ? courses.reduce((sum, { code }) => sum + (costs.get(code) ?? 0), 0) : null,
      finishesOn: courses.every(({ meetings }) => meetings !== null) ? (days.at(-1) ?? null) : null,
      promised: promised && ProgressResponse.of({ programme, policyVersion, ...promised }),
      conflict: (conflict?.rules ?? []).map((rule) => {
        const { zh, en } = ruleWords(pack, programme, rule);
        return { rule, words: zh, wordsEn: en };
      }),
      smallest: conflict && conflict.isSmallest,
      most: conflict && mostWords(programme, conflict),
      notConsidered: planned.notConsidered.map(NotConsideredResponse.of),
      policyVersion,
    };
  }
}

/** Credit as decimal text; a floor on a number of outcomes is a number. */
function mostWords({ floors }: PlannedPath['programme'], { measured, most }: Conflict): string | null {
  if (most === null) return null;
  const floor = floors.find(({ code }) => measured === `floor ${code}`);
  return floor && countsOutcomes(floor) ? String(most) : formatCredit(most);
}

/** How much dearer than the best a plan may be, percent, rounded up. */
function gapPercent({ isCheapest, price, least }: { isCheapest: boolean; price: number; least: number }): number {
  return isCheapest || price === 0 ? 0 : Math.ceil((100 * (price - least)) / price);
}

function toStep(planned: PlannedPath, step: PlanStep): PlanStepResponse {
  const { pack } = planned;
  const { zh, en } = stepWords(pack, step);
  if (step.do === 'take') {
    const { code, studySeconds, creditCenti, creditType, meetings, facts } = step.course;
    return {
      do: 'take',
      words: zh,
      wordsEn: en,
      course: code,
      rule: null,
      studySeconds,
      credit: formatCredit(creditCenti),
      creditType,
      finishesOn: meetings ? facts.endsOn : null,
      amount: null,
      lots: [],
      earlier: [],
    };
  }
  return {
    do: 'convert',
    words: zh,
    wordsEn: en,
    course: null,
    rule: step.way.rule.code,
    studySeconds: 0,
    credit: formatCredit(step.brings[0]!.centi),
    creditType: step.brings[0]!.creditType,
    finishesOn: null,
    amount:
      step.way.rule.mode === 'ratio'
        ? formatCredit(step.taken.reduce((sum, { amountCenti }) => sum + amountCenti, 0))
        : null,
    lots: lotsOf(planned, step),
    earlier: step.taken.flatMap(earlierOf),
  };
}

/** Lots that are there and what is drawn of them, as the conversion will draw it. */
function lotsOf({ orders, startLots }: PlannedPath, step: ConvertStep): CountingLotResponse[] {
  return (orders.get(step)?.draws ?? []).flatMap(({ lot, amountCenti }) => {
    const title = startLots.get(lot);
    return title === undefined ? [] : [{ lot, title, amount: formatCredit(amountCenti) }];
  });
}

function earlierOf(taken: Taken): EarlierCreditResponse[] {
  const amount = formatCredit(taken.amountCenti);
  if (taken.from === 'course')
    return [{ course: taken.course.code, rule: null, creditType: taken.course.creditType, amount }];
  if (taken.from === 'lot') return [];
  const { creditType } = taken.step.brings.find(({ heap }) => heap === taken.heap)!;
  return [{ course: null, rule: taken.step.way.rule.code, creditType, amount }];
}
