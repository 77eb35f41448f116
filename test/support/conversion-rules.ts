import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const FILE = parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as {
  conversionRules: object[];
  creditTypes: object[];
};
const named = (zh: string, en: string) => ({ zh, en });
const SINCE = { effectiveFrom: '2013-01-01' };
const ONE_TO_ONE = { ratio: { from: 1, to: 1 } };

/**
 * The shipped rules (leisure to vocational two to one, at most 0.47 of it for one person) and four more: `once`, whose outcomes
 * serve once; `whole`, which takes whole outcomes; `held`, which must be approved and is cut at 0.25 a year and
 * institution; `twice`, on from what `once` gave.
 */
export const MANY_RULES = {
  ...FILE,
  version: '2024.9',
  effectiveFrom: '2024-01-01',
  creditTypes: [
    ...FILE.creditTypes,
    { code: 'bonus', name: named('奖励', 'Bonus'), category: 'leisure', tariff: 'leisure-time' },
    { code: 'extra', name: named('附加', 'Extra'), category: 'leisure', tariff: 'leisure-time' },
    { code: 'special', name: named('特别', 'Special'), category: 'leisure', tariff: 'leisure-time' },
  ],
  conversionRules: [
    ...FILE.conversionRules,
    {
      ...{ code: 'once', name: named('仅一次', 'Once'), from: 'leisure', to: 'bonus', ...ONE_TO_ONE, ...SINCE },
      singleUse: 'ever',
    },
    {
      ...{ code: 'whole', name: named('整项', 'Whole'), from: 'leisure', to: 'special', ...ONE_TO_ONE, ...SINCE },
      wholeOnly: true,
    },
    {
      ...{ code: 'held', name: named('待批', 'Held'), from: 'leisure', to: 'extra', ...ONE_TO_ONE, ...SINCE },
      ...{ approval: 'required', holdDays: 30 },
      caps: [
        {
          ...{ code: 'year', name: named('每年', 'A year'), limit: { credit: '0.25' }, per: 'year' },
          ...{ each: ['provider'], date: 'posting', whenOver: 'cut' },
        },
      ],
    },
    {
      ...{ code: 'twice', name: named('再转', 'Twice'), from: 'bonus', to: 'special', ...ONE_TO_ONE, ...SINCE },
      singleUse: 'ever',
    },
  ],
};

/** Later rules, under which vocational credit may become degree credit, and leisure nothing. */
export const DEGREE_RULES = {
  ...MANY_RULES,
  version: '2024.10',
  effectiveFrom: '2024-06-01',
  conversionRules: [
    { code: 'study', name: named('学历', 'Study'), from: 'vocational', to: 'degree', ...ONE_TO_ONE, ...SINCE },
  ],
};
