import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  type ValidationArguments,
} from 'class-validator';
import { parseCredit } from '../kernel/credit.js';
import { IsCreditText, IsId } from '../platform/http/field-rules.js';
import { PlainText } from '../platform/http/plain-text.js';
import type { AdviceQuestion } from './advise-course.service.js';
import type { ConversionQuestion } from './convert-credit.service.js';

const CODE = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
const CODE_MESSAGE = '必须是规则包中的代码 must be a code of the policy pack';
const IsCode = () => Matches(CODE, { message: CODE_MESSAGE });

/** May be left out, but not null. */
const MayBeAbsent = () => ValidateIf((_, value) => value !== undefined);
/** Must be there unless a rule is named that says it. */
const UnlessRuleSays = () =>
  ValidateIf((body: ConversionRequest, value) => value !== undefined || body.rule === undefined);

/** A question of conversion: so much of one type into another, or a rule by its code, with whatever narrows it down. */
export class ConversionRequest {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e' })
  @IsId()
  learnerId!: string;

  @ApiPropertyOptional({
    example: 'leisure',
    description: '来源学分类型；指明规则时可省略 Source type; may be left out with a rule',
  })
  @UnlessRuleSays()
  @IsCode()
  from?: string;

  @ApiPropertyOptional({
    example: 'vocational',
    description: '目标学分类型；指明规则时可省略 Target type; may be left out with a rule',
  })
  @UnlessRuleSays()
  @IsCode()
  to?: string;

  @ApiPropertyOptional({
    example: '2.00',
    description: '转出的学分；规则自定数量时可省略 Credit to give up; may be left out where the named rule fixes it',
  })
  @UnlessRuleSays()
  @IsCreditText()
  amount?: string;

  @ApiPropertyOptional({ example: 'leisure-to-vocational', description: '规则代码 A rule by its code' })
  @MayBeAbsent()
  @IsCode()
  rule?: string;

  @ApiPropertyOptional({ example: 'community-care', description: '计入的项目 Award it shall count towards' })
  @MayBeAbsent()
  @IsCode()
  programme?: string;

  @ApiPropertyOptional({
    type: [Number],
    example: [3],
    description: '只用这些批次；省略则先到期者先用 These lots and no others; left out: soonest to expire first',
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(1_000_000_000, { each: true })
  lots?: number[];

  @ApiPropertyOptional({
    example: '0f6c2d1e8b7a4f3c9d5e6a7b8c9d0e1f',
    description: '试算所依据的状态；有变则拒绝执行 State the quote looked at; executing refuses when it has changed',
  })
  @MayBeAbsent()
  @Matches(/^[0-9a-f]{32}$/, { message: '须原样取自试算结果 must be taken from a quote as it is' })
  fingerprint?: string;
}

/** What a checked request asks for. */
export function toQuestion({ amount, ...question }: ConversionRequest): ConversionQuestion {
  return { ...question, fromCenti: amount === undefined ? undefined : parseCredit(amount)! };
}

/** Why a held conversion is approved. */
export class ApprovalRequest {
  @ApiPropertyOptional({ example: '材料齐全', minLength: 2, maxLength: 200 })
  @MayBeAbsent()
  @PlainText(2, 200)
  reason?: string;
}

/** Why a held conversion is refused. */
export class RefusalRequest {
  @ApiProperty({ example: '与培养方案不符', minLength: 2, maxLength: 200 })
  @PlainText(2, 200)
  reason!: string;
}

/** An outcome is no course: of both nobody knows which is meant. */
const IsOnlySubject = () =>
  ValidateBy({
    name: 'isOnlySubject',
    validator: {
      validate: (_, args?: ValidationArguments) => {
        const { courseId, sessionId } = args?.object as AdviceRequest;
        return courseId === undefined && sessionId === undefined;
      },
      defaultMessage: () =>
        '不能与 courseId 或 sessionId 同时填写 must not be given together with courseId or sessionId',
    },
  });

/** Something a learner thinks of doing: a course, a session, or an outcome of the catalogue of elsewhere. */
export class AdviceRequest {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e' })
  @IsId()
  learnerId!: string;

  @ApiPropertyOptional({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4f', description: '课程 A course' })
  @ValidateIf((body: AdviceRequest, value) => value !== undefined || isWithoutSubject(body))
  @IsId()
  courseId?: string;

  @ApiPropertyOptional({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d50', description: '一次课 One session' })
  @MayBeAbsent()
  @IsId()
  sessionId?: string;

  @ApiPropertyOptional({ example: 'postal-clerk-4', description: '成果目录中的代码 Code in the catalogue of outcomes' })
  @MayBeAbsent()
  @IsOnlySubject()
  @IsCode()
  outcome?: string;

  @ApiPropertyOptional({ example: 'community-care', description: '只看这一项目 Only towards this award' })
  @MayBeAbsent()
  @IsCode()
  programme?: string;
}

function isWithoutSubject({ sessionId, outcome }: AdviceRequest): boolean {
  return sessionId === undefined && outcome === undefined;
}

/** What a checked request asks advice on; of several subjects the most exact one. */
export function toAdviceQuestion({
  learnerId,
  courseId,
  sessionId,
  outcome,
  programme,
}: AdviceRequest): AdviceQuestion {
  return {
    ...{ learnerId, courseId: courseId ?? null, sessionId: sessionId ?? null },
    ...{ outcome: outcome ?? null, programme: programme ?? null },
  };
}

/** Which rules to look at. */
export class RulesQuery {
  @ApiPropertyOptional({ example: 'leisure', description: '来源学分类型 Type of credit to give up' })
  @MayBeAbsent()
  @IsCode()
  from?: string;

  @ApiPropertyOptional({ example: 'vocational', description: '目标学分类型或项目 Type of credit to get, or an award' })
  @MayBeAbsent()
  @IsCode()
  to?: string;
}
