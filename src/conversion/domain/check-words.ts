import { CATEGORIES, listed, plain } from '../../policy/domain/pack-words.js';
import type { CreditCategory } from '../../policy/domain/credit-types.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import type { Check } from './conversion-case.js';

type Facts = Check['facts'];
type Words = (facts: Facts) => Named;

/**
 * What a check that passed found, as a sentence of its facts. For one that failed the sentence of its problem says it.
 * Words are made when they are read, so that they may get better; what was compared is kept with the decision.
 */
export function passedWords({ check, facts }: Check): Named {
  const { zh, en } = WORDS[check](facts);
  const out = text(facts['leftOut']);
  return out === '—' ? { zh, en } : { zh: `${zh}；不用批次 ${out}`, en: `${en}; lots ${out} are left out` };
}

const WORDS: Record<Check['check'], Words> = {
  account: () => ({ zh: '账户可以转换', en: 'the account may convert' }),
  category: ({ began }) => {
    const { zh, en } = categories(began);
    return {
      zh: `${zh ? `学分始于${zh}，` : ''}没有由文化休闲变为学历的学分`,
      en: `${en ? `it began as ${en}; ` : ''}nothing that began as leisure becomes degree credit`,
    };
  },
  rule: ({ rule, ruleName, ruleNameEn, policyVersion }) => ({
    zh: `按规则“${text(ruleName)}”（${text(rule)}，${text(policyVersion)}）`,
    en: `by the rule "${text(ruleNameEn)}" (${text(rule)}, ${text(policyVersion)})`,
  }),
  exempt: ({ itemName, itemNameEn }) => ({
    zh: `${text(itemName)}可以用其他成果替代`,
    en: `other learning may stand in for ${text(itemNameEn)}`,
  }),
  item: ({ itemName, itemNameEn }) => ({
    zh: `${text(itemName)}尚无成果替代`,
    en: `nothing stands in for ${text(itemNameEn)} yet`,
  }),
  overlap: ({ overlapPercent, leastPercent }) => ({
    zh: `内容重合度 ${text(overlapPercent)}%，至少须 ${text(leastPercent)}%`,
    en: `the contents overlap by ${text(overlapPercent)}%, at least ${text(leastPercent)}% is asked`,
  }),
  level: ({ level, levels }) => ({
    zh: `目标等级 ${text(level)}，成果等级 ${text(levels)}`,
    en: `the target asks for ${text(level)}, the learning has ${text(levels)}`,
  }),
  recency: ({ notBefore, earned }) => ({
    zh: `须取得于 ${text(notBefore)} 以后，成果取得于 ${text(earned)}`,
    en: `earned from ${text(notBefore)} on: on ${text(earned)}`,
  }),
  ratio: ({ asked, ratio }) => ({
    zh: `${text(asked)} 学分按 ${text(ratio)} 换算，没有零头`,
    en: `${text(asked)} credits at ${text(ratio)} come out whole`,
  }),
  amount: ({ worth, takes }) => ({
    zh: `目标值 ${text(worth)} 学分，取用 ${text(takes)}`,
    en: `the target is worth ${text(worth)} credits, ${text(takes)} are taken`,
  }),
  lots: ({ lots }) => ({ zh: `指定的批次 ${text(lots)} 都可用`, en: `the named lots ${text(lots)} can all be used` }),
  whole: ({ lots }) => ({
    zh: `批次 ${text(lots)} 是没有用过的整项成果`,
    en: `lots ${text(lots)} are whole outcomes, nothing of them was used`,
  }),
  'single-use': ({ outcomes, singleUse, programme }) => {
    const isEver = singleUse === 'ever' || typeof programme !== 'string';
    return {
      zh: `分录 ${text(outcomes)} 的成果${isEver ? '尚未转换过' : `尚未用于项目 ${programme}`}`,
      en: `the outcomes of entries ${text(outcomes)} have served ${isEver ? 'nowhere' : `nothing of ${programme}`} yet`,
    };
  },
  attempt: ({ lots, policy, policyEn }) => ({
    zh: `一门课程只计一次（${text(policy)}）：批次 ${text(lots)}`,
    en: `a course counts once (${text(policyEn)}): lots ${text(lots)}`,
  }),
  cap: (facts) => {
    const { capName, capNameEn, limit, used, left, asked } = facts;
    const [where, cut] = [groupWords(facts), cutWords(facts)];
    return {
      zh: `${text(capName)}${where.zh}：上限 ${text(limit)}，已用 ${text(used)}，尚余 ${text(left)}，申请 ${text(asked)}${cut.zh}`,
      en: `${text(capNameEn)}${where.en}: limit ${text(limit)}, used ${text(used)}, left ${text(left)}, asked ${text(asked)}${cut.en}`,
    };
  },
  floor: (facts) => {
    const { capName, capNameEn, least, limit, used, left, asked } = facts;
    const cut = cutWords(facts);
    return {
      zh: `${text(capName)}：其他学习至少 ${text(least)}，转换最多 ${text(limit)}，已用 ${text(used)}，尚余 ${text(left)}，申请 ${text(asked)}${cut.zh}`,
      en: `${text(capNameEn)}: ${text(least)} stay for other learning, at most ${text(limit)} by conversion, used ${text(used)}, left ${text(left)}, asked ${text(asked)}${cut.en}`,
    };
  },
  surplus: ({ surplus, becomes }) => ({
    zh: `高出目标的 ${text(surplus)} 学分成为 ${text(becomes)}`,
    en: `${text(surplus)} credits above the target become ${text(becomes)}`,
  }),
  credit: ({ available, needed }) => ({
    zh: `可用 ${text(available)} 学分，需要 ${text(needed)}`,
    en: `${text(available)} credits are there, ${text(needed)} are needed`,
  }),
};

/** The group and the period that a limit counts apart. */
function groupWords(facts: Facts): Named {
  const apart = ['provider', 'item', 'activity-type', 'outcome-class', 'credit-type']
    .flatMap((dimension) => (typeof facts[dimension] === 'string' ? [facts[dimension]] : []))
    .join(' ');
  const { from, to } = facts;
  const days = typeof from === 'string' ? (from === to ? from : `${from}—${text(to)}`) : '';
  const where = [apart, days].filter((each) => each !== '');
  return where.length === 0 ? plain('') : { zh: `（${where.join('，')}）`, en: ` (${where.join(', ')})` };
}

function cutWords({ cut }: Facts): Named {
  return typeof cut === 'string' ? { zh: `，截去 ${cut}`, en: `, ${cut} cut off` } : plain('');
}

function categories(began: unknown): Named {
  if (typeof began !== 'string') return plain('');
  return listed(began.split(', ').map((code) => CATEGORIES[code as CreditCategory] ?? plain(code)));
}

function text(fact: unknown): string {
  return typeof fact === 'string' || typeof fact === 'number' ? `${fact}` : '—';
}
