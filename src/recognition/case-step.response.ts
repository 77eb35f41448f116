import { ApiProperty } from '@nestjs/swagger';
import { toIsoInstant } from '../kernel/clock.js';
import { formatCredit } from '../kernel/credit.js';
import type { RefusalCode } from '../kernel/refusal.js';
import { ROLES } from '../platform/auth/caller.js';
import { toProblem } from '../platform/problems/problem.js';
import type { Named } from '../policy/domain/schema-parts.js';
import { CASE_STATES, STEP_NAMES, type CaseState } from './domain/case-states.js';
import type { WorthDecision } from './domain/decide-worth.js';
import { appealPanelOf, appealVotesOf, type AppealVote } from './domain/appeal-panel.js';
import { panelOf, votesOf, type PanelVote } from './domain/panel.js';
import type { CaseStep, RecognitionCase } from './domain/recognition-case.js';
import type { ReviewedWorth, WorthCheck } from './domain/worth.js';
import { passedWords } from './domain/worth-words.js';

const ID = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';
const INSTANT = '2024-06-10T02:00:00.000Z';
const POLICY = 'taiyuan-default@2024.1';
const nullableText = (example: string | null) => ({ example, nullable: true, type: String });

const text = (centi: number | null) => (centi === null ? null : formatCredit(centi));

/** One question the rules asked, and the answer. */
export class WorthCheckResponse {
  @ApiProperty({ enum: ['item', 'worth', 'level', 'validity', 'title', 'cap'] }) check!: string;
  @ApiProperty({ example: true }) passed!: boolean;
  @ApiProperty({ ...nullableText(null), description: '未通过时的问题代码 Problem code when it failed' }) code!:
    string | null;
  @ApiProperty({ example: '证书数量：上限 3，已用 1，尚余 2，申请 1，计入 1' }) words!: string;
  @ApiProperty({ example: 'Certificates: limit 3, used 1, left 2, asked 1, counted 1' }) wordsEn!: string;
  @ApiProperty({ type: Object, example: { cap: 'certificates', limit: '3', used: '1', left: '2', asked: '1' } })
  facts!: unknown;

  static of(told: WorthCheck): WorthCheckResponse {
    const { check, isPassed, code, facts } = told;
    const { zh, en } = code === null ? passedWords(told) : failedWords(code, facts);
    return { check, passed: isPassed, code, words: zh, wordsEn: en, facts };
  }
}

function failedWords(code: RefusalCode, facts: WorthCheck['facts']): Named {
  const { detail, detailEn } = toProblem({ code, details: facts });
  return { zh: detail, en: detailEn };
}

/** A decision that explains itself: from raw to standard credit, check by check. */
export class WorthDecisionResponse {
  @ApiProperty({ example: POLICY }) policyVersion!: string;
  @ApiProperty(nullableText('ELDERLY-CARE-3')) item!: string | null;
  @ApiProperty(nullableText('4.00')) raw!: string | null;
  @ApiProperty({ example: '3.00', description: '未计上限前 Before any cap' }) asked!: string;
  @ApiProperty({ example: '3.00' }) standard!: string;
  @ApiProperty({ example: 'vocational' }) creditType!: string;
  @ApiProperty({ type: [WorthCheckResponse] }) checks!: WorthCheckResponse[];

  static of(decision: WorthDecision): WorthDecisionResponse {
    const { policyVersion, item, rawCenti, askedCenti, centi, creditType, checks } = decision;
    return {
      policyVersion,
      item,
      raw: text(rawCenti),
      asked: formatCredit(askedCenti),
      standard: formatCredit(centi),
      creditType,
      checks: checks.map(WorthCheckResponse.of),
    };
  }
}

/** What a reviewer said it is worth. */
export class ReviewedWorthResponse {
  @ApiProperty(nullableText('vocational')) creditType!: string | null;
  @ApiProperty(nullableText('3.00')) standardCredit!: string | null;
  @ApiProperty(nullableText('L3')) level!: string | null;
  @ApiProperty({ example: true, nullable: true, type: Boolean }) assessed!: boolean | null;
}

/** States in which an appeal waits for its decision. */
const HEARD_IN: CaseState[] = ['appealed', 'contested'];

/** The panel that decides the case or the appeal in it, and how far it is. */
export class PanelResponse {
  @ApiProperty({ example: 'collective' }) code!: string;
  @ApiProperty({ example: 3, description: '评议人数 People who vote' }) seats!: number;
  @ApiProperty({ example: 2, description: '认定所需票数 Votes in favour that recognise it' }) inFavour!: number;
  @ApiProperty({ example: 0, description: '行业专家席位 Seats of experts' }) expertSeats!: number;
  @ApiProperty({ example: 1, description: '已投票数 Votes given' }) votes!: number;

  @ApiProperty({ example: false, description: '是否评议申诉 Whether it hears an appeal' }) onAppeal!: boolean;

  static of(file: RecognitionCase): PanelResponse | null {
    const onAppeal = HEARD_IN.includes(file.state) || appealVotesOf(file).length > 0;
    const panel = onAppeal ? appealPanelOf(file) : panelOf(file);
    if (!panel) return null;
    const { code, seats, inFavour, expertSeats } = panel;
    const votes = (onAppeal ? appealVotesOf(file) : votesOf(file)).length;
    return { code, seats, inFavour, expertSeats, votes, onAppeal };
  }
}

/** One thing that was done to the case. */
export class CaseStepResponse {
  @ApiProperty({ example: 3 }) sequence!: number;
  @ApiProperty({ enum: STEP_NAMES, example: 'preliminary-review' }) step!: string;
  @ApiProperty({ enum: CASE_STATES, example: 'preliminarily-approved' }) state!: string;
  @ApiProperty({ enum: ROLES, example: 'registrar' }) role!: string;
  @ApiProperty({ example: ID, description: '经办密钥 The key that acted' }) actor!: string;
  @ApiProperty({ example: INSTANT }) recordedAt!: string;
  @ApiProperty(nullableText('与原件核对一致')) comment!: string | null;
  @ApiProperty(nullableText(null)) reasonCode!: string | null;
  @ApiProperty(nullableText(POLICY)) policyVersion!: string | null;
  @ApiProperty({ type: ReviewedWorthResponse, nullable: true }) worth!: ReviewedWorthResponse | null;
  @ApiProperty({ type: WorthDecisionResponse, nullable: true }) decision!: WorthDecisionResponse | null;
  @ApiProperty({
    enum: ['approved', 'rejected', 'upheld', 'dismissed'],
    nullable: true,
    description: '评议投票 A vote',
  })
  vote!: string | null;
  @ApiProperty({ example: false, description: '以行业专家身份投票 The vote of an expert' }) expert!: boolean;

  @ApiProperty({
    ...nullableText(null),
    description: '评议通过而规则不允许时的问题代码 Why the rules refused what a panel was for',
  })
  refusal!: string | null;

  static of({ sequence, step, stateAfter, role, actor, recordedAt, detail, ...same }: CaseStep): CaseStepResponse {
    const { decision, refusal, vote, isExpert, ...worth } = (detail ?? {}) as Partial<ReviewedWorth> & {
      decision?: WorthDecision;
      refusal?: string;
    } & Partial<PanelVote | AppealVote>;
    const { comment, reasonCode, policyVersion } = same;
    return {
      sequence,
      step,
      state: stateAfter,
      role,
      actor,
      recordedAt: toIsoInstant(recordedAt),
      comment,
      reasonCode,
      policyVersion,
      worth:
        worth.creditType === undefined
          ? null
          : {
              creditType: worth.creditType,
              standardCredit: text(worth.centi ?? null),
              level: worth.level ?? null,
              assessed: worth.isAssessed ?? null,
            },
      decision: decision ? WorthDecisionResponse.of(decision) : null,
      vote: vote ?? null,
      expert: isExpert ?? false,
      refusal: refusal ?? null,
    };
  }
}
