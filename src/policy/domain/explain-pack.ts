import { addDays } from '../../kernel/clock.js';
import { awardWords } from './award-words.js';
import { conversionWords } from './conversion-words.js';
import type { CreditType } from './credit-types.js';
import { capSentence } from './cap-words.js';
import { capWords } from './outcome-words.js';
import { CATEGORIES, listed } from './pack-words.js';
import type { PolicyPack } from './policy-pack.js';
import { catalogueItemWords, panelWords, recognitionWords } from './recognition-words.js';
import { benefitWords, ladderWords, pointWords } from './reward-words.js';
import { activityWords, evidenceWorthWords, tariffWords } from './rule-words.js';
import type { Named } from './schema-parts.js';

/** One rule of a pack in plain sentences. */
export interface ExplainedRule {
  /** Part of the pack, as the file calls it. */
  part: string;
  /** Code of the rule, or the name of the part where it has none. */
  code: string;
  name: Named;
  sentences: Named[];
}

/** Every rule of a pack in plain Chinese and English, in the order of its file. The one place where rules are told. */
export function explainPack(pack: PolicyPack): ExplainedRule[] {
  const told = <T extends { code: string; name: Named }>(part: string, items: T[], words: (item: T) => Named[]) =>
    items.map((item) => ({ part, code: item.code, name: item.name, sentences: words(item) }));
  return [
    whole(pack),
    calendarRule(pack),
    ...told('levelSchemes', pack.levelSchemes, ({ levels }) => [
      {
        zh: `由低到高：${levels.map(({ code, name }) => `${name.zh}（${code}）`).join('、')}`,
        en: `from low to high: ${levels.map(({ code, name }) => `${name.en} (${code})`).join(', ')}`,
      },
    ]),
    ...told('creditTypes', pack.creditTypes, (type) => creditTypeWords(pack, type)),
    ...pack.tariffs.map((tariff) => ({
      part: 'tariffs',
      code: tariff.code,
      name: { zh: '折算标准', en: 'Tariff' },
      sentences: [tariffWords(pack, tariff)],
    })),
    ...told('activityTypes', pack.activityTypes, (activity) => [
      activity.tariff === null
        ? { zh: '按课程学分类型的折算标准计', en: "counts by the tariff of the course's credit type" }
        : { zh: `按折算标准 ${activity.tariff} 计`, en: `counts by the tariff ${activity.tariff}` },
      ...activityWords(pack, activity),
    ]),
    // The short ones are told where they stand: with the pack and with their activities.
    ...told(
      'caps',
      pack.caps.filter(({ short }) => short === null),
      (cap) => capWords(pack, cap),
    ),
    titleRule(pack),
    ...recognitionRules(pack),
    ...told('conversionRules', pack.conversionRules, (rule) => conversionWords(pack, rule).slice(1)),
    ...pack.programmes.map((programme) => ({
      part: 'programmes',
      code: programme.code,
      name: programme.title,
      sentences: awardWords(pack, programme),
    })),
    ...told('rewards.ladders', pack.rewards.ladders, (ladder) => ladderWords(pack, ladder)),
    ...told('rewards.pointTariffs', pack.rewards.pointTariffs, (tariff) => pointWords(pack, tariff)),
    ...told('rewards.benefits', pack.rewards.benefits, benefitWords),
    {
      part: 'protectedWords',
      code: 'protectedWords',
      name: { zh: '受保护的字样', en: 'Protected words' },
      sentences:
        pack.protectedWords.length === 0
          ? [{ zh: '没有', en: 'none' }]
          : [
              {
                zh: `非学历证书名称不得含：${pack.protectedWords.join('、')}`,
                en: `the title of a non-degree award may not say: ${pack.protectedWords.join(', ')}`,
              },
            ],
    },
  ];
}

/** The rules with a code; several parts of a pack may use the same one. Empty when there is none. */
export function explainCode(pack: PolicyPack, code: string): ExplainedRule[] {
  return explainPack(pack).filter((rule) => rule.code === code);
}

/** Codes that `explainCode` knows, each once, in the order of the file. */
export function explainedCodes(pack: PolicyPack): string[] {
  return [...new Set(explainPack(pack).map(({ code }) => code))];
}

function whole(pack: PolicyPack): ExplainedRule {
  const minutes = pack.classHourSeconds / 60;
  return {
    part: 'pack',
    code: pack.code,
    name: pack.title,
    sentences: [
      {
        zh: `自 ${pack.effectiveFrom} 的学习起适用（版本 ${pack.version}）`,
        en: `decides learning from ${pack.effectiveFrom} on (version ${pack.version})`,
      },
      {
        zh: `证书与成绩单由“${pack.issuer.zh}”签发`,
        en: `certificates and transcripts are issued by "${pack.issuer.en}"`,
      },
      { zh: `一课时 ${minutes} 分钟`, en: `a class hour is ${minutes} minutes` },
      ...pack.caps.filter(({ short }) => short === 'day').map((cap) => capSentence(pack, cap)),
      ...evidenceWorthWords(pack),
      ...noticeWords(pack),
      { zh: '文化休闲学分永远不得转换为学历教育学分', en: 'leisure credit never becomes degree credit' },
    ],
  };
}

function noticeWords({ expiryNoticeDays: days }: PolicyPack): Named[] {
  if (days.length === 0) return [];
  return [
    {
      zh: `学分到期前 ${days.join('、')} 天提醒学习者`,
      en: `learners are told ${days.join(' and ')} days before credit ends`,
    },
  ];
}

const WEEKDAYS: Named[] = [
  { zh: '周一', en: 'Monday' },
  { zh: '周二', en: 'Tuesday' },
  { zh: '周三', en: 'Wednesday' },
  { zh: '周四', en: 'Thursday' },
  { zh: '周五', en: 'Friday' },
  { zh: '周六', en: 'Saturday' },
  { zh: '周日', en: 'Sunday' },
];

function calendarRule({ calendar }: PolicyPack): ExplainedRule {
  const free = listed(calendar.weekend.map((day) => WEEKDAYS[day - 1]!));
  const semesters = calendar.semestersStartOn;
  return {
    part: 'calendar',
    code: 'calendar',
    name: { zh: '日历', en: 'Calendar' },
    sentences: [
      { zh: `年度自 ${calendar.yearStartsOn} 起`, en: `a year begins on ${calendar.yearStartsOn}` },
      { zh: `学期自 ${semesters.join('、')} 起`, en: `semesters begin on ${semesters.join(', ')}` },
      {
        zh: `${free.zh}休息`,
        en: `no work on ${free.en}`,
      },
      ...dayListWords({ zh: '节假日', en: 'holidays' }, calendar.holidays),
      ...dayListWords({ zh: '调休上班', en: 'days of the weekend that are worked' }, calendar.workdays),
      calendar.knownUntil === null
        ? { zh: '没有写节假日公布到哪一天', en: 'up to which day holidays are announced is not said' }
        : { zh: `节假日公布到 ${calendar.knownUntil}`, en: `holidays are announced up to ${calendar.knownUntil}` },
    ],
  };
}

/** Days of a list, those that follow each other as a span. */
function dayListWords(what: Named, days: string[]): Named[] {
  if (days.length === 0) return [];
  const spans: [string, string][] = [];
  for (const day of [...days].sort()) {
    const last = spans.at(-1);
    if (last && addDays(last[1], 1) === day) last[1] = day;
    else spans.push([day, day]);
  }
  const words = spans.map(([first, last]) => (first === last ? first : `${first}…${last}`));
  return [{ zh: `${what.zh}：${words.join('、')}`, en: `${what.en}: ${words.join(', ')}` }];
}

function creditTypeWords(pack: PolicyPack, { category, tariff, validityYears, levelScheme }: CreditType): Named[] {
  const scheme = pack.levelSchemes.find(({ code }) => code === levelScheme)?.name;
  return [
    { zh: `属${CATEGORIES[category].zh}`, en: `category: ${CATEGORIES[category].en}` },
    {
      zh: `活动未另行规定时按折算标准 ${tariff} 计`,
      en: `activities that name none of their own count by the tariff ${tariff}`,
    },
    validityYears === null
      ? { zh: '永久可用', en: 'usable for ever' }
      : {
          zh: `获得后 ${validityYears} 年内可用于转换和证书，记录永远保留`,
          en: `usable for conversions and awards for ${validityYears} years; the record stays for ever`,
        },
    ...(scheme ? [{ zh: `等级按${scheme.zh}`, en: `levels of ${scheme.en}` }] : []),
  ];
}

function titleRule({
  titleRules: { ignoredParticles, sameWords, substitutes, whenDuplicate },
}: PolicyPack): ExplainedRule {
  const groups = (words: string[][]) => words.map((group) => group.join(' = ')).join('; ');
  return {
    part: 'titleRules',
    code: 'titleRules',
    name: { zh: '课程名称规范化', en: 'Titles that are the same' },
    sentences: [
      {
        zh: '名称只差宽度、大小写、空格、标点或末尾的序号 1 的，是同一门课；末尾的 Ⅱ、II、二、（二）都是 2',
        en: 'titles that differ only in width, case, spaces, punctuation or a 1 at the end are one course; at the end Ⅱ, II and 二 are 2',
      },
      whenDuplicate === 'refuse'
        ? {
            zh: '同一门课再修不再计入，同名的校外成果也不再认定',
            en: 'the same course again does not count again, nor is an outcome of elsewhere recognised under its title',
          }
        : { zh: '同一门课再修照常计入', en: 'the same course again counts again' },
      ...(ignoredParticles.length > 0
        ? [{ zh: `不计：${ignoredParticles.join('、')}`, en: `not counted: ${ignoredParticles.join(', ')}` }]
        : []),
      ...(sameWords.length > 0 ? [{ zh: `同义：${groups(sameWords)}`, en: `the same: ${groups(sameWords)}` }] : []),
      ...(substitutes.length > 0
        ? [
            {
              zh: `相近，必修只计一门：${groups(substitutes)}`,
              en: `near-synonyms, once where required: ${groups(substitutes)}`,
            },
          ]
        : []),
    ],
  };
}

function recognitionRules(pack: PolicyPack): ExplainedRule[] {
  const { recognition } = pack;
  if (!recognition)
    return [
      {
        part: 'recognition',
        code: 'recognition',
        name: { zh: '成果认定', en: 'Recognition' },
        sentences: [{ zh: '不认定校外成果', en: 'nothing is recognised from elsewhere' }],
      },
    ];
  return [
    {
      part: 'recognition',
      code: 'recognition',
      name: { zh: '成果认定', en: 'Recognition' },
      sentences: recognitionWords(pack, recognition),
    },
    ...recognition.panels.map((panel) => ({
      part: 'recognition.panels',
      code: panel.code,
      name: panel.name,
      sentences: panelWords(panel),
    })),
    ...recognition.catalogue.map((item) => ({
      part: 'recognition.catalogue',
      code: item.code,
      name: item.name,
      sentences: catalogueItemWords(pack, item),
    })),
  ];
}
