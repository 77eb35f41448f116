import {
  activityTypeOf,
  creditTypeOf,
  policyVersion,
  programmeOf,
  tariffOf,
  timeBucketOf,
} from '../../../src/policy/domain/policy-pack.js';
import { type TimeTariff } from '../../../src/policy/domain/tariffs.js';
import { isDegree } from '../../../src/policy/domain/conversion-mistakes.js';
import { readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import { shippedFile } from './pack-parts.js';

const pack = readPolicyPack(shippedFile());

describe('the pack of Taiyuan that is delivered', () => {
  it('loads, with minutes as seconds and credit as hundredths', () => {
    expect(policyVersion(pack)).toBe('taiyuan-default@2024.1');
    expect(pack.classHourSeconds).toBe(2_700);
    expect(pack.caps.find(({ short }) => short === 'day')).toMatchObject({
      limit: { unit: 'second', amount: 28_800 },
      per: 'day',
      whenOver: 'cut',
    });
    expect(pack.creditTypes.map(({ code, category, validityYears }) => [code, category, validityYears])).toEqual([
      ['leisure', 'leisure', 7],
      ['vocational', 'vocational', 7],
      ['degree', 'degree', 7],
    ]);
    expect(programmeOf(pack, 'community-care')).toMatchObject({
      totalCenti: 95,
      buckets: [
        {
          code: 'vocational',
          name: { en: 'Vocational training credit' },
          accepts: { creditTypes: ['vocational'] },
          minimumCenti: 85,
          maximumCenti: null,
        },
        { code: 'leisure', minimumCenti: 10, overflowTo: null },
      ],
    });
  });

  it.each([
    ['leisure', 486],
    ['vocational', 432],
  ])('makes a hundredth of %s credit of %d seconds', (code, secondsPerQuantum) => {
    const type = creditTypeOf(pack, code)!;
    const tariff = tariffOf(pack, activityTypeOf(pack, 'DAILY_CLASS')!, type);
    expect(tariff).toMatchObject({ kind: 'per-time', rounding: 'cumulative', quantumCenti: 1, secondsPerQuantum });
    expect(timeBucketOf(tariff)).toBe(`time/${secondsPerQuantum}s`);
  });

  it('fills in what its file leaves out', () => {
    expect(activityTypeOf(pack, 'DAILY_CLASS')).toMatchObject({
      tariff: null,
      minimumVisitSeconds: 60,
      isDropIn: false,
      completion: null,
    });
    expect(activityTypeOf(pack, 'VISIT')).toMatchObject({
      minimumVisitSeconds: 1_200,
      isDropIn: true,
    });
    const capsOf = (code: string) => pack.caps.filter(({ only }) => only.activityTypes.includes(code));
    expect(capsOf('DAILY_CLASS')).toMatchObject([{ short: 'visit', limit: { amount: 7_200 }, whenOver: 'cut' }]);
    expect(capsOf('VISIT')).toMatchObject([
      { short: 'visit', limit: { amount: 7_200 }, whenOver: 'cut' },
      { short: 'visits-per-day', limit: { unit: 'count', amount: 1 }, whenOver: 'refuse' },
    ]);
    expect(pack.conversionRules).toMatchObject([{ ratio: { from: 2, to: 1 }, effectiveTo: null }]);
  });

  it('names who issues its documents; without that the pack is named', () => {
    expect(pack.issuer.zh).toBe('太原市终身学习学分银行');
    const { issuer: _, ...file } = shippedFile();
    expect(readPolicyPack(file).issuer).toEqual(pack.title);
  });

  it('gates vocational courses with 80 % of up to nine sessions, 70 % of more, and a grade of 60', () => {
    expect(activityTypeOf(pack, 'VOCATIONAL_COURSE')?.completion).toEqual({
      attendance: [{ upToSessions: 9, percent: 80 }],
      otherwisePercent: 70,
      gradeMinimum: 60,
    });
  });

  it('has no rule that ends in a degree', () => {
    expect(pack.conversionRules.filter(({ targets }) => targets.some((target) => isDegree(target, pack)))).toEqual([]);
  });

  it('knows nothing it does not name', () => {
    expect(creditTypeOf(pack, 'museum')).toBeUndefined();
    expect(activityTypeOf(pack, 'daily_class')).toBeUndefined();
    expect(programmeOf(pack, 'toString')).toBeUndefined();
  });
});

describe('a tariff of an activity', () => {
  it('keeps its remainder apart from the time of the type of credit', () => {
    const leisure = creditTypeOf(pack, 'leisure')!;
    const own = tariffOf(pack, { ...activityTypeOf(pack, 'VISIT')!, tariff: 'vocational-time' }, leisure) as TimeTariff;
    expect(timeBucketOf(own)).toBe('time/432s');
    expect(timeBucketOf({ ...own, code: 'other', quantumCenti: 25 })).toBe('time/432s-25');
    expect(timeBucketOf({ ...own, rounding: 'session-floor' })).toBe('time/vocational-time');
  });

  it('is always found, or the pack was not one', () => {
    const lost = { ...activityTypeOf(pack, 'VISIT')!, tariff: 'nowhere' };
    expect(() => tariffOf(pack, lost, creditTypeOf(pack, 'leisure')!)).toThrow(RangeError);
  });
});
