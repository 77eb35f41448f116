import { ApiProperty } from '@nestjs/swagger';
import { formatCredit } from '../kernel/credit.js';
import type { Named } from '../policy/domain/schema-parts.js';
import { conversionWords } from '../policy/domain/conversion-words.js';
import type { BrowsedRule } from './browse-rules.service.js';

/** A sentence in both languages. */
export class WordsResponse {
  @ApiProperty({ example: '2.00 文化休闲学分 → 1.00 职业培训学分' }) zh!: string;
  @ApiProperty({ example: '2.00 Culture and leisure credit → 1.00 Vocational training credit' }) en!: string;
}

/** What a rule gives. */
export class RuleTargetResponse {
  @ApiProperty({ example: 'vocational' }) creditType!: string;
  @ApiProperty({ example: null, nullable: true, type: String }) programme!: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) item!: string | null;
  @ApiProperty({ example: null, nullable: true, type: String, description: '固定学分 Fixed credit' })
  credit!: string | null;
}

/** A published rule of conversion, in words, with its record. */
export class ConversionRuleResponse {
  @ApiProperty({ example: 'leisure-to-vocational' }) code!: string;
  @ApiProperty({ type: WordsResponse }) name!: Named;
  @ApiProperty({ example: 'taiyuan-default@2024.1' }) policyVersion!: string;
  @ApiProperty({ type: [String], example: ['leisure'], description: '来源学分类型；空为不限 Source types; empty: any' })
  from!: string[];
  @ApiProperty({ type: [RuleTargetResponse] }) to!: RuleTargetResponse[];
  @ApiProperty({ enum: ['ratio', 'fixed', 'replaced'] }) amount!: string;
  @ApiProperty({ enum: ['automatic', 'required'] }) approval!: string;
  @ApiProperty({ example: '2013-01-01' }) effectiveFrom!: string;
  @ApiProperty({ example: null, nullable: true, type: String }) effectiveTo!: string | null;
  @ApiProperty({ example: true }) inForce!: boolean;
  @ApiProperty({ type: [WordsResponse], description: '规则全文，一句一条 The whole rule, one sentence each' })
  words!: Named[];
  @ApiProperty({ example: 120, description: '已批准次数（约一分钟更新） Accepted so far, up to a minute old' })
  accepted!: number;
  @ApiProperty({ example: 7 }) refused!: number;

  static of({ pack, policyVersion, rule, isInForce, counts }: BrowsedRule): ConversionRuleResponse {
    return {
      ...{ code: rule.code, name: rule.name, policyVersion },
      from: [...new Set(rule.sources.flatMap(({ only }) => only.creditTypes))],
      to: rule.targets.map(({ centi, ...target }) => ({
        ...target,
        credit: centi === null ? null : formatCredit(centi),
      })),
      ...{ amount: rule.mode, approval: rule.approval, effectiveFrom: rule.effectiveFrom },
      ...{ effectiveTo: rule.effectiveTo, inForce: isInForce, words: conversionWords(pack, rule), ...counts },
    };
  }
}
