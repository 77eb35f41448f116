import { readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import { BROKEN_IN_MEANING } from './broken-packs.js';
import { BROKEN_IN_SHAPE } from './misshapen-packs.js';
import { foundIn, shippedFile, type Broken } from './pack-parts.js';

/** Values for which there is nothing near, and bounds: the change, and how the suggestion begins. */
const SUGGESTED: [what: string, change: Broken[1], zh: string, en: string][] = [
  [
    'the range of a number that is too large',
    (file) => Object.assign(file.dayCap, { minutes: 999_999_999 }),
    '写 1 到 ',
    'from 1 to ',
  ],
  [
    'the range of a number that is too small',
    (file) => Object.assign(file, { classHourMinutes: 0 }),
    '写 1 到 120，最接近的是 1',
    'from 1 to 120; the nearest is 1',
  ],
  [
    'an entry for a list that must not be empty',
    (file) => (file.programmes[0]!.buckets = []),
    '补上，例如 { ',
    'add one, such as { ',
  ],
  [
    'the fields of which one is kept',
    (file) => Object.assign(file, { caps: [{ ...CAP, limit: { count: 1, credit: '1' } }] }),
    '只留 1 个字段：minutes、credit、count',
    'keep 1 of minutes, credit, count',
  ],
  [
    'the fields of which one is written',
    (file) => Object.assign(file, { caps: [{ ...CAP, limit: {} }] }),
    '补写其中一个：minutes、credit、count',
    'write one of minutes, credit, count',
  ],
  [
    'the declared names where none is near',
    (file) => (file.programmes[0]!.buckets[0]!.creditType = 'archaeology'),
    '已有的是 leisure、vocational、degree',
    'there are leisure, vocational, degree',
  ],
  [
    'the name that is near',
    (file) => (file.programmes[0]!.buckets[0]!.creditType = 'leisur'),
    '是不是要写 leisure',
    'did you mean leisure?',
  ],
  ['a tariff', (file) => (file.creditTypes[0]!.tariff = 'zzz'), '已有的是 leisure-time、', 'there are leisure-time, '],
  [
    'one of the values where none is near',
    (file) => Object.assign(file.creditTypes[0]!, { category: 'archaeology' }),
    '例如 leisure',
    'such as leisure',
  ],
  [
    'how a mapping is written',
    (file) => Object.assign(file, { dayCap: 480 }),
    '例如 { minutes: ',
    'such as { minutes: ',
  ],
  ...[0.45, '45%', '０.４５', 45, '45 / 100'].map((share): (typeof SUGGESTED)[number] => [
    `the fraction of ${share}`,
    (file) => Object.assign(file.programmes[0]!, { residency: { share, of: 'total' } }),
    "写作 '9/20'",
    "write '9/20'",
  ]),
  ['the words of one text', words('【学历、学位】'), '写作 [学历, 学位]', 'write [学历, 学位]'],
  [
    'the words of one entry',
    words(['【学历、学位】']),
    '每个词单独一项：[学历, 学位]',
    'each an item of its own: [学历',
  ],
  [
    'words of two languages',
    words(['学历、学位；degree']),
    '每个词单独一项：',
    'each an item of its own: [学历, 学位, degree]',
  ],
  [
    'the codes of one entry',
    (file) => Object.assign(file.programmes[0]!.buckets[0]!, { accepts: { creditTypes: ['leisure、vocational'] } }),
    '每个词单独一项：[leisure, vocational]',
    'each an item of its own: [leisure, vocational]',
  ],
  ['digits of full width', total('２４'), "写作 '24'", "write '24'"],
  ['credit below zero', total('-24'), "写作 '24'", "write '24'"],
  ['curly quotes', total('“24”'), "写作 '24'", "write '24'"],
  ['curly quotes around a day', (file) => (file.effectiveFrom = '“2024-01-01”'), "是不是要写 '2024-01-01'", 'did you'],
  ['a list', (file) => Object.assign(file, { programmes: 7 }), '例如 [{ code: my-code', 'such as [{ code: my-code'],
];

const CAP = { code: 'x', name: { zh: '限', en: 'X' }, per: 'year', whenOver: 'refuse' };

function words(protectedWords: unknown): Broken[1] {
  return (file) => Object.assign(file, { protectedWords });
}

function total(text: string): Broken[1] {
  return (file) => (file.programmes[0]!.total = text);
}

function foundAfter(change: Broken[1]) {
  const file = shippedFile();
  change(file);
  return foundIn(() => readPolicyPack(file));
}

describe('a text that does not fit is told why', () => {
  it.each([
    ['２４', 'is not written as credit, has full-width characters'],
    ['-24', 'is not written as credit, credit is never below zero'],
    ['“24”', 'is not written as credit, curly quotes are part of the text'],
  ])('%s', (text, message) => {
    expect(foundAfter(total(text)).map(({ message: { en } }) => en)).toEqual([message]);
  });
});

describe('every mistake is told with what would be right', () => {
  it.each([...BROKEN_IN_SHAPE, ...BROKEN_IN_MEANING])('in a pack with %s', (_, change) => {
    const mistakes = foundAfter(change);
    expect(mistakes).not.toEqual([]);
    expect(
      mistakes.filter(({ suggestion }) => !/\p{Script=Han}/u.test(suggestion.zh) || !/\w/.test(suggestion.en)),
    ).toEqual([]);
  });

  it.each(SUGGESTED)('such as %s', (_, change, zh, en) => {
    expect(foundAfter(change)[0]!.suggestion).toEqual({
      zh: expect.stringMatching(`^${escaped(zh)}`) as string,
      en: expect.stringMatching(`^${escaped(en)}`) as string,
    });
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
