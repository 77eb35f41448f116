import fc from 'fast-check';
import type { OutcomePatternFile } from '../../../src/policy/domain/outcome-pattern.js';
import type { ProgrammeFile } from '../../../src/policy/domain/programmes.js';
import { drawAward, evaluateProgramme } from '../../../src/programmes/domain/evaluate-programme.js';
import { leastThatMeets } from './exhaustive-search.js';
import { caseOf, named, type Credit } from './programme-parts.js';

const TYPES = ['leisure', 'vocational', 'degree'];
const PROVIDERS = ['a', 'b'];
const small = (most: number) => fc.integer({ min: 0, max: most });
const credit = (centi: number) => (centi / 100).toLocaleString('en', { minimumFractionDigits: 2 });

const credits: fc.Arbitrary<Credit[]> = fc.array(
  fc.record({
    centi: fc.integer({ min: 1, max: 3 }),
    creditType: fc.constantFrom(...TYPES),
    provider: fc.constantFrom(...PROVIDERS),
    validUntil: fc.constantFrom(null, '2024-12-31', '2025-12-31'),
  }),
  { maxLength: 4 },
);

const limits = fc.array(
  fc.record({
    limit: fc.oneof(
      small(4).map((centi) => ({ credit: credit(centi) })),
      small(3).map((count) => ({ count })),
    ),
    only: fc.constantFrom<OutcomePatternFile>({}, { creditTypes: ['leisure'] }, { providers: ['a'] }),
    isEach: fc.boolean(),
  }),
  { maxLength: 2 },
);

const programmes: fc.Arbitrary<Partial<ProgrammeFile>> = fc
  .record({
    total: fc.integer({ min: 1, max: 6 }),
    buckets: fc.array(
      fc.record({
        types: fc.subarray(TYPES, { minLength: 1 }),
        minimum: small(2),
        room: fc.option(small(3), { nil: null }),
        spills: fc.boolean(),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    caps: limits,
    floors: limits,
  })
  .map(({ total, buckets, caps, floors }) => ({
    // A pack whose total is less than its minimums is refused when it is read.
    total: credit(
      Math.max(
        total,
        buckets.reduce((sum, { minimum }) => sum + minimum, 0),
      ),
    ),
    buckets: buckets.map(({ types, minimum, room, spills }, index) => ({
      code: `b${index}`,
      name: named(`b${index}`),
      accepts: { creditTypes: types },
      minimum: credit(minimum),
      ...(room === null ? {} : { maximum: credit(minimum + room) }),
      ...(spills && index + 1 < buckets.length ? { overflowTo: `b${index + 1}` } : {}),
    })),
    caps: caps.map(({ limit, only, isEach }, index) => ({
      code: `cap${index}`,
      name: named(`cap${index}`),
      limit,
      only,
      ...(isEach ? { each: ['provider' as const] } : {}),
    })),
    floors: floors.map(({ limit, only }, index) => ({
      code: `floor${index}`,
      name: named(`floor${index}`),
      limit,
      only,
    })),
  }));

describe('an evaluation', () => {
  it('is met exactly when some way of sharing the credit meets every rule, and an award takes the least that does', () => {
    fc.assert(
      fc.property(programmes, credits, (file, some) => {
        const given = caseOf(file, some);
        const least = leastThatMeets(given);
        expect(evaluateProgramme(given).isMet).toBe(least !== null);
        const draws = drawAward(given);
        expect(draws === null ? null : draws.reduce((sum, { amountCenti }) => sum + amountCenti, 0)).toBe(least);
      }),
      { numRuns: 120 },
    );
  });

  it('counts no hundredth twice, fills no bucket or cap beyond its limit, and explains every hundredth that is left', () => {
    fc.assert(
      fc.property(programmes, credits, (file, some) => {
        const given = caseOf(file, some);
        const progress = evaluateProgramme(given);
        const told = new Map<number, number>();
        const add = ({ lot, amountCenti }: { lot: number; amountCenti: number }) =>
          told.set(lot, (told.get(lot) ?? 0) + amountCenti);
        progress.buckets.forEach(({ counting }) => counting.forEach(add));
        progress.notCounting.forEach(add);
        expect([...told].sort()).toEqual(given.lots.map(({ lot, recognised }) => [lot, recognised]).sort());
        for (const { have, maximumCenti } of progress.buckets) expect(have).toBeLessThanOrEqual(maximumCenti ?? have);
        for (const { used, limit, left } of progress.caps) expect([used <= limit, limit - used]).toEqual([true, left]);
        expect(progress.total.have).toBe(progress.buckets.reduce((sum, { have }) => sum + have, 0));
      }),
      { numRuns: 40 },
    );
  });

  it('is never undone by more credit of another thing', () => {
    fc.assert(
      fc.property(programmes, credits, fc.integer({ min: 0, max: 4 }), (file, some, missing) => {
        const before = evaluateProgramme(caseOf(file, some.slice(missing)));
        const after = evaluateProgramme(caseOf(file, some));
        expect(!before.isMet || after.isMet).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('is met by the very lots that an award draws', () => {
    fc.assert(
      fc.property(programmes, credits, (file, some) => {
        const given = caseOf(file, some);
        const draws = drawAward(given);
        fc.pre(draws !== null);
        const drawn = new Map<number, number>();
        for (const { lot, amountCenti } of draws) drawn.set(lot, (drawn.get(lot) ?? 0) + amountCenti);
        const lots = given.lots.map((lot) => ({ ...lot, buckets: { available: drawn.get(lot.lot) ?? 0 } }));
        expect(evaluateProgramme({ ...given, lots })).toMatchObject({ isMet: true });
        expect(drawAward({ ...given, lots })!.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });
});
