import { groupBy } from '../../../src/kernel/group-by.js';
import { formatStudyTime, isKeptTime, rateOfBucket } from '../../../src/kernel/study-time.js';

describe('study time as text', () => {
  it.each([
    [0, '0 分'],
    [59, '59 秒'],
    [60, '1 分'],
    [486, '8 分 6 秒'],
    [2_700, '45 分'],
    [3_600, '1 小时'],
    [5_400, '1 小时 30 分'],
    [48_600, '13 小时 30 分'],
    [360_005, '100 小时 5 秒'],
  ])('writes %d seconds as %s', (durationSeconds, text) => {
    expect(formatStudyTime(durationSeconds)).toBe(text);
  });
});

it.each([
  ['time/486s', false, { secondsPerQuantum: 486, quantumCenti: 1 }],
  ['time/43200s-50', false, { secondsPerQuantum: 43_200, quantumCenti: 50 }],
  ['time/hourly', true, null],
  ['pending/c1', false, null],
  ['available', false, null],
])('an account says by its name whether its time is kept: %s %s, or gathers at a rate', (bucket, isKept, rate) => {
  expect([isKeptTime(bucket), rateOfBucket(bucket)]).toEqual([isKept, rate]);
});

describe('groups', () => {
  it('keep every item, in the order of first appearance', () => {
    const groups = groupBy(['b1', 'a1', 'b2', 'a2', 'c1'], (item) => item[0]);
    expect([...groups]).toEqual([
      ['b', ['b1', 'b2']],
      ['a', ['a1', 'a2']],
      ['c', ['c1']],
    ]);
  });
});
