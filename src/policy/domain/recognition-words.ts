import { formatCredit } from '../../kernel/credit.js';
import { levelName, OUTCOME_CLASS_NAMES } from './outcome-words.js';
import { creditTypeName } from './pack-words.js';
import type { PolicyPack } from './policy-pack.js';
import type { CatalogueItem, RecognitionRules } from './recognition-rules.js';
import type { Named } from './schema-parts.js';

const REVIEWS: Record<CatalogueItem['review'], Named> = {
  automatic: { zh: '自动认定', en: 'recognised at once' },
  one: { zh: '一人审核', en: 'recognised by one reviewer' },
  two: { zh: '初审、终审两人审核', en: 'recognised after two reviews' },
};

/** How outcomes of elsewhere are recognised, but for the items of the catalogue. */
export function recognitionWords(pack: PolicyPack, rules: RecognitionRules): Named[] {
  return [
    ...rules.rawCredit.map(({ outcomeClass, creditType, from, to }) => {
      const [kind, type] = [OUTCOME_CLASS_NAMES[outcomeClass], creditTypeName(pack, creditType)];
      return {
        zh: `${kind.zh}的原始学分 ${from} 折合 ${to} ${type.zh}，向下取整`,
        en: `${from} raw credit of ${kind.en} are ${to} ${type.en}, rounded down`,
      };
    }),
    ...(rules.mostCenti === null
      ? []
      : [
          {
            zh: `目录外单项最多 ${formatCredit(rules.mostCenti)} 学分`,
            en: `at most ${formatCredit(rules.mostCenti)} credit for one outcome outside the catalogue`,
          },
        ]),
    {
      zh: `审核 ${rules.reviewDays} 个工作日，申诉处理 ${rules.appealDays} 个工作日，决定后 ${rules.appealWithinDays} 天内可申诉`,
      en: `reviews within ${rules.reviewDays} working days, appeals within ${rules.appealDays}; one may appeal for ${rules.appealWithinDays} days`,
    },
  ];
}

/** What an item of the outcome catalogue is worth, and to whom. */
export function catalogueItemWords(pack: PolicyPack, item: CatalogueItem): Named[] {
  const type = creditTypeName(pack, item.creditType);
  const credit = formatCredit(item.standardCenti);
  const level = item.level === null ? null : levelName(pack, item.level);
  return [
    {
      zh: `计 ${credit} ${type.zh}${level ? `，${level.zh}` : ''}`,
      en: `${credit} ${type.en}${level ? `, ${level.en}` : ''}`,
    },
    ...(item.issuers.length > 0
      ? [{ zh: `发证机构：${item.issuers.join('、')}`, en: `issued by ${item.issuers.join(', ')}` }]
      : []),
    ...(item.gradeMinimum === null
      ? []
      : [{ zh: `成绩至少 ${item.gradeMinimum} 分`, en: `grade ${item.gradeMinimum} or more` }]),
    ...(item.validityYears === null
      ? []
      : [{ zh: `取得后 ${item.validityYears} 年内可用`, en: `usable for ${item.validityYears} years` }]),
    {
      zh: `自 ${item.effectiveFrom} 起有效${item.effectiveTo === null ? '' : `，至 ${item.effectiveTo}`}`,
      en: `in force from ${item.effectiveFrom}${item.effectiveTo === null ? '' : ` to ${item.effectiveTo}`}`,
    },
    REVIEWS[item.review],
  ];
}
