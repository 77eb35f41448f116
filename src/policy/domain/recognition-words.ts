import { formatCredit } from '../../kernel/credit.js';
import { levelName, OUTCOME_CLASS_NAMES } from './outcome-words.js';
import { creditTypeName, listed } from './pack-words.js';
import { isAlike, type Panel, type PanelSeats, type StandardKind } from './panel-rules.js';
import type { PolicyPack } from './policy-pack.js';
import type { CatalogueItem, ReasonUse, RecognitionRules } from './recognition-rules.js';
import type { Named } from './schema-parts.js';

const REVIEWS: Record<CatalogueItem['review'], Named> = {
  automatic: { zh: '自动认定', en: 'recognised at once' },
  one: { zh: '一人审核', en: 'recognised by one reviewer' },
  two: { zh: '初审、终审两人审核', en: 'recognised after two reviews' },
};

const STANDARDS: Record<StandardKind, Named> = {
  catalogue: { zh: '目录中两人审核的项目', en: 'catalogue items with two reviews' },
  rate: { zh: '按比例折合的成果', en: 'outcomes counted by a rate' },
  new: { zh: '另定学分的成果（新标准）', en: 'outcomes given a worth of their own (new standards)' },
};

/** Which outcomes a panel decides and how it votes. */
export function panelWords({ outcomeClasses, standards, ...panel }: Panel): Named[] {
  const kinds = listed(standards.map((standard) => STANDARDS[standard]));
  const classes = listed(outcomeClasses.map((outcomeClass) => OUTCOME_CLASS_NAMES[outcomeClass]));
  const only = outcomeClasses.length === 0 ? { zh: '', en: '' } : { zh: `（${classes.zh}）`, en: ` (${classes.en})` };
  return [
    {
      zh: `初审通过后评议${kinds.zh}${only.zh}`,
      en: `decides after the first review: ${kinds.en}${only.en}`,
    },
    ...seatWords(panel),
    ...(isAlike(panel.appeal, panel)
      ? [
          {
            zh: '申诉由同样组成、未参与原决定的人重新投票',
            en: 'an appeal is voted on by as many others, in the same way',
          },
        ]
      : [
          { zh: '申诉由未参与原决定的人重新投票：', en: 'an appeal is voted on by others:' },
          ...seatWords(panel.appeal),
        ]),
  ];
}

/** How many vote, and how their votes decide. */
function seatWords({ seats, inFavour, expertSeats, expertYears }: PanelSeats): Named[] {
  return [
    {
      zh: `${seats} 人投票，全部投完后 ${inFavour} 票以上同意即认定，否则不予认定`,
      en: `${seats} people vote; when all have, ${inFavour} or more in favour recognise it, fewer reject it`,
    },
    ...(expertSeats === 0
      ? []
      : [
          {
            zh: `其中至少 ${expertSeats} 名连续从业满 ${expertYears} 年的行业专家`,
            en: `at least ${expertSeats} of them expert, ${expertYears} years or more in the trade`,
          },
        ]),
  ];
}

const USES: Record<ReasonUse, Named> = {
  returned: { zh: '退回', en: 'return' },
  rejected: { zh: '不予认定', en: 'reject' },
  dismissed: { zh: '驳回申诉', en: 'dismiss an appeal' },
};

/** How outcomes of elsewhere are recognised, but for the items of the catalogue. */
export function recognitionWords(pack: PolicyPack, rules: RecognitionRules): Named[] {
  return [
    ...rules.rawCredit.map(({ outcomeClass, creditType, of, from, to }) => {
      const [kind, type] = [OUTCOME_CLASS_NAMES[outcomeClass], creditTypeName(pack, creditType)];
      return {
        zh: `${kind.zh}每 ${from} ${of === 'hours' ? '小时' : '原始学分'}折合 ${type.zh} ${to}，不足 0.01 的舍去`,
        en: `${from} ${of === 'hours' ? 'hours' : 'raw credit'} of ${kind.en} become ${to} credit of ${type.en}; less than 0.01 is dropped`,
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
    ...rules.reasons.map((reason) => ({
      zh: `理由 ${reason.name.zh}（${reason.code}）：用于${reason.for.map((use) => USES[use].zh).join('、')}`,
      en: `reason to ${reason.for.map((use) => USES[use].en).join(', ')}: ${reason.name.en}`,
    })),
    {
      zh: `审核 ${rules.reviewDays} 个工作日，申诉处理 ${rules.appealDays} 个工作日，决定后 ${rules.appealWithinDays} 天内可申诉`,
      en: `reviews within ${rules.reviewDays} working days, appeals decided within ${rules.appealDays} working days; a learner may appeal for ${rules.appealWithinDays} days after the decision`,
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
      zh: `计 ${type.zh} ${credit}${level ? `，${level.zh}` : ''}`,
      en: `${credit} credit of ${type.en}${level ? `, ${level.en}` : ''}`,
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
    ...(item.project === null
      ? []
      : [
          {
            zh: `已认证项目，实施单位 ${item.project.issuer}，${item.project.accreditedOn} 认证，${item.project.reviewDue} 复核；其后取得的暂不认定`,
            en: `an accredited project of ${item.project.issuer}, accredited on ${item.project.accreditedOn}, to be reviewed on ${item.project.reviewDue}; later results wait for that`,
          },
        ]),
  ];
}
