import { POLICY_PACK_SCHEMA } from './policy-pack-schema.js';
import { CODE, type Schema } from './schema-parts.js';

/** What a field is called everywhere means the same everywhere; a field's own description comes before this. */
const FIELDS: Record<string, { description: string; example?: unknown }> = {
  code: { description: '代码，在所在列表内唯一 / Code, unique in its list', example: 'my-code' },
  name: { description: '名称 / Name' },
  title: { description: '名称 / Title' },
  creditType: { description: '学分类型代码 / Code of a credit type', example: 'vocational' },
  activityType: { description: '活动类型代码 / Code of an activity type', example: 'DAILY_CLASS' },
  programme: { description: '项目代码 / Code of a programme', example: 'community-care' },
  outcomeClass: {
    description:
      '成果类别：activity 活动、course 课程、certificate 证书、training 培训、unformatted 无定式 / Class: activity, course, certificate, training, without fixed form',
    example: 'certificate',
  },
  outcomeClasses: {
    description:
      '成果类别：activity 活动、course 课程、certificate 证书、training 培训、unformatted 无定式 / Class: activity, course, certificate, training, without fixed form',
    example: ['certificate'],
  },
  origins: {
    description:
      '来源：attendance 本地考勤、recognition 校外成果认定、conversion 转换 / Where credit came from: sessions here, recognition, conversion',
    example: ['attendance'],
  },
  effectiveFrom: { description: '自该日起有效 / In force from this day on', example: '2024-09-01' },
  effectiveTo: {
    description: '有效至该日（含）；不写则无期限 / In force up to this day; without end unless said',
    example: '2025-08-31',
  },
  level: { description: '等级代码 / Code of a level', example: 'L3' },
  only: { description: '只算这些学习；不写即全部 / Only this learning; all unless said' },
  limit: { description: '限额 / How much', example: { credit: '24' } },
};

/** Formats of our own, as any reader of JSON Schema understands them. */
const FORMATS: Record<string, Schema> = {
  day: { format: 'date', pattern: '^\\d{4}-\\d{2}-\\d{2}$', examples: ['2024-09-01'] },
  'month-day': { pattern: '^\\d{2}-\\d{2}$', examples: ['09-01'] },
};

/** The published JSON Schema of a pack's file: every field described, nothing in it that only this bank understands. */
export function publishedSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'policyPack',
    description: '学分银行规则包 / Policy pack of a credit bank',
    ...documented(POLICY_PACK_SCHEMA),
  };
}

/** A schema in which every field is described: by itself, or else by what its name means everywhere. */
function documented(schema: Schema, name = ''): Schema {
  const known = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  const { format, discriminator: _, properties, items, oneOf, ...rest } = schema;
  const example = known?.example ?? (schema['pattern'] === CODE['pattern'] ? 'my-code' : undefined);
  return {
    ...(known ? { description: known.description } : {}),
    ...(example === undefined ? {} : { examples: [example] }),
    ...(typeof format === 'string' ? (FORMATS[format] ?? { format }) : {}),
    ...rest,
    ...(properties
      ? {
          properties: Object.fromEntries(
            Object.entries(properties as Record<string, Schema>).map(([field, part]) => [
              field,
              documented(part, field),
            ]),
          ),
        }
      : {}),
    ...(items ? { items: documented(items as Schema) } : {}),
    ...(oneOf ? { oneOf: (oneOf as Schema[]).map((branch) => documented(branch)) } : {}),
  };
}
