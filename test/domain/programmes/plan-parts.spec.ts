import { readCap } from '../../../src/policy/domain/caps.js';
import { readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import { intakeLimits } from '../../../src/programmes/domain/intake-limits.js';
import { plannableCourse } from '../../../src/programmes/domain/plan-options.js';
import { ruleWords, stepWords } from '../../../src/programmes/domain/plan-words.js';
import { shippedFile } from '../policy/pack-parts.js';
import { factsOf, named, programmeOf, TODAY } from './programme-parts.js';

const PACK = readPolicyPack(shippedFile());
const OFFER = {
  courseId: 'course',
  code: 'KC-1',
  title: '书法',
  provider: 'a',
  creditType: 'leisure',
  activityType: 'DAILY_CLASS',
  level: null,
  plannedSeconds: 5_400,
  plannedSessions: 10,
  sessions: [],
};
const NOTHING = { attendedSessions: 0, acceptedSeconds: 0, isCompleted: false };

describe('a course in a plan', () => {
  it.each([
    ['brings what its hours bring alone, rounded down', OFFER, NOTHING, { creditCenti: 111, studySeconds: 54_000 }],
    [
      'is planned from where it stands',
      OFFER,
      { ...NOTHING, attendedSessions: 9, acceptedSeconds: 48_600 },
      { creditCenti: 11, sessionsLeft: 1 },
    ],
    [
      'counts no more of a session than the visit cap',
      { ...OFFER, plannedSeconds: 14_400, plannedSessions: 1 },
      NOTHING,
      { creditCenti: 14, studySeconds: 14_400 },
    ],
    [
      'counts the hours that wait until it is passed',
      { ...OFFER, creditType: 'vocational', activityType: 'VOCATIONAL_COURSE' },
      { ...NOTHING, attendedSessions: 9, acceptedSeconds: 48_600 },
      { creditCenti: 125, sessionsLeft: 1 },
    ],
  ])('%s', (_, offer, done, expected) => {
    expect(plannableCourse(PACK, offer, done, TODAY)).toMatchObject(expected);
  });

  it.each([
    ['all sessions are attended', OFFER, { ...NOTHING, attendedSessions: 10, acceptedSeconds: 54_000 }],
    ['it is passed', OFFER, { ...NOTHING, attendedSessions: 5, isCompleted: true }],
    ['the pack does not know its kind', { ...OFFER, activityType: 'DANCE' }, NOTHING],
  ])('is not offered when %s', (_, offer, done) => {
    expect(plannableCourse(PACK, offer, done, TODAY)).toBeNull();
  });
});

describe('limits on what comes in', () => {
  it('leave to courses what earlier credit of their year and provider has not used', () => {
    const cap = readCap({
      code: 'year',
      name: named('Year'),
      limit: { credit: '2' },
      per: 'year',
      each: ['provider'],
      whenOver: 'cut',
    });
    const course = plannableCourse(PACK, OFFER, NOTHING, TODAY)!;
    const earlier = [
      { ...factsOf({ provider: 'a', endsOn: '2024-02-01' }), seconds: 0, centi: 150 },
      { ...factsOf({ provider: 'a', endsOn: '2023-08-31' }), seconds: 0, centi: 40 },
      { ...factsOf({ provider: 'b', endsOn: '2024-02-01' }), seconds: 0, centi: 30 },
    ];
    expect(intakeLimits({ ...PACK, caps: [cap] }, earlier, [course])).toEqual([
      { code: 'year', left: 50, takes: new Map([['KC-1', 111]]) },
    ]);
  });
});

describe('a plan in words', () => {
  it('says what to take', () => {
    const course = plannableCourse(PACK, OFFER, NOTHING, TODAY)!;
    expect(stepWords(PACK, { do: 'take', course }).zh).toContain('修读《书法》剩余的 10 次课');
  });

  it.each([
    ['total', '总学分至少 1.00 学分'],
    ['bucket vocational', 'vocational至少 0.40 学分'],
    ['cap few', '“few”最多 3 项'],
    ['excluded KC-1', '您排除了课程 KC-1'],
    ['timetable', '课程时间互相冲突'],
    ['conversion leisure-to-vocational', '转换规则“文化休闲学分转换为职业培训学分”的上限'],
  ])('names the rule %s', (rule, words) => {
    const programme = programmeOf({
      buckets: [{ creditType: 'vocational', minimum: '0.40' }],
      caps: [{ code: 'few', name: named('few'), limit: { count: 3 } }],
    });
    expect(ruleWords(PACK, programme, rule).zh).toBe(words);
  });
});
