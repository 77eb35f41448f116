import { ApiProperty } from '@nestjs/swagger';
import { toIsoInstant } from '../kernel/clock.js';
import type { ExplainedRule } from './domain/explain-pack.js';
import { LIFE_STATES, LIFE_STEPS, type LifeState, type LifeStep, type LifeStepKind } from './domain/pack-life.js';
import type { PackFile } from './domain/pack-file.js';
import type { StoredPolicy } from './policy.store.js';

const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

/** A name or sentence in both languages. */
export class WordsResponse {
  @ApiProperty({ example: '2.00 文化休闲学分 → 1.00 职业培训学分' })
  zh!: string;

  @ApiProperty({ example: '2.00 Culture and leisure credit → 1.00 Vocational training credit' })
  en!: string;
}

/** One step of a version: who did what, when. */
export class PolicyStepResponse {
  @ApiProperty({ enum: LIFE_STEPS, example: 'review' })
  kind!: LifeStepKind;

  @ApiProperty({ example: HASH, description: '该步骤所针对的内容 Content the step is about' })
  contentHash!: string;

  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', description: '密钥编号 Id of the key that acted' })
  actor!: string;

  @ApiProperty({ type: String, nullable: true, example: '已核对全部数字' })
  comment!: string | null;

  @ApiProperty({ example: '2024-06-10T02:00:00.000Z' })
  at!: string;

  static of({ kind, contentHash, actor, comment, recordedAt }: LifeStep): PolicyStepResponse {
    return { kind, contentHash, actor, comment, at: toIsoInstant(recordedAt) };
  }
}

/** A version of a pack and where it stands. */
export class PolicySummaryResponse {
  @ApiProperty({ example: 'taiyuan-default@2024.1', description: '分录中所存的名称 Name that entries store' })
  policyVersion!: string;

  @ApiProperty({ type: WordsResponse })
  title!: WordsResponse;

  @ApiProperty({ example: '2024-09-01', description: '自该日的学习起适用 Decides learning from this day on' })
  effectiveFrom!: string;

  @ApiProperty({ enum: LIFE_STATES, example: 'reviewed' })
  state!: LifeState;

  @ApiProperty({
    example: HASH,
    description: '现有内容（规范 JSON）的 SHA-256 SHA-256 of the canonical JSON of what it says',
  })
  contentHash!: string;

  @ApiProperty({ type: [PolicyStepResponse], description: '先后各步 Every step, oldest first' })
  steps!: PolicyStepResponse[];

  static of({ policyVersion, content, steps, life }: StoredPolicy): PolicySummaryResponse {
    const { title, effectiveFrom } = JSON.parse(content) as PackFile;
    const { state, contentHash } = life;
    return { policyVersion, title, effectiveFrom, state, contentHash, steps: steps.map(PolicyStepResponse.of) };
  }
}

/** The same with everything it says. */
export class PolicyResponse extends PolicySummaryResponse {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: '规则包文件的内容，见 /policy/reference Content of the pack file',
    example: { code: 'taiyuan-default', version: '2024.1' },
  })
  content!: object;

  static override of(stored: StoredPolicy): PolicyResponse {
    return { ...PolicySummaryResponse.of(stored), content: JSON.parse(stored.content) as object };
  }
}

/** Versions, one page. */
export class PolicyListResponse {
  @ApiProperty({ type: [PolicySummaryResponse] })
  items!: PolicySummaryResponse[];

  @ApiProperty({ type: String, nullable: true, example: null })
  next!: string | null;
}

/** One rule in plain sentences. */
export class ExplainedRuleResponse {
  @ApiProperty({ example: 'conversionRules', description: '在规则包中的位置 Part of the pack' })
  part!: string;

  @ApiProperty({ example: 'leisure-to-vocational' })
  code!: string;

  @ApiProperty({ type: WordsResponse })
  name!: WordsResponse;

  @ApiProperty({ type: [WordsResponse] })
  sentences!: WordsResponse[];
}

/** A version in plain sentences. */
export class ExplanationResponse {
  @ApiProperty({ example: 'taiyuan-default@2024.1' })
  policyVersion!: string;

  @ApiProperty({ type: [ExplainedRuleResponse] })
  rules!: ExplainedRuleResponse[];

  static of(policyVersion: string, rules: ExplainedRule[]): ExplanationResponse {
    return { policyVersion, rules };
  }
}
