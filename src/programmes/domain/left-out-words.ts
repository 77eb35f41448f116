import type { ConversionRule } from '../../policy/domain/conversion-rules.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import type { NotConsidered } from './plan-credit.js';

const REASONS = {
  approval: {
    zh: '须经他人审批，方案不能替其决定',
    en: 'it needs the approval of somebody else, which a plan cannot promise',
  },
  clash: {
    zh: '与方案中的其他步骤不能一并执行',
    en: 'it could not be carried out together with the other steps',
  },
  'too-many': {
    zh: '可选的成果与规则组合过多，部分学分未作考虑',
    en: 'there are too many choices of outcomes for it; some credit was left out',
  },
  'whole-of-course': {
    zh: '只考虑现有成果和课程的整项转换，不考虑由转换所得学分再整项转换',
    en: 'whole outcomes are taken from what is there and from courses, not from credit that a conversion brings',
  },
  'one-outcome': {
    zh: '每次只考虑一项成果；须几项合并才够的，未作考虑',
    en: 'one outcome at a time is considered; not several that do only together',
  },
  'several-sources': {
    zh: '来源组合过多或须整项转换，只考虑了一部分',
    en: 'it asks for several sources, of which only some combinations are considered',
  },
  'several-institutions': {
    zh: '各机构所占份额在执行时才能确定',
    en: 'how much of it counts for which institution is known only when it is done',
  },
  mixed: {
    zh: '一次只转换同一种学分；方案须区分的几种学分混在一次转换中，未作考虑',
    en: 'each conversion takes credit of one kind; mixing kinds that the programme tells apart was not considered',
  },
  repeats: { zh: '只考虑了有限的次数', en: 'only so many uses of it were considered' },
} satisfies Record<string, Named>;

/** Why a plan leaves a rule out, wholly or in part. */
export function whyLeftOut(reason: keyof typeof REASONS): Named {
  return REASONS[reason];
}

/** A rule that is left out, with the reason. */
export function leftOut(
  { code, name }: Pick<ConversionRule, 'code' | 'name'>,
  reason: keyof typeof REASONS,
): NotConsidered {
  return { rule: code, name, why: whyLeftOut(reason) };
}
