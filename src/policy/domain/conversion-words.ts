import { formatCredit } from '../../kernel/credit.js';
import { OUTCOME_CLASSES, OUTCOME_ORIGINS } from '../../kernel/outcome.js';
import type { Cap, Limit } from './caps.js';
import type { ConversionRule, ConversionSource, ConversionTarget } from './conversion-rules.js';
import type { OutcomePattern } from './outcome-pattern.js';
import { activityTypeOf, creditTypeOf, programmeOf, type PolicyPack } from './policy-pack.js';
import { itemName, providerName } from './pack-words.js';
import type { Named } from './schema-parts.js';

/** A conversion rule in plain words, one sentence each: what it asks for, what it gives, every limit. */
export function conversionWords(pack: PolicyPack, rule: ConversionRule): Named[] {
  return [
    { zh: `${rule.name.zh}（${rule.code}）`, en: rule.name.en },
    exchangeWords(pack, rule),
    effectiveWords(rule),
    ...conditionWords(pack, rule),
    ...limitWords(pack, rule),
    ...decisionWords(rule),
  ];
}

const joined = (words: Named[], zh: string, en: string): Named => ({
  zh: words.map((word) => word.zh).join(zh),
  en: words.map((word) => word.en).join(en),
});

function exchangeWords(pack: PolicyPack, rule: ConversionRule): Named {
  const from = joined(
    rule.sources.map((source) => sourceWords(pack, source)),
    ' + ',
    ' + ',
  );
  const to = joined(
    rule.targets.map((target) => targetWords(pack, target)),
    ' + ',
    ' + ',
  );
  if (rule.mode !== 'ratio') return { zh: `${from.zh} → ${to.zh}`, en: `${from.en} → ${to.en}` };
  const [give, get] = [formatCredit(rule.ratio.from * 100), formatCredit(rule.ratio.to * 100)];
  return { zh: `${give} ${from.zh} → ${get} ${to.zh}`, en: `${give} ${from.en} → ${get} ${to.en}` };
}

function typeName(pack: PolicyPack, code: string): Named {
  return creditTypeOf(pack, code)?.name ?? { zh: code, en: code };
}

function sourceWords(pack: PolicyPack, { only, minimumCenti }: ConversionSource): Named {
  const what = patternWords(pack, only);
  if (minimumCenti <= 1) return what;
  const least = formatCredit(minimumCenti);
  return { zh: `${what.zh}（至少 ${least}）`, en: `${what.en} (at least ${least})` };
}

const CLASS_WORDS: Record<(typeof OUTCOME_CLASSES)[number], Named> = {
  activity: { zh: '参加的活动', en: 'activities attended' },
  course: { zh: '修完的课程', en: 'courses passed' },
  certificate: { zh: '证书', en: 'certificates' },
  training: { zh: '培训', en: 'training' },
  unformatted: { zh: '无定式成果', en: 'outcomes without fixed form' },
};
const ORIGIN_WORDS: Record<(typeof OUTCOME_ORIGINS)[number], Named> = {
  attendance: { zh: '本行学习', en: 'learnt here' },
  recognition: { zh: '外来认定', en: 'recognised from elsewhere' },
  conversion: { zh: '转换所得', en: 'converted' },
};

/** Which learning a pattern speaks of; `任何学分` where it asks nothing. */
function patternWords(pack: PolicyPack, only: OutcomePattern): Named {
  const either = (words: Named[]) => (words.length > 0 ? [joined(words, '或', ' or ')] : []);
  const parts: Named[] = [
    ...either(only.creditTypes.map((code) => typeName(pack, code))),
    ...either(only.origins.map((origin) => ORIGIN_WORDS[origin])),
    ...either(only.outcomeClasses.map((each) => CLASS_WORDS[each])),
    ...either(only.activityTypes.map((code) => activityTypeOf(pack, code)?.name ?? { zh: code, en: code })),
    ...either(only.items.map((code) => itemName(pack, code))),
    ...either(only.providers.map((code) => providerName(pack, code))),
    ...(only.minimumLevel === null
      ? []
      : [{ zh: `等级不低于 ${only.minimumLevel}`, en: `level ${only.minimumLevel} or above` }]),
    ...(only.assessedOnly ? [{ zh: '经考核', en: 'assessed' }] : []),
  ];
  return parts.length > 0 ? joined(parts, '、', ', ') : { zh: '任何学分', en: 'any credit' };
}

function targetWords(
  pack: PolicyPack,
  { creditType, programme: code, item: itemCode, centi }: ConversionTarget,
): Named {
  const type = typeName(pack, creditType);
  const programme = code === null ? undefined : programmeOf(pack, code);
  const item = programme?.items.find((each) => each.code === itemCode);
  const amount = centi ?? (item && itemCode !== null ? item.centi : null);
  const credit = amount === null ? '' : `${formatCredit(amount)} `;
  const place = programme && { zh: `《${programme.title.zh}》`, en: ` of "${programme.title.en}"` };
  return {
    zh: `${credit}${type.zh}${place ? `（${place.zh}${item ? item.title.zh : ''}）` : ''}`,
    en: `${credit}${type.en}${place ? ` (${item ? item.title.en : 'towards the total'}${place.en})` : ''}`,
  };
}

function effectiveWords({ effectiveFrom, effectiveTo }: ConversionRule): Named {
  return {
    zh: `自 ${effectiveFrom} 起有效${effectiveTo === null ? '' : `，至 ${effectiveTo}`}`,
    en: `in force from ${effectiveFrom}${effectiveTo === null ? '' : ` to ${effectiveTo}`}`,
  };
}

function conditionWords(pack: PolicyPack, rule: ConversionRule): Named[] {
  const words: Named[] = [];
  if (rule.isWholeOnly) words.push({ zh: '只接受整项成果，不得拆分', en: 'only whole outcomes, no part of one' });
  if (rule.mode === 'replaced')
    words.push({ zh: '按被替代课程的学分记入', en: 'counts as much as the item it replaces' });
  if (rule.surplusType !== null) {
    const type = typeName(pack, rule.surplusType);
    words.push({ zh: `超出部分转为${type.zh}`, en: `what is worth more becomes ${type.en}` });
  }
  if (rule.level === 'at-least-target')
    words.push({ zh: '等级不低于目标', en: 'its level is at least that of the target' });
  if (rule.level === 'same') words.push({ zh: '等级与目标相同', en: 'its level is that of the target' });
  if (rule.overlapPercent !== null)
    words.push({ zh: `内容重合度 ${rule.overlapPercent}%`, en: `contents overlap by ${rule.overlapPercent}%` });
  if (rule.supplement) words.push(rule.supplement);
  if (rule.singleUse === 'ever') words.push({ zh: '同一成果只能转换一次', en: 'one outcome serves once' });
  if (rule.singleUse === 'per-programme')
    words.push({ zh: '同一成果对同一项目只能转换一次', en: 'one outcome serves once for one programme' });
  return words;
}

function limitWords(pack: PolicyPack, rule: ConversionRule): Named[] {
  const words = rule.caps.map((cap) => capWords(cap));
  const programme = rule.cap && programmeOf(pack, rule.cap.programme);
  if (rule.cap && programme) {
    const share = `${rule.cap.numerator}/${rule.cap.denominator}`;
    words.unshift({
      zh: `有此上限的规则一起转入的，不超过《${programme.title.zh}》总学分的 ${share}`,
      en: `at most ${share} of the total of "${programme.title.en}", with all rules that have this cap`,
    });
  }
  return words;
}

const PERIOD_WORDS: Record<Cap['per'], Named> = {
  visit: { zh: '每项', en: 'each outcome' },
  day: { zh: '每日', en: 'a day' },
  semester: { zh: '每学期', en: 'a semester' },
  year: { zh: '每学年', en: 'a year' },
  lifetime: { zh: '累计', en: 'in all' },
};
const DIMENSION_WORDS: Record<Cap['each'][number], Named> = {
  'activity-type': { zh: '每种活动', en: 'activity type' },
  item: { zh: '每门课程', en: 'course' },
  provider: { zh: '每个机构', en: 'provider' },
  'outcome-class': { zh: '每类成果', en: 'class of outcome' },
  'credit-type': { zh: '每种学分', en: 'credit type' },
};

function capWords({ name, limit, per, each, whenOver }: Cap): Named {
  const period = PERIOD_WORDS[per];
  const apart = joined(
    each.map((dimension) => DIMENSION_WORDS[dimension]),
    '、',
    ' and ',
  );
  const over =
    whenOver === 'cut' ? { zh: '，超出截去', en: ', the rest is cut' } : { zh: '，超出拒绝', en: ', more is refused' };
  return {
    zh: `${name.zh}：${apart.zh}${period.zh}最多 ${amountOf(limit, '学分', '项')}${over.zh}`,
    en: `${name.en}: at most ${amountOf(limit, 'credits', 'outcomes')} ${period.en}${apart.en ? ` for each ${apart.en}` : ''}${over.en}`,
  };
}

function amountOf({ unit, amount }: Limit, credits: string, outcomes: string): string {
  return unit === 'count' ? `${amount} ${outcomes}` : `${formatCredit(amount)} ${credits}`;
}

function decisionWords(rule: ConversionRule): Named[] {
  const words: Named[] = [];
  if (rule.approval === 'required') {
    const days =
      rule.holdDays === null
        ? { zh: '', en: '' }
        : { zh: `（${rule.holdDays} 天内）`, en: ` within ${rule.holdDays} days` };
    words.push({ zh: `先冻结，经另一人批准后执行${days.zh}`, en: `held until somebody else approves${days.en}` });
  }
  if (rule.grade === 'exempt') words.push({ zh: '成绩记“免考”', en: 'recorded as exempt, without a mark' });
  if (rule.grade === 'source') words.push({ zh: '沿用原成绩', en: 'the mark is carried over' });
  if (typeof rule.grade === 'number') words.push({ zh: `成绩记 ${rule.grade} 分`, en: `the mark is ${rule.grade}` });
  if (rule.validityYears !== null)
    words.push({ zh: `新学分有效 ${rule.validityYears} 年`, en: `the new credit lives ${rule.validityYears} years` });
  return words;
}
