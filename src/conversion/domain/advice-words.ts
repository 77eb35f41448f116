import { isRuleInForce, takesFrom } from '../../policy/domain/conversion-rules.js';
import { creditTypeOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import type { Programme } from '../../policy/domain/programmes.js';
import type { Named } from '../../policy/domain/schema-parts.js';

/** Something to know before enrolling, as a sentence. */
export interface AdviceNote {
  code: 'counts-once' | 'one-required-item' | 'counts-towards-nothing' | 'no-rule' | 'leisure-never-degree';
  words: Named;
}

/** What was found out so far. */
interface Found {
  duplicates: { title: string; how: string; countsOnce: boolean }[];
  direct: unknown[];
  conversions: { isAllowed: boolean }[];
}

/** What the lists of an advice do not say by themselves: that only one of two counts, and why nothing comes of it. */
export function adviceNotes(
  pack: PolicyPack,
  planned: { creditType: string },
  { duplicates, direct, conversions }: Found,
  { programme, today }: { programme: string | null; today: string },
): AdviceNote[] {
  const notes = duplicates.flatMap(({ title, how, countsOnce }): AdviceNote[] => {
    if (countsOnce)
      return [
        note(
          'counts-once',
          `与已有的《${title}》是同一项学习，证书项目只计其中一次`,
          `the same as "${title}", which is there already: awards count only one of them`,
        ),
      ];
    if (how !== 'similar-title') return [];
    return [
      note(
        'one-required-item',
        `与已有的《${title}》名称相近，必修只计其中一门`,
        `nearly the same title as "${title}", which is there already: only one of them counts for a required item`,
      ),
    ];
  });
  if (direct.length > 0 || conversions.some(({ isAllowed }) => isAllowed)) return notes;
  const type = creditTypeOf(pack, planned.creditType);
  const name = type?.name ?? { zh: planned.creditType, en: planned.creditType };
  const awards = pack.programmes.filter(({ code }) => programme === null || code === programme);
  notes.push(notCounted(awards, planned.creditType, name));
  if (conversions.length === 0) notes.push(noRule(pack, planned.creditType, name, { programme, today }));
  if (type?.category === 'leisure' && awards.some(({ category }) => category === 'degree'))
    notes.push(
      note(
        'leisure-never-degree',
        '始于文化休闲的学分永远不能成为学历学分',
        'what began as leisure never becomes degree credit',
      ),
    );
  return notes;
}

function notCounted(awards: Programme[], creditType: string, name: Named): AdviceNote {
  const taking = awards.filter(({ buckets }) =>
    buckets.some(({ accepts }) => accepts.creditTypes.length === 0 || accepts.creditTypes.includes(creditType)),
  );
  const titles = titlesOf(taking.length > 0 ? taking : awards);
  return taking.length > 0
    ? note(
        'counts-towards-nothing',
        `${titles.zh}接受${name.zh}，但另有此项学习不符合的条件`,
        `${titles.en} takes ${name.en}, but on other conditions that this learning does not meet`,
      )
    : note(
        'counts-towards-nothing',
        `${titles.zh}没有接受${name.zh}的类别`,
        `no bucket of ${titles.en} takes ${name.en}`,
      );
}

function noRule(
  pack: PolicyPack,
  creditType: string,
  name: Named,
  { programme, today }: { programme: string | null; today: string },
): AdviceNote {
  const rules = pack.conversionRules.filter((rule) => isRuleInForce(rule, today) && takesFrom(rule, creditType));
  if (programme === null || rules.length === 0)
    return note('no-rule', `没有现行规则可转换${name.zh}`, `no rule in force converts ${name.en}`);
  return note(
    'no-rule',
    `没有专为此项目转换${name.zh}的规则；不限项目的规则：${rules.map((rule) => rule.name.zh).join('、')}`,
    `no rule converts ${name.en} for this award; rules for other uses: ${rules.map((rule) => rule.name.en).join(', ')}`,
  );
}

function titlesOf(awards: Programme[]): Named {
  if (awards.length === 0) return { zh: '现行规则', en: 'the rules in force' };
  return {
    zh: awards.map(({ title }) => `“${title.zh}”`).join('、'),
    en: awards.map(({ title }) => `"${title.en}"`).join(', '),
  };
}

function note(code: AdviceNote['code'], zh: string, en: string): AdviceNote {
  return { code, words: { zh, en } };
}
