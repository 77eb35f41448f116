import { ApiProperty } from '@nestjs/swagger';
import { shanghaiDay, toIsoInstant } from '../kernel/clock.js';
import { formatCredit } from '../kernel/credit.js';
import { entryId } from '../ledger/domain/entry.js';
import { isCalendarKnown } from '../policy/domain/calendar.js';
import { CaseStepResponse, PanelResponse } from './case-step.response.js';
import { CaseFlagResponse } from './case-flag.response.js';
import type { CaseFlag } from './domain/case-flags.js';
import { CASE_STATES } from './domain/case-states.js';
import {
  RECOGNISED_CLASSES,
  replacedCredit,
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
  @ApiProperty({
    type: [CaseFlagResponse],
    nullable: true,
    description:
      '提请审核人留意，只在查看申请时给登记员和审计员；其他为 null What reviewers should look at twice; null but for a registrar or auditor who opens the case',
  })
  flags!: CaseFlagResponse[] | null;

  static override of(
    file: RecognitionCase,
    today: string,
    granted: GrantedCredit[] = [],
    flags: CaseFlag[] | null = null,
  ): RecognitionResponse {
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
      flags: flags && flags.map(CaseFlagResponse.of),
    };
  }

  /** The case as a step left it. The same answer whenever the step is asked for again. */
  static after(file: RecognitionCase): RecognitionResponse {
    return RecognitionResponse.of(file, shanghaiDay(file.steps.at(-1)!.recordedAt));
  }
}
