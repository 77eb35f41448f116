import fc from 'fast-check';
import type { TimeTariff } from '../../../src/policy/domain/tariffs.js';
import { readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import { mistakesAfter, shippedFile } from './pack-parts.js';

/** Class hours of a credit are written with at most two decimals. */
interface Written {
  classHourMinutes: number;
  hundredthsOfClassHours: number;
  stepCenti: number;
}

const WRITTEN: fc.Arbitrary<Written> = fc.record({
  classHourMinutes: fc.integer({ min: 30, max: 120 }),
  hundredthsOfClassHours: fc.integer({ min: 10, max: 10_000 }),
  stepCenti: fc.constantFrom(1, 5, 10, 25, 50, 100),
});

/** Ten thousand times the seconds of one step: exact in integers. */
function tenThousandSteps({ classHourMinutes, hundredthsOfClassHours, stepCenti }: Written): number {
  return hundredthsOfClassHours * classHourMinutes * 60 * stepCenti;
}

function fileOf({ classHourMinutes, hundredthsOfClassHours, stepCenti }: Written) {
  const file = shippedFile();
  file.classHourMinutes = classHourMinutes;
  const step = `${Math.floor(stepCenti / 100)}.${String(stepCenti % 100).padStart(2, '0')}`;
  const classHoursPerCredit = hundredthsOfClassHours / 100;
  file.tariffs = [{ code: 'one', kind: 'per-time', rounding: 'cumulative', classHoursPerCredit, step }];
  for (const type of file.creditTypes) type.tariff = 'one';
  return file;
}

describe('the step of a tariff', () => {
  it.each([
    [45, 1_800, 1, 486],
    [45, 1_600, 1, 432],
    [45, 1_800, 25, 12_150],
    [60, 100, 100, 3_600],
    [60, 200, 100, 7_200],
    [50, 110, 1, 33],
  ])(
    'of class hours of %d min, %d hundredths of a class hour a credit and %d hundredths of a credit is %d s',
    (classHourMinutes, hundredthsOfClassHours, stepCenti, secondsPerQuantum) => {
      const pack = readPolicyPack(fileOf({ classHourMinutes, hundredthsOfClassHours, stepCenti }));
      expect(pack.tariffs).toMatchObject([{ secondsPerQuantum, quantumCenti: stepCenti }]);
    },
  );

  it('is told without the noise of binary fractions', () => {
    const found = mistakesAfter((file) => {
      Object.assign(file.tariffs[0]!, { classHoursPerCredit: 8.6419 });
    });
    expect(found).toEqual([expect.stringContaining('a step of 1 hundredths is 233.3313 seconds')]);
  });

  it('is accepted exactly when it is a whole number of seconds', () => {
    const whole = WRITTEN.filter((written) => tenThousandSteps(written) % 10_000 === 0);
    fc.assert(
      fc.property(whole, (written) => {
        const [tariff] = readPolicyPack(fileOf(written)).tariffs as [TimeTariff];
        expect(tariff.secondsPerQuantum).toBe(tenThousandSteps(written) / 10_000);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when it is not, with the nearest one named', () => {
    const fraction = WRITTEN.filter((written) => tenThousandSteps(written) % 10_000 !== 0);
    fc.assert(
      fc.property(fraction, (written) => {
        const [mistake, ...others] = mistakesAfter((file) => Object.assign(file, fileOf(written)));
        expect(others).toEqual([]);
        expect(mistake).toMatch(
          /^\/tariffs\/0\/classHoursPerCredit one: a step of \d+ hundredths is [\d.]+ seconds, not a whole number/,
        );
        const nearest = Number(/\((\d+) s\)\)$/.exec(mistake!)?.[1]);
        expect(Math.abs(nearest * 10_000 - tenThousandSteps(written))).toBeLessThanOrEqual(10_000);
      }),
      { numRuns: 300 },
    );
  });

  it('that is named as the nearest is accepted when it is written into the file', () => {
    const fraction = WRITTEN.filter((written) => tenThousandSteps(written) % 10_000 !== 0);
    fc.assert(
      fc.property(fraction, (written) => {
        const file = fileOf(written);
        const [mistake] = mistakesAfter((shipped) => Object.assign(shipped, file));
        const classHoursPerCredit = Number(/classHoursPerCredit ([\d.e-]+)/.exec(mistake!)?.[1]);
        Object.assign(file.tariffs[0]!, { classHoursPerCredit });
        expect(mistakesAfter((shipped) => Object.assign(shipped, file))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
