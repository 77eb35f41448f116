import type { Named } from './schema-parts.js';

/** Kinds of things that a pack names, as people call them. */
export const NAME_KINDS = {
  tariff: { zh: '折算标准', en: 'tariff' },
  'level-scheme': { zh: '资历框架', en: 'level scheme' },
  level: { zh: '等级', en: 'level' },
  'credit-type': { zh: '学分类型', en: 'credit type' },
  'activity-type': { zh: '活动类型', en: 'activity type' },
  programme: { zh: '项目', en: 'programme' },
  'programme-item': { zh: '项目内课程或环节', en: 'item of the programme' },
  bucket: { zh: '学分类别', en: 'bucket' },
  course: { zh: '课程', en: 'course' },
  item: { zh: '课程、项目内环节或成果目录项目', en: 'course, programme item or catalogue item' },
  provider: { zh: '办学机构', en: 'provider' },
} satisfies Record<string, Named>;
export type NameKind = keyof typeof NAME_KINDS;
