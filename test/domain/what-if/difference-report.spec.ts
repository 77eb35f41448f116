import { birthYearOf } from '../../../src/learners/domain/identity-number.js';
import { ageBandMistakes, ageBandOf } from '../../../src/policy/domain/age-bands.js';
import { DifferenceTally } from '../../../src/what-if/domain/difference-report.js';

describe('a report of differences', () => {
  it('adds up by type, by every unit above and by age, and names who gains and loses most', () => {
    const tally = new DifferenceTally();
    const add = (learnerId: string, before: number, after: number, ageBand: string) =>
      tally.add({
        learnerId,
        units: ['140100', '140106'],
        ageBand,
        before: new Map([['leisure', before]]),
        after: new Map([['leisure', after]]),
        newlyRefused: after < before ? ['visit-too-short'] : [],
      });
    add('a', 10, 30, '≤17');
    add('b', 10, 10, '70+');
    for (let index = 0; index < 12; index += 1) add(`c${index}`, 100, 90 - index, '70+');
    const report = tally.report();
    expect(report).toMatchObject({ learners: 14, gain: 1, lose: 12, unchanged: 1 });
    expect(report.byUnit).toEqual([
      { group: '140100', learners: 14, gain: 1, lose: 12, beforeCenti: 1220, afterCenti: 1054, differenceCenti: -166 },
      { group: '140106', learners: 14, gain: 1, lose: 12, beforeCenti: 1220, afterCenti: 1054, differenceCenti: -166 },
    ]);
    expect(report.byAge.map(({ group, differenceCenti }) => [group, differenceCenti])).toEqual([
      ['70+', -186],
      ['≤17', 20],
    ]);
    expect(report.byCreditType).toHaveLength(1);
    expect(report.newlyRefused).toEqual([{ code: 'visit-too-short', count: 12 }]);
    expect(report.largestGains).toEqual([{ learnerId: 'a', differenceCenti: 20 }]);
    expect(report.largestLosses.map(({ differenceCenti }) => differenceCenti)).toEqual([
      -21, -20, -19, -18, -17, -16, -15, -14, -13, -12,
    ]);
  });
});

describe('what is no credit', () => {
  it('is added up apart: points of who has any, conversions and awards by what became of them', () => {
    const tally = new DifferenceTally();
    for (const [before, after] of [
      [3, 5],
      [4, 0],
      [2, 2],
      [0, 0],
    ] as const)
      tally.addPoints({ before, after });
    tally.addConversions({ looked: 3, changed: 1, refused: 1 });
    tally.addConversions({ looked: 1, changed: 0, refused: 0 });
    tally.addAwards({ looked: 2, stillMet: 1, noLongerMet: 0, programmeGone: 1 });
    expect(tally.report()).toMatchObject({
      learners: 0,
      points: { learners: 3, gain: 1, lose: 1, before: 9, after: 7 },
      conversions: { looked: 4, changed: 1, refused: 1 },
      awards: { looked: 2, stillMet: 1, noLongerMet: 0, programmeGone: 1 },
    });
  });
});

describe('age bands', () => {
  it.each([
    [0, '≤17'],
    [17, '≤17'],
    [18, '18–44'],
    [59, '45–59'],
    [60, '60–69'],
    [70, '70+'],
    [104, '70+'],
  ])('put %i into %s', (age, band) => {
    expect(ageBandOf([17, 44, 59, 69], age)).toBe(band);
  });

  it('are one band where the pack names none, and must rise', () => {
    expect(ageBandOf([], 40)).toBe('all');
    expect(ageBandMistakes([17, 44, 40])).toMatchObject([
      { pointer: '/ageBandsUpTo/2', message: { en: '40 does not come after 44' } },
    ]);
  });

  it.each([
    ['RESIDENT_ID', '14010619500101001X', 1950],
    ['FOREIGN_PERMANENT_RESIDENT', '911010197501010010', 1975],
    ['FOREIGN_PERMANENT_RESIDENT', 'USA110123456789', null],
    ['PASSPORT', 'E12345678', null],
  ] as const)('read the birth year of a %s', (type, number, year) => {
    expect(birthYearOf(type, number)).toBe(year);
  });
});
