import type { Named } from './schema-parts.js';
import { write, type Sentence } from './shape-words.js';

const UNCONVERTED: Named = {
  zh: '后一条规则可排除转换所得：origins: [attendance, recognition]',
  en: 'a later rule may leave out what was converted: origins: [attendance, recognition]',
};

/** Mistakes of meaning in conversion rules. */
export const CONVERSION_MISTAKES = {
  'converts-into-itself': (type: string) => ({
    zh: `把 ${type} 转换为自身`,
    en: `converts ${type} into itself`,
    right: { zh: '换一个目标，或指明项目', en: 'another target, or name a programme' },
  }),
  'leisure-into-degree': () => ({
    zh: '文化休闲学分永远不得转换为学历教育学分',
    en: 'leisure credit can never become degree credit',
    right: { zh: '换来源或目标', en: 'another source or target' },
  }),
  'leisure-surplus-into-degree': () => ({
    zh: '文化休闲学分永远不得转换为学历教育学分，余额也不行',
    en: 'leisure credit can never become degree credit, not as a surplus either',
    right: write('surplus: keep'),
  }),
  'leisure-reaches-degree': (from: string, to: string) => ({
    zh: `${from} 经其他规则转成了学历教育学分 ${to}`,
    en: `${from} reaches the degree type ${to} through other rules`,
    right: UNCONVERTED,
  }),
  'circle-of-rules': (type: string) => ({
    zh: `${type} 经转换规则又回到自身`,
    en: `${type} can be converted back into itself`,
    right: UNCONVERTED,
  }),
  'rules-overlap': (first: string, second: string, next: string | null) => ({
    zh: `${first} 与 ${second} 同时对同一对学分类型有效`,
    en: `${first} and ${second} are in force for the same pair at the same time`,
    right:
      next === null
        ? { zh: '给前一条写 effectiveTo', en: 'give the earlier one an effectiveTo' }
        : { zh: `后一条自 ${next} 起`, en: `effectiveFrom: '${next}' for the later one` },
  }),
  'ratio-of-many': () => ({
    zh: '按比例只能有一个目标',
    en: 'a ratio has one target',
    right: { zh: '改用 amount: fixed，并写每个目标的学分', en: 'amount: fixed, with the credit of each target' },
  }),
  'fixed-without-credit': (type: string) => ({
    zh: `${type} 须写固定学分`,
    en: `${type} needs a fixed credit`,
    right: write("credit: '1.00'"),
  }),
  'credit-not-fixed': (type: string, amount: string) => ({
    zh: `${type} 的学分由 amount: ${amount} 决定，不能另写`,
    en: `the credit of ${type} follows from the amount ${amount}`,
    right: { zh: '改用 amount: fixed，或去掉 credit', en: 'amount: fixed, or no credit' },
  }),
  'ratio-for-item': (item: string) => ({
    zh: `按比例不能替代 ${item}`,
    en: `a ratio cannot stand in for the item ${item}`,
    right: write('amount: replaced'),
  }),
  'replaces-nothing': (type: string) => ({
    zh: `${type} 须写明被替代的项目与课程`,
    en: `${type} must name the programme and item it replaces`,
    right: { zh: '写 programme 与 item', en: 'programme and item' },
  }),
  'cut-not-by-ratio': () => ({
    zh: '只有按比例且可拆分的才能截去',
    en: 'only an amount by ratio, not whole, can be cut',
    right: write('whenOver: refuse'),
  }),
  'ratio-with-surplus': () => ({
    zh: '按比例没有余额',
    en: 'a ratio leaves no surplus',
    right: { zh: '去掉 surplus', en: 'leave surplus out' },
  }),
  'time-of-conversion': (cap: string) => ({
    zh: `${cap} 按学时计，而转换的是学分`,
    en: `${cap} counts study time, a conversion has credit`,
    right: { zh: '写 credit 或 count', en: 'credit or count' },
  }),
  'cap-over-whole': () => ({
    zh: '上限不能超过全部',
    en: 'a cap is at most the whole',
    right: { zh: '分子不大于分母', en: 'a numerator up to the denominator' },
  }),
  'use-without-programme': () => ({
    zh: '每个项目使用一次，须在每个目标写明项目',
    en: 'single use for each programme needs a programme on every target',
    right: write('singleUse: ever'),
  }),
  'hold-without-approval': () => ({
    zh: '须审批的规则才冻结',
    en: 'only a rule with approval holds',
    right: write('approval: required'),
  }),
  'level-of-nothing': (target: string | null) => ({
    zh: `要求等级，但${target === null ? '目标' : ` ${target} `}没有等级`,
    en: `asks for a level, but ${target ?? 'its target'} has none`,
    right: { zh: '给目标写 level，或去掉等级要求', en: 'give the target a level, or ask for none' },
  }),
  'level-never-fits': (has: string | null, asked: string) => ({
    zh: `要求等级 ${asked}，来源${has === null ? '没有等级' : `是 ${has}`}，每次申请都会被拒`,
    en: `its target asks for the level ${asked}, and the source has ${has ?? 'none'}: every request would be refused`,
    right: { zh: '改来源、目标的等级，或去掉等级要求', en: 'another source or level, or ask for none' },
  }),
  'overlap-too-low': (programme: string, overlap: number | null, least: number) => ({
    zh:
      overlap === null
        ? `${programme} 要求重合至少 ${least}%，规则未写重合度，每次申请都会被拒`
        : `${programme} 要求重合至少 ${least}%，${overlap}% 不够，每次申请都会被拒`,
    en:
      overlap === null
        ? `${programme} asks for an overlap of ${least}% and the rule states none: every request would be refused`
        : `${programme} asks for an overlap of ${least}%, not ${overlap}%: every request would be refused`,
    right: {
      zh: `overlapPercent 至少 ${least}；有意提示补修的，写 supplement`,
      en: `overlapPercent ${least} or more; a supplement where learners are to be told what to do`,
    },
  }),
  'item-without-programme': (item: string) => ({
    zh: `${item} 须写明所属项目`,
    en: `the item ${item} needs its programme`,
    right: { zh: '写 programme', en: 'name the programme' },
  }),
  'not-exemptible': (item: string) => ({
    zh: `${item} 不可免修，不能替代`,
    en: `nothing can stand in for ${item}: it is not exemptible`,
    right: { zh: '换一个环节', en: 'another item' },
  }),
  'item-of-other-type': (item: string, has: string, asked: string) => ({
    zh: `${item} 是 ${has} 学分，不是 ${asked}`,
    en: `the item ${item} is ${has} credit, not ${asked}`,
    right: write(`creditType: ${has}`),
  }),
} satisfies Record<string, (...parts: never[]) => Sentence>;
