import { ApiProperty } from '@nestjs/swagger';
import { shanghaiDay, toIsoInstant } from '../kernel/clock.js';
import { formatCredit } from '../kernel/credit.js';
import { entryId } from '../ledger/domain/entry.js';
import { isCalendarKnown } from '../policy/domain/calendar.js';
import { ROLES } from '../platform/auth/caller.js';
import { CASE_STATES, STEP_NAMES } from './domain/case-states.js';
import type { WorthDecision } from './domain/decide-worth.js';
import { panelOf, votesOf, type PanelVote } from './domain/panel.js';
import type { ReviewedWorth } from './domain/worth.js';
import {
  RECOGNISED_CLASSES,
  replacedCredit,
  type CaseStep,
  type EvidenceFile,
  type RecognitionCase,
  type StandardCredit,
} from './domain/recognition-case.js';
import type { GrantedCredit } from './granted-credit.js';

const ID = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';
const INSTANT = '2024-06-10T02:00:00.000Z';
const POLICY = 'taiyuan-default@2024.1';
const nullableText = (example: string | null) => ({ example, nullable: true, type: String });

const text = (centi: number | null) => (centi === null ? null : formatCredit(centi));

/** Raw credit (原始学分): what the issuer's paper says. */
export class RawCreditResponse {
  @ApiProperty(nullableText('4.00')) credit!: string | null;
  @ApiProperty(nullableText('120.00')) hours!: string | null;
  @ApiProperty(nullableText('合格')) grade!: string | null;
  @ApiProperty(nullableText('三级')) level!: string | null;

  static of({ content }: RecognitionCase): RawCreditResponse {
    const { rawCenti, rawHoursCenti, rawGrade, rawLevel } = content;
    return { credit: text(rawCenti), hours: text(rawHoursCenti), grade: rawGrade, level: rawLevel };
  }
}

/** Standard credit (标准学分): what the bank recognised. */
export class StandardCreditResponse {
  @ApiProperty({ example: '3.00' }) credit!: string;
  @ApiProperty({ example: 'vocational' }) creditType!: string;
  @ApiProperty(nullableText('L3')) level!: string | null;
  @ApiProperty(nullableText('2031-05-20')) validUntil!: string | null;
  @ApiProperty({ example: true }) assessed!: boolean;
  @ApiProperty({ example: POLICY }) policyVersion!: string;
  @ApiProperty({ example: `${ID}.12`, description: '入账分录 Its entry' }) entryId!: string;

  static of(learnerId: string, standard: StandardCredit | null): StandardCreditResponse | null {
    if (!standard) return null;
    const { centi, isAssessed, entryVersion, ...same } = standard;
    return { ...same, credit: formatCredit(centi), assessed: isAssessed, entryId: entryId(learnerId, entryVersion) };
  }
}

/** So much credit of one type. */
export class GrantedAmountResponse {
  @ApiProperty({ example: 'degree' }) creditType!: string;
  @ApiProperty({ example: '2.00' }) credit!: string;
}

/** Granted credit (认定学分): what one conversion gave for it. */
export class GrantedCreditResponse {
  @ApiProperty({ example: `${ID}.14` }) conversionId!: string;
  @ApiProperty(nullableText('leisure-to-vocational')) rule!: string | null;
  @ApiProperty(nullableText(POLICY)) policyVersion!: string | null;
  @ApiProperty({ example: '2.00', description: '取用的标准学分 Standard credit it took' }) taken!: string;
  @ApiProperty({ type: [GrantedAmountResponse], description: '该次转换转入 What the whole conversion brought in' })
  granted!: GrantedAmountResponse[];

  static of(learnerId: string, { version, rule, policyVersion, takenCenti, granted }: GrantedCredit) {
    return {
      conversionId: entryId(learnerId, version),
      rule,
      policyVersion,
      taken: formatCredit(takenCenti),
      granted: granted.map(({ creditType, centi }) => ({ creditType, credit: formatCredit(centi) })),
    };
  }
}

/** The days a case takes: the clock runs while the bank owes a step. */
export class ReviewClockResponse {
  @ApiProperty({ enum: ['running', 'stopped'] }) clock!: string;
  @ApiProperty({ ...nullableText('2024-07-01'), description: '办理期限 Last day for the next step' }) dueOn!:
    string | null;
  @ApiProperty({ example: false }) overdue!: boolean;
  @ApiProperty({
    example: false,
    description:
      '期限超出规则包已知的节假日，按周末推算 Counted past the holidays that the rules know, by weekends alone',
  })
  provisional!: boolean;

  static of({ dueOn, calendarKnownUntil }: RecognitionCase, today: string): ReviewClockResponse {
    return {
      clock: dueOn === null ? 'stopped' : 'running',
      dueOn,
      overdue: dueOn !== null && dueOn < today,
      provisional: dueOn !== null && !isCalendarKnown({ knownUntil: calendarKnownUntil ?? null }, dueOn),
    };
  }
}

/** One question the rules asked, and the answer. */
export class WorthCheckResponse {
  @ApiProperty({ enum: ['item', 'worth', 'level', 'validity', 'title', 'cap'] }) check!: string;
  @ApiProperty({ example: true }) passed!: boolean;
  @ApiProperty({ ...nullableText(null), description: '未通过时的问题代码 Problem code when it failed' }) code!:
    string | null;
  @ApiProperty({ type: Object, example: { cap: 'certificates', limit: '3', used: '1', left: '2', asked: '1' } })
  facts!: unknown;
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
      checks: checks.map(({ check, isPassed, code, facts }) => ({ check, passed: isPassed, code, facts })),
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

/** The panel that decides the case, and how far it is. */
export class PanelResponse {
  @ApiProperty({ example: 'collective' }) code!: string;
  @ApiProperty({ example: 3, description: '评议人数 People who vote' }) seats!: number;
  @ApiProperty({ example: 2, description: '认定所需票数 Votes in favour that recognise it' }) inFavour!: number;
  @ApiProperty({ example: 0, description: '行业专家席位 Seats of experts' }) expertSeats!: number;
  @ApiProperty({ example: 1, description: '已投票数 Votes given' }) votes!: number;

  static of(file: RecognitionCase): PanelResponse | null {
    const panel = panelOf(file);
    if (!panel) return null;
    const { code, seats, inFavour, expertSeats } = panel;
    return { code, seats, inFavour, expertSeats, votes: votesOf(file).length };
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
  @ApiProperty({ enum: ['approved', 'rejected'], nullable: true, description: '评议投票 A vote' }) vote!: string | null;
  @ApiProperty({ example: false, description: '以行业专家身份投票 The vote of an expert' }) expert!: boolean;

  static of({ sequence, step, stateAfter, role, actor, recordedAt, detail, ...same }: CaseStep): CaseStepResponse {
    const { decision, vote, isExpert, ...worth } = (detail ?? {}) as Partial<ReviewedWorth & PanelVote> & {
      decision?: WorthDecision;
    };
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
    };
  }
}

/** A file of evidence; its bytes are fetched by its hash. */
export class EvidenceFileResponse {
  @ApiProperty({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }) contentHash!: string;
  @ApiProperty({ example: '证书.pdf' }) fileName!: string;
  @ApiProperty({ example: 'application/pdf' }) mediaType!: string;
  @ApiProperty({ example: 182_044 }) bytes!: number;
  @ApiProperty({ example: INSTANT }) addedAt!: string;

  static of({ contentHash, fileName, mediaType, bytes, addedAt }: EvidenceFile): EvidenceFileResponse {
    return { contentHash, fileName, mediaType, bytes, addedAt: toIsoInstant(addedAt) };
  }
}

/** A case in a list. */
export class RecognitionSummaryResponse {
  @ApiProperty({ example: ID }) recognitionId!: string;
  @ApiProperty({ example: ID }) learnerId!: string;
  @ApiProperty({ enum: CASE_STATES, example: 'submitted' }) state!: string;
  @ApiProperty({ enum: RECOGNISED_CLASSES, example: 'certificate' }) outcomeClass!: string;
  @ApiProperty({ example: '养老护理员（三级）' }) title!: string;
  @ApiProperty({ example: '太原市职业技能鉴定中心' }) issuer!: string;
  @ApiProperty({ example: '2024-05-20' }) obtainedOn!: string;
  @ApiProperty(nullableText('ELDERLY-CARE-3')) item!: string | null;
  @ApiProperty({ type: ReviewClockResponse }) review!: ReviewClockResponse;

  static of(file: RecognitionCase, today: string): RecognitionSummaryResponse {
    const { recognitionId, learnerId, state, content } = file;
    const { outcomeClass, title, issuer, obtainedOn, item } = content;
    const review = ReviewClockResponse.of(file, today);
    return { recognitionId, learnerId, state, outcomeClass, title, issuer, obtainedOn, item, review };
  }
}

/** A page of cases. */
export class RecognitionPageResponse {
  @ApiProperty({ type: [RecognitionSummaryResponse] }) items!: RecognitionSummaryResponse[];
  @ApiProperty(nullableText(null)) next!: string | null;
}

/** A case with its whole story: raw, standard and granted credit side by side. */
export class RecognitionResponse extends RecognitionSummaryResponse {
  @ApiProperty(nullableText('S000014010620240012')) certificateNumber!: string | null;
  @ApiProperty({ example: 82, nullable: true, type: Number }) grade!: number | null;
  @ApiProperty({ ...nullableText(POLICY), description: '决定本申请的规则 Rules that decide it' }) policyVersion!:
    string | null;
  @ApiProperty({ type: RawCreditResponse }) raw!: RawCreditResponse;
  @ApiProperty({ type: StandardCreditResponse, nullable: true }) standard!: StandardCreditResponse | null;
  @ApiProperty({ type: [StandardCreditResponse], description: '申诉改定前的认定 What appeals have replaced' })
  replaced!: StandardCreditResponse[];
  @ApiProperty({ type: [GrantedCreditResponse] }) granted!: GrantedCreditResponse[];
  @ApiProperty({ type: PanelResponse, nullable: true }) panel!: PanelResponse | null;
  @ApiProperty({ type: [EvidenceFileResponse] }) evidence!: EvidenceFileResponse[];
  @ApiProperty({ type: [CaseStepResponse] }) steps!: CaseStepResponse[];

  static override of(file: RecognitionCase, today: string, granted: GrantedCredit[] = []): RecognitionResponse {
    const { content, policyVersion, evidence, steps } = file;
    return {
      ...RecognitionSummaryResponse.of(file, today),
      certificateNumber: content.certificateNumber,
      grade: content.grade,
      policyVersion,
      raw: RawCreditResponse.of(file),
      standard: StandardCreditResponse.of(file.learnerId, file.standard),
      replaced: replacedCredit(file).map((each) => StandardCreditResponse.of(file.learnerId, each)!),
      granted: granted.map((each) => GrantedCreditResponse.of(file.learnerId, each)),
      panel: PanelResponse.of(file),
      evidence: evidence.map(EvidenceFileResponse.of),
      steps: steps.map(CaseStepResponse.of),
    };
  }

  /** The case as a step left it. The same answer whenever the step is asked for again. */
  static after(file: RecognitionCase): RecognitionResponse {
    return RecognitionResponse.of(file, shanghaiDay(file.steps.at(-1)!.recordedAt));
  }
}
