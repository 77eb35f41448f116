import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Equals, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { IsDay } from '../platform/http/field-rules.js';
import { PlainText } from '../platform/http/plain-text.js';
import { IDENTITY_TYPES, type IdentityType } from './domain/identity-number.js';

const UNIT_CODE = /^\d{6}(\d{3}){0,2}$/;
/** Longer than any document, so that a whole file pasted into the field is not worked on. */
const MAX_IDENTITY_TEXT = 40;

/** An identity document; it stands in a body and never in an address. */
export class LookUpLearnerRequest {
  @ApiProperty({ enum: IDENTITY_TYPES, example: 'RESIDENT_ID', description: '证件类型 Kind of document' })
  @IsIn(IDENTITY_TYPES, { message: `证件类型须为 must be one of ${IDENTITY_TYPES.join(', ')}` })
  identityType!: IdentityType;

  @ApiProperty({
    example: '140105190001010015',
    maxLength: MAX_IDENTITY_TEXT,
    description:
      '证件号码；全角、空格和小写 x 均可 Number as on the document; full-width digits, spaces and x are fine',
  })
  @IsString()
  @MaxLength(MAX_IDENTITY_TEXT, { message: '证件号码过长 is longer than any document number' })
  identityNumber!: string;
}

/** What opening an account needs; no telephone and no smartphone. */
export class OpenAccountRequest extends LookUpLearnerRequest {
  @ApiProperty({ example: '张示例', minLength: 1, maxLength: 60, description: '证件上的姓名 Name as on the document' })
  @PlainText(1, 60)
  name!: string;

  @ApiProperty({ example: '140106001901', description: '所属行政区划代码 Administrative unit the learner belongs to' })
  @Matches(UNIT_CODE, { message: '区划代码为 6、9 或 12 位数字 must have 6, 9 or 12 digits' })
  unitCode!: string;

  @ApiProperty({ example: true, enum: [true], description: '本人已同意建档 The person agreed to be on record' })
  @Equals(true, { message: '必须征得本人同意 must be true: the person has to agree first' })
  consentGiven!: true;

  @ApiPropertyOptional({ example: '2024-06-03', description: '开户日，默认今天 Day of opening, default today' })
  @IsOptional()
  @IsDay()
  openedOn?: string;
}

/** Why an account changes. */
export class ChangeAccountRequest {
  @ApiProperty({
    example: '本人申请',
    minLength: 1,
    maxLength: 200,
    description: '原因，本人可见 Shown to the learner',
  })
  @PlainText(1, 200)
  reason!: string;
}

/** Where a card is issued. */
export class IssueCardRequest {
  @ApiProperty({ example: '140106', description: '发卡县（市、区）代码 County, district or county-level city' })
  @Matches(/^\d{6}$/, { message: '县级代码为 6 位数字 must have 6 digits' })
  countyCode!: string;
}
