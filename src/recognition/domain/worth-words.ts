import type { Named } from '../../policy/domain/schema-parts.js';
import type { WorthCheck } from './worth.js';

type Facts = WorthCheck['facts'];

/** What a check that passed found, as a sentence of its facts. For one that failed the sentence of its problem says it. */
export function passedWords({ check, facts }: WorthCheck): Named {
  return WORDS[check](facts);
}

const WORDS: Record<WorthCheck['check'], (facts: Facts) => Named> = {
  item: itemWords,
  worth: ({ raw, rate, asked, limit }) => ({
    zh: `原始 ${text(raw)}${typeof rate === 'string' ? `，按 ${rate}` : ''}，拟认定 ${text(asked)} 学分${typeof limit === 'string' ? `，上限 ${limit}` : ''}`,
    en: `raw ${text(raw)}${typeof rate === 'string' ? ` at ${rate}` : ''} makes ${text(asked)} credits${typeof limit === 'string' ? `, at most ${limit}` : ''}`,
  }),
  level: ({ level }) =>
    typeof level === 'string' ? { zh: `等级 ${level}`, en: `level ${level}` } : { zh: '不分等级', en: 'of no level' },
  validity: ({ obtainedOn, validUntil }) => ({
    zh: `取得于 ${text(obtainedOn)}，${typeof validUntil === 'string' ? `有效至 ${validUntil}` : '长期有效'}`,
    en: `obtained on ${text(obtainedOn)}, ${typeof validUntil === 'string' ? `valid until ${validUntil}` : 'valid for ever'}`,
  }),
  title: ({ outcomeTitle }) => ({
    zh: `没有与《${text(outcomeTitle)}》同名的成果`,
    en: `nothing of the title "${text(outcomeTitle)}" is held yet`,
  }),
  cap: ({ cap, nameZh, nameEn, limit, used, left, asked, counted }) => ({
    zh: `${text(nameZh ?? cap)}：上限 ${text(limit)}，已用 ${text(used)}，尚余 ${text(left)}，申请 ${text(asked)}，计入 ${text(counted)}`,
    en: `${text(nameEn ?? cap)}: limit ${text(limit)}, used ${text(used)}, left ${text(left)}, asked ${text(asked)}, counted ${text(counted)}`,
  }),
};

/** An item asks several things; the facts tell which. */
function itemWords(facts: Facts): Named {
  const { item, obtainedOn, effectiveFrom, minimum, grade, accreditedOn, reviewDue, givenZh, givenEn } = facts;
  if (effectiveFrom !== undefined)
    return {
      zh: `目录项目 ${text(item)} 在取得之日 ${text(obtainedOn)} 有效`,
      en: `item ${text(item)} was in force on ${text(obtainedOn)}, when it was obtained`,
    };
  if (reviewDue !== undefined)
    return {
      zh: `取得于项目认可期内（${text(accreditedOn)}—${text(reviewDue)}）`,
      en: `obtained while the project was accredited (${text(accreditedOn)}—${text(reviewDue)})`,
    };
  if (givenZh !== undefined)
    return { zh: `成果类别为${text(givenZh)}，与目录相同`, en: `it is of the item's class, ${text(givenEn)}` };
  if (minimum !== undefined && minimum !== null)
    return {
      zh: `成绩 ${text(grade)}，至少须 ${text(minimum)}`,
      en: `mark ${text(grade)}, at least ${text(minimum)} is asked`,
    };
  return { zh: `与目录项目 ${text(item)} 相符`, en: `as item ${text(item)} of the catalogue asks` };
}

function text(fact: unknown): string {
  return typeof fact === 'string' || typeof fact === 'number' ? `${fact}` : '—';
}
