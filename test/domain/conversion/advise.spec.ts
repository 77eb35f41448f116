import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { advise, type EarlierLearning, type PlannedOutcome } from '../../../src/conversion/domain/advise.js';
import { plannedCredit } from '../../../src/conversion/domain/planned-credit.js';
import { apportion } from '../../../src/conversion/domain/share-cap.js';
import { readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import { VISIT } from './conversion-parts.js';

const FILE = parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as {
  tariffs: object[];
  activityTypes: object[];
};
const PACK = readPolicyPack({
  ...FILE,
  tariffs: [
    ...FILE.tariffs,
    { code: 'stamp', kind: 'per-visit', creditPerVisit: '0.05' },
    { code: 'floor', kind: 'per-time', rounding: 'session-floor', classHoursPerCredit: 20, step: '0.05' },
    { code: 'half', kind: 'per-time', rounding: 'session-half-up', classHoursPerCredit: 20, step: '0.05' },
  ],
  activityTypes: [
    ...FILE.activityTypes,
    ...['stamp', 'floor', 'half'].map((code) => ({
      code,
      name: { zh: code, en: code },
      evidence: ['card'],
      tariff: code,
    })),
  ],
  caps: [
    {
      code: 'three',
      name: { zh: '三项', en: 'Three' },
      limit: { count: 2 },
      per: 'lifetime',
      whenOver: 'refuse',
      only: { activityTypes: ['DAILY_CLASS'] },
    },
    { code: 'hours', name: { zh: '学时', en: 'Hours' }, limit: { minutes: 600 }, per: 'year', whenOver: 'cut' },
  ],
  titleRules: { ignoredParticles: ['의'], sameWords: [['养生', '健康养生']], substitutes: [['入门', '概论']] },
});
const BOOK = { status: 'active' as const, today: '2024-06-10', lots: [], history: [], programme: null };

/** A planned course of ten hours worth 0.74. */
function planned(changes: Partial<PlannedOutcome> = {}): PlannedOutcome {
  return { ...VISIT, item: 'KC-1', activityType: 'DAILY_CLASS', seconds: 36_000, centi: 74, ...changes };
}

function earlier(entry: number, changes: Partial<EarlierLearning> = {}): EarlierLearning {
  return { ...planned(), entry, seconds: 5_400, centi: 11, ...changes };
}

describe('planned credit', () => {
  it.each([
    ['gathers over sessions', 'DAILY_CLASS', 5_400, 9, 48_600, 100],
    ['is cut at the most of a visit', 'DAILY_CLASS', 10_800, 1, 7_200, 14],
    ['is so much a visit', 'stamp', 5_400, 3, 16_200, 15],
    ['is floored every session', 'floor', 5_000, 4, 20_000, 20],
    ['is rounded every session', 'half', 5_000, 4, 20_000, 40],
  ])('%s', (_, activityType, plannedSeconds, sessions, seconds, centi) => {
    expect(plannedCredit(PACK, { activityType, creditType: 'leisure', plannedSeconds, sessions })).toEqual({
      ...{ seconds, centi, isGated: false },
    });
  });

  it('waits for the course to be passed where it has a gate, and is unknown without its activity', () => {
    const course = { activityType: 'VOCATIONAL_COURSE', creditType: 'vocational', plannedSeconds: 5_400, sessions: 5 };
    expect(plannedCredit(PACK, course)).toMatchObject({ isGated: true, centi: 62 });
    expect(plannedCredit(PACK, { ...course, activityType: 'NONE' })).toBeNull();
  });
});

describe('advice before enrolling', () => {
  it.each<[string, Partial<EarlierLearning>, string | null]>([
    ['the same course', { title: '别的名称' }, 'same-item'],
    ['the same title under other words and spaces', { item: 'KC-2', title: '健康养生 有道' }, 'same-title'],
    ['another course', { item: 'KC-2', title: '太原街巷' }, null],
    ['what was converted from it', { origin: 'conversion' }, null],
  ])('names %s', (_, changes, how) => {
    const { duplicates } = advise(PACK, planned(), [earlier(1, changes), earlier(2, changes)], BOOK);
    expect(duplicates.map((each) => each.how)).toEqual(how === null ? [] : [how]);
  });

  it('names a title nearly the same as something else', () => {
    const course = planned({ title: '养生入门' });
    const { duplicates } = advise(PACK, course, [earlier(3, { item: null, title: '养生概论' })], BOOK);
    expect(duplicates).toEqual([{ entry: 3, title: '养生概论', how: 'similar-title', countsOnce: false }]);
  });

  it('says that only one of two outcomes of the same item counts, and that hours add up', () => {
    const passed = { outcomeClass: 'course' as const, isAssessed: true };
    const again = advise(PACK, planned(passed), [earlier(3, passed)], BOOK);
    expect(again.duplicates).toMatchObject([{ how: 'same-item', countsOnce: true }]);
    expect(again.notes.map(({ code }) => code)).toContain('counts-once');
    const hours = advise(PACK, planned(), [earlier(3)], BOOK);
    expect(hours.duplicates).toMatchObject([{ how: 'same-item', countsOnce: false }]);
    expect(hours.notes.map(({ code }) => code)).not.toContain('counts-once');
  });

  it('says which caps on what comes in are in the way', () => {
    const { caps } = advise(PACK, planned(), [earlier(1), earlier(2)], BOOK);
    expect(caps).toEqual([
      { cap: 'three', unit: 'count', limit: 2, used: 2, left: 0, asked: 1, whenOver: 'refuse' },
      { cap: 'hours', unit: 'second', limit: 36_000, used: 10_800, left: 25_200, asked: 36_000, whenOver: 'cut' },
    ]);
  });

  it('says where it counts as it is and what every rule would make of it', () => {
    const { direct, conversions } = advise(PACK, planned(), [], BOOK);
    expect(direct).toEqual([
      { programme: 'community-learner', item: null },
      { programme: 'community-care', item: null },
    ]);
    expect(conversions).toMatchObject([{ rule: 'leisure-to-vocational', isAllowed: true, fromCenti: 74, toCenti: 37 }]);
    const dear = advise(PACK, planned({ centi: 401 }), [], BOOK).conversions;
    expect(dear).toMatchObject([{ isAllowed: false, fromCenti: 400, toCenti: 200 }]);
    expect(dear[0]!.checks.find(({ isPassed }) => !isPassed)).toMatchObject({ check: 'cap', facts: { left: '0.47' } });
    const other = advise(PACK, planned(), [], { ...BOOK, programme: 'community-learner' });
    expect([other.direct.length, other.conversions]).toEqual([1, []]);
  });
});

it.each([
  [10, [1, 1, 1], [4, 3, 3]],
  [1, [5, 5], [1, 0]],
  [800, [300, 300, 200], [300, 300, 200]],
  [5, [0, 0], [0, 0]],
  [99, [1, 98], [1, 98]],
])('divides %d by weights without losing a hundredth', (amount, weights, shares) => {
  expect(apportion(amount, weights)).toEqual(shares);
});
