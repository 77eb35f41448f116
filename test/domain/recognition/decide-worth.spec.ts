import type { CountedOutcome } from '../../../src/policy/domain/caps.js';
import type { PackFile } from '../../../src/policy/domain/pack-file.js';
import {
  decideWorth,
  requireWorth,
  toFacts,
  type WorthQuestion,
} from '../../../src/recognition/domain/decide-worth.js';
import type { ReviewedWorth } from '../../../src/recognition/domain/worth.js';
import { issuerName } from '../../../src/recognition/domain/issuer-name.js';
import { named } from '../policy/pack-parts.js';
import { aPaper, packWith } from './a-case.js';

const BY_RATE: ReviewedWorth = { creditType: 'vocational', centi: null, level: null, isAssessed: null };

function question(changes: Partial<WorthQuestion> = {}): WorthQuestion {
  return { content: aPaper(), reviewed: BY_RATE, pack: packWith(), earlier: [], today: '2024-06-10', ...changes };
}

function earlier(centi: number, changes: Partial<CountedOutcome> = {}): CountedOutcome {
  const given = { creditType: 'vocational', level: null, isAssessed: true, policy: null, postedOn: '2024-06-01' };
  return { ...toFacts(aPaper(), given), seconds: 0, centi, ...changes };
}

const cappedAt = (credit: string, whenOver: 'cut' | 'refuse') => (file: PackFile) =>
  (file.caps = [{ code: 'year', name: named('Year'), limit: { credit }, per: 'year', whenOver }]);

describe('what an outcome is worth', () => {
  it.each([
    ['half of the raw credit of a training', { rawCenti: 401 }, 200],
    ['all of it of a course', { outcomeClass: 'course' as const, rawCenti: 401 }, 401],
  ])('is by rate %s, rounded down', (_, changes, centi) => {
    expect(decideWorth(question({ content: aPaper(changes) }))).toMatchObject({ isAllowed: true, centi });
  });

  it.each([
    ['the hours on the paper', 2_100, 105],
    ['nothing where the paper says no hours', null, 0],
  ])('is by a rate of hours %s', (_, rawHoursCenti, asked) => {
    const hours = {
      outcomeClass: 'training',
      creditType: 'vocational',
      of: 'hours',
      ratio: { from: 20, to: 1 },
    } as const;
    const pack = packWith((file) => (file.recognition!.rawCredit = [hours]));
    expect(decideWorth(question({ content: aPaper({ rawCenti: 401, rawHoursCenti }), pack })).askedCenti).toBe(asked);
  });

  it('is what the catalogue says, whatever the paper says', () => {
    const content = aPaper({
      outcomeClass: 'certificate',
      item: 'ELDERLY-CARE-5',
      issuer: '太原市职业技能鉴定中心',
      grade: 60,
      rawCenti: 99_900,
    });
    expect(decideWorth(question({ content, reviewed: null }))).toMatchObject({
      isAllowed: true,
      centi: 200,
      creditType: 'vocational',
      validUntil: '2029-05-20',
      isAssessed: true,
    });
    const otherwise = decideWorth(question({ content, reviewed: { ...BY_RATE, centi: 300 } }));
    expect(() => requireWorth(otherwise)).toThrow('recognition-worth-fixed');
  });

  it('is cut by a cap to what is left, and the decision says so', () => {
    const decision = decideWorth(question({ pack: packWith(cappedAt('3.00', 'cut')), earlier: [earlier(150)] }));
    expect(decision).toMatchObject({ isAllowed: true, askedCenti: 200, centi: 150 });
    expect(decision.checks.at(-1)).toEqual({
      check: 'cap',
      isPassed: true,
      code: null,
      facts: {
        ...{ cap: 'year', nameZh: 'Year', nameEn: 'Year', unit: 'credit', unitZh: '学分' },
        ...{ limit: '3.00', used: '1.50', left: '1.50', asked: '2.00', counted: '1.50' },
      },
    });
  });

  it.each([
    ['a cap that refuses is over', 'refuse' as const, 150],
    ['nothing is left to cut to', 'cut' as const, 300],
  ])('is nothing where %s', (_, whenOver, used) => {
    const decision = decideWorth(question({ pack: packWith(cappedAt('3.00', whenOver)), earlier: [earlier(used)] }));
    expect(() => requireWorth(decision)).toThrow('recognition-cap-reached');
  });

  it('counts what came in the same year, from the same issuer however it is spelt, and no other year', () => {
    const pack = packWith(
      (file) =>
        (file.caps = [
          {
            code: 'issuer',
            name: named('Issuer'),
            limit: { credit: '3.00' },
            per: 'year',
            each: ['provider'],
            whenOver: 'refuse',
          },
        ]),
    );
    const left = (changes: Partial<CountedOutcome>) =>
      decideWorth(question({ pack, earlier: [earlier(200, changes)] })).isAllowed;
    expect(left({})).toBe(false);
    expect(left({ endsOn: '2023-08-31' })).toBe(true);
    expect(left({ provider: 'another' })).toBe(true);
  });

  it('has ended with its validity, the day after the last', () => {
    const content = aPaper({ obtainedOn: '2017-06-09' });
    expect(() => requireWorth(decideWorth(question({ content, today: '2024-06-09' })))).not.toThrow();
    expect(() => requireWorth(decideWorth(question({ content, today: '2024-06-10' })))).toThrow('outcome-expired');
  });

  it('is the same whenever the same question is asked', () => {
    expect(decideWorth(question({ earlier: [earlier(150)] }))).toEqual(
      decideWorth(question({ earlier: [earlier(150)] })),
    );
  });
});

describe('an issuer', () => {
  const pack = packWith();
  it.each([
    ['太原市　职业技能鉴定中心', '太原市职业技能鉴定中心'],
    [' Some  College ', 'Some College'],
  ])('written %s is %s', (written, name) => {
    expect(issuerName(pack, written)).toBe(name);
  });
});
