import { ApiProperty } from '@nestjs/swagger';
import { formatCredit } from '../kernel/credit.js';
import { OBJECTIVES, type Objective } from './domain/lay-out-plan.js';
import type { PlanStep } from './domain/plan-path.js';
import { ruleWords, stepWords } from './domain/plan-words.js';
import type { PlannedPath } from './plan-path.service.js';
import { CountingLotResponse, ProgressResponse } from './programme.response.js';

const STATUSES = ['met', 'plan', 'impossible'] as const;
const STEP_KINDS = ['take', 'convert'] as const;

/** One thing to do, in the order of the plan. */
export class PlanStepResponse {
  @ApiProperty({ enum: STEP_KINDS }) do!: (typeof STEP_KINDS)[number];
  @ApiProperty({ example: '修读《…》剩余的 10 次课（15 小时），取得 1.11 文化休闲学分' }) words!: string;
  @ApiProperty({ example: 'take the 10 remaining sessions of …' }) wordsEn!: string;
  @ApiProperty({ example: 'KC-0001', nullable: true, type: String, description: '课程 Course, to take' })
  course!: string | null;
  @ApiProperty({ example: null, nullable: true, type: String, description: '转换规则 Rule, to convert' })
  rule!: string | null;
  @ApiProperty({ example: 54_000 }) studySeconds!: number;
  @ApiProperty({ example: '1.11', description: '所得学分 Credit it brings' }) credit!: string;
  @ApiProperty({ example: 'leisure' }) creditType!: string;
  @ApiProperty({ example: '2024-09-30', nullable: true, type: String }) finishesOn!: string | null;
  @ApiProperty({ type: [CountingLotResponse], description: '转出的批次 Lots that are converted' })
  lots!: CountingLotResponse[];
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
    description: '不能同时满足的最小一组规则 Smallest set of rules that clash',
  })
  conflict!: ConflictRuleResponse[];
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: '冲突中第一条要求最多能达到的学分 Most credit the first thing asked in the conflict can reach',
  })
  most!: string | null;
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
      steps: steps.map((step) => toStep(planned, step)),
      studySeconds: courses.reduce((sum, { studySeconds }) => sum + studySeconds, 0),
      cost: objective === 'cost' ? courses.reduce((sum, { code }) => sum + (costs.get(code) ?? 0), 0) : null,
      finishesOn: courses.every(({ meetings }) => meetings !== null) ? (days.at(-1) ?? null) : null,
      promised: promised && ProgressResponse.of({ programme, policyVersion, ...promised }),
      conflict: (conflict?.rules ?? []).map((rule) => {
        const { zh, en } = ruleWords(pack, programme, rule);
        return { rule, words: zh, wordsEn: en };
      }),
      most: conflict?.most == null ? null : formatCredit(conflict.most),
      policyVersion,
    };
  }
}

function toStep({ pack }: PlannedPath, step: PlanStep): PlanStepResponse {
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
      lots: [],
    };
  }
  return {
    do: 'convert',
    words: zh,
    wordsEn: en,
    course: null,
    rule: step.conversion.code,
    studySeconds: 0,
    credit: formatCredit(step.toCenti),
    creditType: step.conversion.to,
    finishesOn: null,
    lots: step.taken.flatMap((taken) =>
      taken.from === 'lot'
        ? [{ lot: taken.lot.lot.lot, title: taken.lot.facts.title, amount: formatCredit(taken.amountCenti) }]
        : [],
    ),
  };
}
