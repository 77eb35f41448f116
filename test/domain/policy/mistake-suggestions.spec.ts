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
  ['a list', (file) => Object.assign(file, { programmes: 7 }), '例如 [{ code: my-code', 'such as [{ code: my-code'],
];

const CAP = { code: 'x', name: { zh: '限', en: 'X' }, per: 'year', whenOver: 'refuse' };

function foundAfter(change: Broken[1]) {
  const file = shippedFile();
  change(file);
  return foundIn(() => readPolicyPack(file));
}

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
