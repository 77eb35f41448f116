import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';
import { parseCredit } from '../kernel/credit.js';
import { IsCreditText, IsDay, IsId, textRule } from '../platform/http/field-rules.js';
import { PageQuery } from '../platform/http/paging.js';
import { PlainText } from '../platform/http/plain-text.js';
import { CASE_STATES, type CaseState } from './domain/case-states.js';
import type { ReviewedWorth } from './domain/worth.js';
import { canonicalName } from './domain/outcome-identity.js';
import { RECOGNISED_CLASSES, type OutcomeContent, type RecognisedClass } from './domain/recognition-case.js';
import type { RequestedStep } from './take-case-step.service.js';

const CODE = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
const CODE_MESSAGE = '必须是代码（字母开头，最多 40 个字母、数字、- 或 _） must be a code';

const MayBeLeftOut = IsOptional;
export const IsCode = () => Matches(CODE, { message: CODE_MESSAGE });
/** A number on a paper: something is left of it when spaces and punctuation do not count. */
export const IsPaperNumber = () =>
  textRule(
    'isPaperNumber',
    '编号至少包含一个字母或数字 a number must have at least one letter or digit',
    (text) => canonicalName(text) !== '',
  );

/** What the paper says. */
export class OutcomeContentRequest {
  @ApiProperty({ enum: RECOGNISED_CLASSES, example: 'certificate', description: '成果类别 Class of outcome' })
  @IsIn(RECOGNISED_CLASSES)
  outcomeClass!: RecognisedClass;

  @ApiProperty({ example: '养老护理员（三级）', minLength: 1, maxLength: 120 })
  @PlainText(1, 120)
  title!: string;

  @ApiProperty({ example: '太原市职业技能鉴定中心', minLength: 1, maxLength: 120, description: '发证机构 Issuer' })
  @PlainText(1, 120)
  @IsPaperNumber()
  issuer!: string;

  @ApiPropertyOptional({ example: 'S000014010620240012', maxLength: 60, description: '证书编号 Certificate number' })
  @MayBeLeftOut()
  @PlainText(1, 60)
  @IsPaperNumber()
  certificateNumber?: string | null;

  @ApiProperty({ example: '2024-05-20', description: '取得日期 Day it was obtained' })
  @IsDay()
  obtainedOn!: string;

  @ApiPropertyOptional({ example: '4.00', description: '原始学分（证书所载） Raw credit, as on the paper' })
  @MayBeLeftOut()
  @IsCreditText()
  rawCredit?: string | null;

  @ApiPropertyOptional({ example: '120', description: '原始学时（证书所载） Raw hours, as on the paper' })
  @MayBeLeftOut()
  @IsCreditText()
  rawHours?: string | null;

  @ApiPropertyOptional({ example: '合格', maxLength: 20, description: '成绩（证书所载） Grade as on the paper' })
  @MayBeLeftOut()
  @PlainText(1, 20)
  rawGrade?: string | null;

  @ApiPropertyOptional({ example: '三级', maxLength: 20, description: '等级（证书所载） Level as on the paper' })
  @MayBeLeftOut()
  @PlainText(1, 20)
  rawLevel?: string | null;

  @ApiPropertyOptional({ example: 82, minimum: 0, maximum: 100, description: '百分制成绩 Grade out of 100' })
  @MayBeLeftOut()
  @IsInt()
  @Min(0)
  @Max(100)
  grade?: number | null;

  @ApiPropertyOptional({ example: 'ELDERLY-CARE-3', description: '成果目录项目 Item of the outcome catalogue' })
  @MayBeLeftOut()
  @IsCode()
  item?: string | null;
}

/** What the paper says, as the domain has it. */
export function toContent(request: OutcomeContentRequest): OutcomeContent {
  const { outcomeClass, title, issuer, certificateNumber, obtainedOn } = request;
  return {
    outcomeClass,
    title,
    issuer,
    certificateNumber: certificateNumber ?? null,
    obtainedOn,
    rawCenti: parseCredit(request.rawCredit ?? ''),
    rawHoursCenti: parseCredit(request.rawHours ?? ''),
    rawGrade: request.rawGrade ?? null,
    rawLevel: request.rawLevel ?? null,
    grade: request.grade ?? null,
    item: request.item ?? null,
  };
}

/** Whose outcome it is. A learner's own when neither is given. */
export class HolderRequest {
  @ApiPropertyOptional({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', description: '学习账户 Account' })
  @MayBeLeftOut()
  @IsId()
  learnerId?: string | null;

  @ApiPropertyOptional({ example: '140106000000019', maxLength: 40, description: '学习卡号 Card number' })
  @MayBeLeftOut()
  @IsString()
  @MinLength(1)
  @MaxLength(40)
  cardNumber?: string | null;
}

/** An outcome and its holder. */
export class EnterRecognitionRequest extends IntersectionType(OutcomeContentRequest, HolderRequest) {}

/** A word of the applicant with a step. */
export class CommentRequest {
  @ApiPropertyOptional({ example: '证书原件已带到窗口', maxLength: 400 })
  @MayBeLeftOut()
  @PlainText(1, 400)
  comment?: string | null;
}

/** Why somebody is not content with a decision. */
export class AppealRequest {
  @ApiProperty({ example: '该证书由省级机构统一编号，请核对', minLength: 2, maxLength: 400 })
  @PlainText(2, 400)
  comment!: string;
}

/** What an outcome outside the catalogue is worth. */
class WorthRequest {
  @ApiPropertyOptional({ example: 'vocational', description: '学分类型（目录外成果） Credit type' })
  @MayBeLeftOut()
  @IsCode()
  creditType?: string | null;

  @ApiPropertyOptional({ example: '3.00', description: '标准学分；省略则按规则折合 Standard credit; else by the rate' })
  @MayBeLeftOut()
  @IsCreditText()
  standardCredit?: string | null;

  @ApiPropertyOptional({ example: 'L3', description: '等级 Level in a scheme of the rules' })
  @MayBeLeftOut()
  @IsCode()
  level?: string | null;

  @ApiPropertyOptional({ example: true, description: '是否经过考核 Whether something was passed' })
  @MayBeLeftOut()
  @IsBoolean()
  assessed?: boolean | null;

  @ApiPropertyOptional({ example: '与原件核对一致', maxLength: 400 })
  @MayBeLeftOut()
  @PlainText(1, 400)
  comment?: string | null;

  @ApiPropertyOptional({ example: 'UNCLEAR-SCAN', description: '退回、不予认定、驳回的理由代码 Reason code' })
  @MayBeLeftOut()
  @IsCode()
  reasonCode?: string | null;
}

const VOTES = ['approved', 'rejected'] as const;
const REVIEW_OUTCOMES = ['approved', 'returned', 'rejected'] as const;
const APPEAL_OUTCOMES = ['upheld', 'dismissed'] as const;

/** What a reviewer decides. */
export class ReviewRequest extends WorthRequest {
  @ApiProperty({ enum: REVIEW_OUTCOMES, example: 'approved' })
  @IsIn(REVIEW_OUTCOMES)
  outcome!: (typeof REVIEW_OUTCOMES)[number];
}

/** One vote of a panel on the worth that the first reviewer named. */
export class PanelVoteRequest {
  @ApiProperty({ enum: VOTES, example: 'approved' })
  @IsIn(VOTES)
  outcome!: (typeof VOTES)[number];

  @ApiPropertyOptional({ example: '学习量与所定学分相称', maxLength: 400 })
  @MayBeLeftOut()
  @PlainText(1, 400)
  comment?: string | null;

  @ApiPropertyOptional({ example: 'NOT-IN-SCOPE', description: '不同意时的理由代码 Reason code of a vote against' })
  @MayBeLeftOut()
  @IsCode()
  reasonCode?: string | null;
}

/** How an appeal ends. */
export class AppealDecisionRequest extends WorthRequest {
  @ApiProperty({ enum: APPEAL_OUTCOMES, example: 'upheld' })
  @IsIn(APPEAL_OUTCOMES)
  outcome!: (typeof APPEAL_OUTCOMES)[number];
}

/** What a reviewer asks for, as a step. */
export function toReview(
  step: 'preliminary-review' | 'final-review' | 'appeal-decision',
  { outcome, comment, reasonCode, ...given }: ReviewRequest | AppealDecisionRequest,
): RequestedStep {
  const worth: ReviewedWorth = {
    creditType: given.creditType ?? null,
    centi: parseCredit(given.standardCredit ?? ''),
    level: given.level ?? null,
    isAssessed: given.assessed ?? null,
  };
  const isGiven = Object.values(worth).some((value) => value !== null);
  return {
    step,
    outcome,
    comment: comment ?? null,
    reasonCode: reasonCode ?? null,
    worth: isGiven ? worth : null,
  };
}

/** Which cases a list shows. */
export class RecognitionQuery extends PageQuery {
  @ApiPropertyOptional({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', description: '只看该学习者 Of one learner' })
  @MayBeLeftOut()
  @IsId()
  learnerId?: string;

  @ApiPropertyOptional({ enum: CASE_STATES })
  @MayBeLeftOut()
  @IsIn(CASE_STATES)
  state?: CaseState;

  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false', description: '只看已超期的 Only those overdue' })
  @MayBeLeftOut()
  @IsIn(['true', 'false'])
  overdue?: 'true' | 'false';
}
