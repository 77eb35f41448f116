import { MINIMAL_PACK } from '../../../src/policy/domain/pack-example.js';
import type { MistakeCode } from '../../../src/policy/domain/mistake-words.js';
import { placesIn, textWith } from './pack-parts.js';

/**
 * One row: what is wrong, what is replaced in the minimal pack and by what, the text at whose beginning the mistake is
 * shown, its pointer and kind.
 */
type Row = [what: string, from: string, to: string, at: string, pointer: string, code: MistakeCode];

const RULE = `conversionRules:
  - code: up
    name: { zh: 转, en: Up }
    from: leisure
    to: vocationl
    effectiveFrom: '2024-01-01'
`;
const AS_LIST = RULE.replace('from: leisure', 'from: [{ creditTypes: [leisure, musik] }]').replace(
  'to: vocationl',
  'to: [{ creditType: leisure, programme: community-lerner }]',
);
const COURSE = `    evidence: [card, list, qr, import]
    completion:
      attendance:
        - { upToSessions: 10, percent: 80 }
        - { upToSessions: 5, percent: 90 }
      otherwisePercent: 70
`;
const EVIDENCE = '    evidence: [card, list, qr, import]\n';
const BUCKET = "      - { creditType: leisure, minimum: '10' }\n";
const TOTAL = "    total: '10'\n";

const ROWS: Row[] = [
  [
    'a name of an entry',
    'tariff: leisure-time',
    'tariff: leisure-tim',
    'leisure-tim\n',
    '/creditTypes/0/tariff',
    'name-unknown',
  ],
  ['a short form of a list', 'conversionRules: []\n', RULE, 'vocationl', '/conversionRules/0/to', 'name-unknown'],
  [
    'a name in a list in a flow mapping in a list',
    'conversionRules: []\n',
    AS_LIST,
    'musik',
    '/conversionRules/0/from/0/creditTypes/1',
    'name-unknown',
  ],
  [
    'a name in a flow mapping',
    'conversionRules: []\n',
    AS_LIST,
    'community-lerner',
    '/conversionRules/0/to/0/programme',
    'name-unknown',
  ],
  [
    'the short form of a bucket',
    '{ creditType: leisure, min',
    '{ creditType: leisur, min',
    'leisur, min',
    '/programmes/0/buckets/0/creditType',
    'name-unknown',
  ],
  [
    'a bucket that stands twice',
    BUCKET,
    `${BUCKET}      - { minimum: '1', creditType: leisure }\n`,
    'leisure }',
    '/programmes/0/buckets/1/creditType',
    'code-twice',
  ],
  [
    'a number of a tariff',
    'classHoursPerCredit: 18',
    'classHoursPerCredit: 17.5',
    '17.5',
    '/tariffs/0/classHoursPerCredit',
    'step-not-whole',
  ],
  [
    'a step out of order',
    EVIDENCE,
    COURSE,
    '5, percent: 90',
    '/activityTypes/0/completion/attendance/1/upToSessions',
    'steps-not-rising',
  ],
  [
    'a step that stands twice',
    EVIDENCE,
    COURSE.replace('upToSessions: 5', 'upToSessions: 10'),
    '10, percent: 90',
    '/activityTypes/0/completion/attendance/1/upToSessions',
    'steps-not-rising',
  ],
  ['an item of a list', '[card, list,', '[card, lst,', 'lst', '/activityTypes/0/evidence/1', 'value-unknown'],
  [
    'an item that stands twice',
    '[card, list,',
    '[card, card,',
    'card, qr',
    '/activityTypes/0/evidence/1',
    'item-twice',
  ],
  ['a word that stands twice', '学位, degree]', '学位, 学位]', '学位]', '/protectedWords/2', 'item-twice'],
  [
    'a title',
    'en: Community learning certificate',
    'en: Community degree',
    'Community degree',
    '/programmes/0/title/en',
    'protected-word',
  ],
  [
    'a field that is missing in a flow mapping',
    ', rounding: cumulative',
    '',
    '{ code: leisure-time',
    '/tariffs/0',
    'field-missing',
  ],
  ['a field that is missing at the top', 'classHourMinutes: 45\n', '', 'code: my-city', '', 'field-missing'],
  [
    'a field that should not be there',
    'rounding: cumulative',
    'rounding: cumulative, bonus: 1',
    'bonus',
    '/tariffs/0',
    'field-unknown',
  ],
  ['a kind there is not', 'kind: per-time', 'kind: per-tim', 'per-tim', '/tariffs/0/kind', 'value-unknown'],
  ['a total that is too small', TOTAL, "    total: '9'\n", "'9'", '/programmes/0/total', 'minimums-over-total'],
  ['an alias of a wrong value', 'version: ', 'version: &v ', '*v', '/classHourMinutes', 'type-wrong'],
  [
    'a value under an anchor, at the anchor',
    'title: { zh: 示例市终身学习学分规则, en: Lifelong-learning credit rules of a city }',
    'title: &named { zh: 名, en: 7 }',
    '7 }',
    '/title/en',
    'type-wrong',
  ],
  [
    'a field that stands twice',
    'classHourMinutes: 45\n',
    'classHourMinutes: 45\nclassHourMinutes: 50\n',
    'classHourMinutes: 50',
    '/classHourMinutes',
    'yaml-field-twice',
  ],
  ['a number of another notation', 'minutes: 480', 'minutes: 4e2', '4e2', '/dayCap/minutes', 'number-form'],
  ['text over several lines', "version: '2024.1'", 'version: >-\n  2024 .1', '>-', '/version', 'text-wrong'],
];

describe('a mistake is shown where its value stands', () => {
  it.each(ROWS)('for %s', (_, from, to, at, pointer, code) => {
    let text = textWith(from, to);
    if (at === '*v') text = text.replace('classHourMinutes: 45', 'classHourMinutes: *v');
    const before = text.slice(0, text.indexOf(at)).split('\n');
    expect(placesIn(text)).toContainEqual({
      line: before.length,
      column: before.at(-1)!.length + 1,
      pointer,
      code,
    });
  });

  it('for a mapping that is repeated by an alias, at the value it repeats, for every place', () => {
    const text = MINIMAL_PACK.replace(
      'dayCap: { minutes: 480, whenOver: cut }',
      'dayCap: &cap { minutes: 480, whenOver: cutt }',
    ).replace(EVIDENCE, `${EVIDENCE}    visitCap: *cap\n`);
    const line = text.split('\n').findIndex((each) => each.includes('cutt')) + 1;
    expect(placesIn(text)).toEqual([
      { line, column: 40, pointer: '/dayCap/whenOver', code: 'value-unknown' },
      { line, column: 40, pointer: '/activityTypes/0/visitCap/whenOver', code: 'value-unknown' },
    ]);
  });
});
