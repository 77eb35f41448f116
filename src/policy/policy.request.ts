import { Injectable, type PipeTransform } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { Refusal } from '../kernel/refusal.js';
import { PlainText } from '../platform/http/plain-text.js';

const VERSION = /^[A-Za-z][A-Za-z0-9_-]{0,39}@[0-9A-Za-z.-]{1,20}$/;

/** A version in an address. What cannot be one names nothing: `policy-unknown`, before a database sees it. */
@Injectable()
export class PolicyVersionName implements PipeTransform<string, string> {
  transform(text: string): string {
    if (!VERSION.test(text)) throw new Refusal('policy-unknown');
    return text;
  }
}

/** What goes with a draft or a publication. */
export class PolicyCommentRequest {
  @ApiPropertyOptional({ example: '按 2024 年第 4 号文调整折算标准', minLength: 1, maxLength: 500 })
  @IsOptional()
  @PlainText(1, 500)
  comment?: string;
}

/** What goes with a review. */
export class PolicyReviewRequest extends PolicyCommentRequest {
  @ApiPropertyOptional({
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    description: '您读过的内容的散列；内容已变则拒绝 Hash of the content you have read; refused when it has changed',
  })
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/, { message: '必须是 64 位十六进制散列 must be 64 hexadecimal characters' })
  contentHash?: string;
}

/** Which rule to explain. */
export class ExplanationQuery {
  @ApiPropertyOptional({
    example: 'leisure-to-vocational',
    description: '只说这个代码的规则 Only the rules of this code',
  })
  @IsOptional()
  @Matches(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, { message: '必须是规则代码 must be the code of a rule' })
  code?: string;
}
