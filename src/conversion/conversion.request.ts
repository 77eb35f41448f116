import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { IsCreditText, IsId } from '../platform/http/field-rules.js';
import { parseCredit } from '../kernel/credit.js';
import type { ConversionAsked } from './convert-credit.service.js';

const TYPE_CODE = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
const TYPE_MESSAGE = '必须是学分类型代码 must be the code of a credit type';

/** So much of one type of a learner's credit, to become another type. */
export class ConversionRequest {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e' })
  @IsId()
  learnerId!: string;

  @ApiProperty({ example: 'leisure' })
  @Matches(TYPE_CODE, { message: TYPE_MESSAGE })
  from!: string;

  @ApiProperty({ example: 'vocational' })
  @Matches(TYPE_CODE, { message: TYPE_MESSAGE })
  to!: string;

  @ApiProperty({ example: '2.00', description: '转出的学分 Credit of the source type to give up' })
  @IsCreditText()
  amount!: string;
}

/** What a checked request asks for. */
export function toConversion({ learnerId, from, to, amount }: ConversionRequest): ConversionAsked {
  return { learnerId, from, to, fromCenti: parseCredit(amount)! };
}
