import { formatCredit } from '../../kernel/credit.js';
import type { OutcomeClass, OutcomeOrigin } from '../../kernel/outcome.js';
import { activityTypeOf, type PolicyPack } from './policy-pack.js';
import type { Cap, CapDate, CapDimension, CapPeriod, Limit } from './caps.js';
import type { OutcomePattern } from './outcome-pattern.js';
import { creditTypeName, itemName, listed, plain, providerName, studyTime } from './pack-words.js';
import type { ProgrammeLimit, Share } from './programme-limits.js';
import type { Named } from './schema-parts.js';

export const OUTCOME_CLASS_NAMES: Record<OutcomeClass, Named> = {
  activity: { zh: '活动', en: 'activities' },
  course: { zh: '课程', en: 'courses' },
  certificate: { zh: '证书', en: 'certificates' },
  training: { zh: '培训', en: 'training' },
  unformatted: { zh: '无定式成果', en: 'outcomes without fixed form' },
};

const ORIGINS: Record<OutcomeOrigin, Named> = {
  attendance: { zh: '本地考勤', en: 'sessions here' },
  recognition: { zh: '认定', en: 'recognition' },
  conversion: { zh: '转换', en: 'conversion' },
};

const PERIODS: Record<CapPeriod, Named> = {
  visit: { zh: '每次', en: 'a visit' },
  day: { zh: '每人每天', en: 'a day' },
  semester: { zh: '每人每学期', en: 'a semester' },
  year: { zh: '每人每年度', en: 'a year' },
  lifetime: { zh: '每人终身', en: 'in a lifetime' },
};

const DIMENSIONS: Record<CapDimension, Named> = {
  'activity-type': { zh: '活动类型', en: 'activity type' },
  item: { zh: '课程或成果', en: 'course or outcome' },
  provider: { zh: '机构', en: 'provider' },
  'outcome-class': { zh: '成果类别', en: 'class of outcome' },
  'credit-type': { zh: '学分类型', en: 'credit type' },
};

const DATES: Record<CapDate, Named> = {
  start: { zh: '按开始日归入周期', en: 'counted by the day it began' },
  end: { zh: '按结束日归入周期', en: 'counted by the day it ended' },
  posting: { zh: '按入账日归入周期', en: 'counted by the day it was posted' },
};

const BEYOND: Record<Cap['whenOver'], Named> = {
  cut: { zh: '超出部分不计', en: 'what is beyond it is cut off' },
  refuse: { zh: '超出则整笔拒绝', en: 'what would go beyond it is refused whole' },
};

/** Which learning is meant: `只算机构 SQXY-YZ 的证书`; null where nothing is asked. */
export function patternWords(pack: PolicyPack, pattern: OutcomePattern): Named | null {
  const asked: Named[] = [];
  const ask = (zh: string, en: string, names: Named[]) => {
    if (names.length > 0) asked.push({ zh: `${zh}${listed(names).zh}`, en: `${en} ${listed(names).en}` });
  };
  ask(
    '来源为',
    'that came by',
    pattern.origins.map((origin) => ORIGINS[origin]),
  );
  ask(
    '类别为',
    'of the class',
    pattern.outcomeClasses.map((each) => OUTCOME_CLASS_NAMES[each]),
  );
  ask(
    '学分类型为',
    'of the type',
    pattern.creditTypes.map((code) => creditTypeName(pack, code)),
  );
  ask(
    '活动类型为',
    'of the activity',
    pattern.activityTypes.map((code) => activityTypeOf(pack, code)?.name ?? plain(code)),
  );
  ask(
    '课程或成果为',
    'of the item',
    pattern.items.map((code) => itemName(pack, code)),
  );
  ask(
    '机构为',
    'of the provider',
    pattern.providers.map((code) => providerName(pack, code)),
  );
  ask('等级不低于', 'of at least level', pattern.minimumLevel === null ? [] : [levelName(pack, pattern.minimumLevel)]);
  if (pattern.assessedOnly) asked.push({ zh: '经过考核', en: 'that was assessed' });
  if (asked.length === 0) return null;
  return {
    zh: `只算${asked.map(({ zh }) => zh).join('，且')}的学习`,
    en: `only learning ${asked.map(({ en }) => en).join(' and ')}`,
  };
}

/** Name of a level in whichever scheme has it. */
export function levelName(pack: PolicyPack, code: string): Named {
  return pack.levelSchemes.flatMap(({ levels }) => levels).find((level) => level.code === code)?.name ?? plain(code);
}

/** How much a limit is, in its own unit. */
export function limitAmountWords(limit: Limit | Share): Named {
  if (limit.unit === 'share') {
    const of = limit.of === 'total' ? { zh: '总学分', en: 'the total' } : { zh: '必修学分', en: 'the required credit' };
    const share = `${limit.numerator}/${limit.denominator}`;
    return { zh: `${of.zh}的 ${share}`, en: `${share} of ${of.en}` };
  }
  if (limit.unit === 'second') return studyTime(limit.amount);
  if (limit.unit === 'centi')
    return { zh: `${formatCredit(limit.amount)} 学分`, en: `${formatCredit(limit.amount)} credit` };
  return { zh: `${limit.amount} 次（个）`, en: `${limit.amount} in number` };
}

function eachWords(each: CapDimension[]): Named[] {
  if (each.length === 0) return [];
  const names = listed(each.map((dimension) => DIMENSIONS[dimension]));
  return [{ zh: `按${names.zh}分别计算`, en: `counted apart for each ${names.en}` }];
}

/** What a pattern asks, one phrase for each condition; empty when it fits everything. */
export function patternPhrases(pack: PolicyPack, pattern: OutcomePattern): Named[] {
  const words = patternWords(pack, pattern);
  return words ? [words] : [];
}

/** A cap on what comes in, one sentence each. */
export function capWords(pack: PolicyPack, cap: Cap): Named[] {
  const amount = limitAmountWords(cap.limit);
  const start = cap.yearStartsOn;
  return [
    { zh: `${PERIODS[cap.per].zh}最多计 ${amount.zh}`, en: `at most ${amount.en} ${PERIODS[cap.per].en}` },
    ...patternPhrases(pack, cap.only),
    ...eachWords(cap.each),
    ...(start === undefined ? [] : [{ zh: `年度自 ${start} 起`, en: `its years begin on ${start}` }]),
    ...(cap.per === 'visit' || cap.per === 'lifetime' ? [] : [DATES[cap.date]]),
    BEYOND[cap.whenOver],
  ];
}

/** A cap or floor of an award in one sentence. */
export function programmeLimitWords(pack: PolicyPack, limit: ProgrammeLimit, side: 'most' | 'least'): Named {
  const amount = limitAmountWords(limit.limit);
  const more = [...patternPhrases(pack, limit.only), ...eachWords(limit.each)];
  const gap = limit.limit.unit === 'share' ? '' : ' ';
  const lead = side === 'most' ? { zh: '最多计入', en: 'at most' } : { zh: '至少要有', en: 'at least' };
  return {
    zh: [`${limit.name.zh}（${limit.code}）：${lead.zh}${gap}${amount.zh}`, ...more.map(({ zh }) => zh)].join('，'),
    en: [`${limit.name.en}: ${lead.en} ${amount.en}`, ...more.map(({ en }) => en)].join(', '),
  };
}
