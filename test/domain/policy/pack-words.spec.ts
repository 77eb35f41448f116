import type { OutcomeFacts } from '../../../src/kernel/outcome.js';
import { addWorkingDays, periodStart, readCalendar } from '../../../src/policy/domain/calendar.js';
import {
  capUse,
  countedFrom,
  countedUntil,
  readCap,
  type CapFile,
  type CountedOutcome,
} from '../../../src/policy/domain/caps.js';
import { nearestName } from '../../../src/policy/domain/mistake.js';
import { isAtLeast, matchesOutcome, readOutcomePattern } from '../../../src/policy/domain/outcome-pattern.js';
import { programmeLimitAmount, readProgrammeLimit } from '../../../src/policy/domain/programme-limits.js';
import { duplicateTitle, readTitleRules, substituteTitle } from '../../../src/policy/domain/title-rules.js';
import { expectMistakes, mistakesAfter, named, type Broken } from './pack-parts.js';

const SCHEMES = [
  {
    code: 'ouc',
    name: named('Open university'),
    levels: ['L1', 'L2', 'L3'].map((code) => ({ code, name: named(code) })),
  },
  { code: 'hk', name: named('Hong Kong'), levels: ['H1', 'H2'].map((code) => ({ code, name: named(code) })) },
];

const COURSE: OutcomeFacts = {
  origin: 'recognition',
  outcomeClass: 'course',
  creditType: 'vocational',
  activityType: null,
  item: 'C1',
  title: 'Accounting',
  provider: 'college-a',
  level: 'L2',
  isAssessed: true,
  grade: 70,
  startsOn: '2024-02-20',
  endsOn: '2024-06-20',
  postedOn: '2024-09-02',
};

describe('a calendar', () => {
  const korea = readCalendar({ yearStartsOn: '03-01', semestersStartOn: ['09-01', '03-01'] });
  it.each([
    ['year', '2024-02-29', '2023-03-01'],
    ['year', '2024-03-01', '2024-03-01'],
    ['semester', '2024-08-31', '2024-03-01'],
    ['semester', '2024-09-01', '2024-09-01'],
    ['semester', '2024-01-15', '2023-09-01'],
  ] as const)('begins the %s of %s on %s', (period, day, start) => {
    expect(periodStart(korea, period, day)).toBe(start);
  });

  const china = readCalendar({
    holidays: ['2024-10-01', '2024-10-02', '2024-10-03', '2024-10-04', '2024-10-07'],
    workdays: ['2024-09-29', '2024-10-12'],
  });
  it.each([
    ['2024-06-07', 1, '2024-06-10'],
    ['2024-06-07', 15, '2024-06-28'],
    ['2024-09-27', 1, '2024-09-29'],
    ['2024-09-30', 1, '2024-10-08'],
    ['2024-10-11', 1, '2024-10-12'],
    ['2024-06-08', 1, '2024-06-10'],
  ])('counts from %s %i working days to %s', (day, count, due) => {
    expect(addWorkingDays(china, day, count)).toBe(due);
  });
});

describe('a pattern of outcomes', () => {
  it.each([
    [{}, true],
    [{ outcomeClasses: ['certificate' as const] }, false],
    [{ outcomeClasses: ['certificate' as const, 'course' as const], assessedOnly: true }, true],
    [{ origins: ['attendance' as const] }, false],
    [{ providers: ['college-a'], items: ['C1'] }, true],
    [{ activityTypes: ['CLASS'] }, false],
    [{ minimumLevel: 'L2' }, true],
    [{ minimumLevel: 'L3' }, false],
    [{ minimumLevel: 'H1' }, false],
  ])('%j fits: %s', (pattern, fits) => {
    expect(matchesOutcome(readOutcomePattern(pattern), COURSE, SCHEMES)).toBe(fits);
  });

  it('never finds an outcome without a level high enough', () => {
    expect(isAtLeast(SCHEMES, null, 'L1')).toBe(false);
  });
});

const CAP_FILE: CapFile = {
  code: 'cap',
  name: named('Cap'),
  limit: { credit: '42' },
  per: 'year',
  whenOver: 'refuse',
};

describe('a cap', () => {
  const pack = { calendar: readCalendar({ yearStartsOn: '03-01' }), levelSchemes: SCHEMES };
  const earned = (change: Partial<CountedOutcome>): CountedOutcome => ({
    ...COURSE,
    seconds: 0,
    centi: 300,
    ...change,
  });
  const use = (change: Partial<CapFile>, earlier: CountedOutcome[], next: OutcomeFacts = COURSE) => {
    const found = capUse(readCap({ ...CAP_FILE, ...change }), pack, earlier, next);
    return found && [found.used, found.left];
  };

  it('counts by the day on which the course ended', () => {
    const lastYear = earned({ startsOn: '2024-01-01', endsOn: '2024-02-29' });
    expect(use({}, [lastYear, earned({})])).toEqual([300, 3_900]);
    expect(use({ date: 'start' }, [lastYear, earned({})])).toEqual([600, 3_600]);
  });

  it('may count by years of its own', () => {
    const spring = earned({ startsOn: '2024-03-02', endsOn: '2024-03-10' });
    expect(use({}, [spring, earned({})])).toEqual([600, 3_600]);
    expect(use({ yearStartsOn: '04-01' }, [spring, earned({})])).toEqual([300, 3_900]);
    expect(use({ yearStartsOn: '06-20' }, [spring, earned({})])).toEqual([300, 3_900]);
    expect(use({ yearStartsOn: '06-21' }, [spring, earned({})])).toEqual([600, 3_600]);
    const cap = readCap({ ...CAP_FILE, yearStartsOn: '04-01' });
    expect([countedFrom(cap, pack.calendar, COURSE), countedUntil(cap, pack.calendar, COURSE)]).toEqual([
      '2024-04-01',
      '2025-03-31',
    ]);
  });

  it('counts apart for each provider', () => {
    const other = earned({ provider: 'college-b' });
    expect(use({ each: ['provider'], per: 'lifetime' }, [other, earned({}), earned({})])).toEqual([600, 3_600]);
  });

  it('counts outcomes, study time or credit', () => {
    const certificate = { ...COURSE, outcomeClass: 'certificate' as const };
    const three = [1, 2, 3].map(() => earned({ outcomeClass: 'certificate', seconds: 600 }));
    const only = { outcomeClasses: ['certificate' as const] };
    expect(use({ limit: { count: 3 }, per: 'lifetime', only }, [...three, earned({})], certificate)).toEqual([3, 0]);
    expect(use({ limit: { minutes: 60 }, per: 'lifetime', only }, three, certificate)).toEqual([1_800, 1_800]);
  });

  it('says nothing about what it does not speak of', () => {
    expect(use({ only: { creditTypes: ['leisure'] } }, [])).toBeNull();
  });

  it('leaves nothing, not less, where more was counted than it now allows', () => {
    expect(use({ limit: { credit: '2' } }, [earned({})])).toEqual([300, 0]);
  });

  it('of one visit counts nothing before it', () => {
    expect(use({ per: 'visit' }, [earned({})])).toEqual([0, 4_200]);
  });
});

describe('two titles', () => {
  const rules = readTitleRules({
    ignoredParticles: ['의', '(上)', '（下）'],
    sameWords: [['EDPS', '전자자료처리']],
    substitutes: [['이해', '개론', '입문']],
  });
  it.each([
    ['S/W 활용', 'SW활용'],
    ['전공실기1', '전공실기 Ⅰ'],
    ['전공실기', '전공실기1'],
    ['E.D.P.S 실무', '전자자료처리실무'],
    ['교육의 이해', '교육 이해'],
    ['太极拳（上）', '太极拳(上)'],
    ['太极拳(下)', '太极拳'],
  ])('%s and %s are one course', (a, b) => {
    expect(duplicateTitle(rules, a)).toBe(duplicateTitle(rules, b));
  });

  it.each([
    ['전공실기1', '전공실기2'],
    ['의학', '학'],
    ['上海历史', '海历史'],
    ['심리학 개론', '심리학 이해'],
  ])('%s and %s are two courses', (a, b) => {
    expect(duplicateTitle(rules, a)).not.toBe(duplicateTitle(rules, b));
  });

  it('that are near-synonyms stand in for each other', () => {
    expect(substituteTitle(rules, '심리학 개론')).toBe(substituteTitle(rules, '심리학의 이해'));
  });
});

describe('a limit of a programme', () => {
  it.each([
    // Beijing: half of 76; open university: 35 % of 40 required; Malaysia: 30 % of 120 and 90; UK: two thirds of 360.
    ['1/2', 'total', 7_600, 4_000, 3_800],
    ['35/100', 'required', 7_600, 4_000, 1_400],
    ['30/100', 'total', 12_000, 12_000, 3_600],
    ['30/100', 'total', 9_000, 9_000, 2_700],
    ['2/3', 'total', 36_000, 36_000, 24_000],
    ['1/3', 'total', 100, 100, 33],
  ] as const)(
    'of %s of the %s of %i hundredths, %i required, is %i',
    (share, of, totalCenti, requiredCenti, amount) => {
      const { limit } = readProgrammeLimit({ code: 'cap', name: named('Cap'), limit: { share, of } });
      expect(programmeLimitAmount({ totalCenti, requiredCenti }, limit)).toBe(amount);
    },
  );
});

describe('a pack with parts is refused', () => {
  const CAP: CapFile = { code: 'cap', name: named('Cap'), limit: { count: 1 }, per: 'day', whenOver: 'refuse' };
  const MEANING: Broken[] = [
    [
      'with a cap of a type that is not there, with the nearest name',
      (file) => (file.caps = [{ ...CAP, only: { creditTypes: ['leasure'] } }]),
      ['/caps/0/only/creditTypes/0 cap: there is no credit type leasure (did you mean leisure?)'],
    ],
    [
      'with a cap that cuts a count',
      (file) => (file.caps = [{ ...CAP, whenOver: 'cut' }]),
      ['/caps/0/whenOver cap: a visit'],
    ],
    [
      'with a limit of nothing',
      (file) => (file.caps = [{ ...CAP, limit: { credit: '0' } }]),
      ['/caps/0/limit/credit cap: a limit'],
    ],
    [
      'with a day that is free and worked',
      (file) => (file.calendar = { holidays: ['2024-10-01'], workdays: ['2024-10-01'] }),
      ['/calendar/workdays/0 2024-10-01 is a holiday'],
    ],
    [
      'with a level in two schemes',
      (file) => (file.levelSchemes = [SCHEMES[0]!, { ...SCHEMES[0]!, code: 'twin' }]),
      ['L1', 'L2', 'L3'].map((level, at) => `/levelSchemes/1/levels/${at}/code twin: the level ${level} stands twice`),
    ],
    [
      'with a credit type of a scheme that is not there',
      (file) => (file.creditTypes[0]!.levelScheme = 'ouc'),
      ['/creditTypes/0/levelScheme leisure: there is no level scheme ouc'],
    ],
    [
      'with honours that do not rise',
      (file) =>
        (file.rewards = {
          ladders: [
            { code: 'hours', name: named('H'), steps: [50, 50].map((hours) => ({ hours, title: named('T') })) },
          ],
        }),
      ['/rewards/ladders/0/steps/1/hours hours: the step 50 stands twice'],
    ],
    [
      'with a catalogue item of nothing, of no type and level',
      (file) =>
        (file.recognition = {
          reviewDays: 15,
          appealDays: 15,
          appealWithinDays: 60,
          catalogue: [
            {
              code: 'ITEM',
              name: named('Item'),
              outcomeClass: 'certificate',
              creditType: 'music',
              credit: '0',
              level: 'L9',
              effectiveFrom: '2024-01-01',
              effectiveTo: '2023-01-01',
              review: 'one',
            },
          ],
        }),
      [
        '/recognition/catalogue/0/creditType ITEM: there is no credit type music',
        '/recognition/catalogue/0/level ITEM: there is no level L9',
        '/recognition/catalogue/0/credit ITEM: is worth nothing',
        '/recognition/catalogue/0/effectiveTo ITEM: ends before it begins (2024-01-01 or later',
      ],
    ],
    [
      'with a misspelt field, with the nearest name',
      (file) => Object.assign(file, { effectivFrom: '2024-01-01' }),
      ['/ there is no field effectivFrom (did you mean effectiveFrom?)'],
    ],
  ];
  it.each(MEANING)('%s', (_, change, mistakes) => {
    expectMistakes(mistakesAfter(change), mistakes);
  });
});

describe('the nearest name', () => {
  it.each([
    ['leasure', 'leisure'],
    ['VOCATIONAL', 'vocational'],
    ['xyz', undefined],
  ])('to %s is %s', (name, nearest) => {
    expect(nearestName(name, ['leisure', 'vocational'])).toBe(nearest);
  });
});
