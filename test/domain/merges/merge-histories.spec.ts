import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shanghaiDay } from '../../../src/kernel/clock.js';
import { foldLots } from '../../../src/ledger/domain/lots.js';
import { summarise } from '../../../src/ledger/domain/summarise.js';
import { balances, NOW } from '../ledger/book-parts.js';
import { COURSES } from '../ledger/histories-pack.js';
import type { Command, MemoryBank } from '../ledger/memory-bank.js';
import { TwoAccounts } from './two-accounts.js';

/** What happens in one account, before the history says to which course or entry. */
type Happening =
  | { do: 'visit'; course: number; session: number; seconds: number }
  | { do: 'complete'; course: number }
  | { do: 'convert' | 'award'; perMille: number }
  | { do: 'reverse'; pick: number };

const SECONDS = fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 20_000 }));
const PER_MILLE = fc.oneof(fc.constant(1_000), fc.integer({ min: 1, max: 1_000 }));
const EARNING: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('visit' as const),
      course: fc.nat(3),
      session: fc.nat(9),
      seconds: SECONDS,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('complete' as const), course: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reverse' as const), pick: fc.nat(20) }) },
);
const USING: fc.Arbitrary<Happening> = fc.record({
  do: fc.constantFrom('convert' as const, 'award' as const),
  perMille: PER_MILLE,
});
const history = (happening: fc.Arbitrary<Happening>, maxLength = 10) => fc.array(happening, { maxLength, size: 'max' });
const ANYTHING = fc.oneof({ weight: 4, arbitrary: EARNING }, { weight: 1, arbitrary: USING });
const CASE = fc.record({
  courses: fc.uniqueArray(fc.nat(COURSES.length - 1), { minLength: 1, maxLength: 4 }),
  kept: history(ANYTHING),
  closing: history(ANYTHING),
});

/** Lets a history happen in one account; what its rules refuse does not happen. */
function live(bank: MemoryBank, courses: number[], happenings: Happening[], prefix: string, nowMs: number): void {
  for (const [index, happening] of happenings.entries()) {
    bank.submit(`${prefix}-${index}`, commandOf(happening, bank, courses, nowMs), nowMs);
  }
}

function commandOf(happening: Happening, bank: MemoryBank, courses: number[], nowMs: number): Command {
  const courseOf = (index: number) => COURSES[courses[index % courses.length]!]!;
  const day = shanghaiDay(nowMs);
  switch (happening.do) {
    case 'visit':
      return { ...happening, course: courseOf(happening.course), day };
    case 'complete': {
      const gated = courses.map((index) => COURSES[index]!).filter(({ activity }) => activity.completion);
      const course = gated[happening.course % Math.max(1, gated.length)];
      return course ? { ...happening, course, day } : { do: 'reverse', version: 0 };
    }
    case 'convert':
      return { ...happening, do: 'convert', from: 'leisure', to: 'vocational' };
    case 'award':
      return { ...happening, do: 'award', creditTypes: ['leisure', 'vocational'] };
    case 'reverse': {
      // A merge has its own way back.
      const own = bank.entries.filter((entry) => bank.rootOf(entry).kind !== 'merge');
      return { do: 'reverse', version: own[happening.pick % Math.max(1, own.length)]?.version ?? 0 };
    }
  }
}

/** What a book holds, without how it came about: balances, and every lot that still has credit. */
function standing({ book, postings }: MemoryBank): unknown {
  const lots = [...foldLots(postings).values()].map(({ buckets, ...lot }) => ({
    ...lot,
    buckets: Object.fromEntries(Object.entries(buckets).filter(([, amount]) => amount !== 0)),
  }));
  return {
    balances: balances(book),
    lots: lots.filter(({ recognised, buckets }) => recognised > 0 || Object.keys(buckets).length > 0),
  };
}

/** Seconds and hundredths that a person has over both accounts, by type. */
function totals({ kept, closing }: TwoAccounts): Map<string, number> {
  const sums = new Map<string, number>();
  const add = (key: string, amount: number) => sums.set(key, (sums.get(key) ?? 0) + amount);
  for (const bank of [kept, closing]) {
    const { credits, studyTime } = summarise(bank.postings);
    for (const { creditType, ...where } of credits)
      for (const [place, amount] of Object.entries(where)) add(`${place} ${creditType}`, amount);
    for (const { creditType, attendedSeconds } of studyTime) add(`attended ${creditType}`, attendedSeconds);
  }
  return sums;
}

describe('two accounts of one person, after any history in each', () => {
  it('are after merging and undoing it what they were', () => {
    fc.assert(
      fc.property(CASE, ({ courses, kept, closing }) => {
        const both = new TwoAccounts();
        live(both.kept, courses, kept, 'kept', NOW);
        live(both.closing, courses, closing, 'closing', NOW);
        const before = [standing(both.kept), standing(both.closing)];
        both.merge(NOW);
        expect(both.unmerge(NOW)).toBeNull();
        expect([standing(both.kept), standing(both.closing)]).toEqual(before);
      }),
      { numRuns: 400 },
    );
  });

  it('have together what they had, and only full steps of waiting time become more credit', () => {
    fc.assert(
      fc.property(CASE, ({ courses, kept, closing }) => {
        const both = new TwoAccounts();
        live(both.kept, courses, kept, 'kept', NOW);
        live(both.closing, courses, closing, 'closing', NOW);
        const before = totals(both);
        both.merge(NOW);
        const after = totals(both);
        for (const [key, amount] of before) {
          if (/^(availableCenti|recognisedCenti) /.test(key)) assert.ok((after.get(key) ?? 0) >= amount, key);
          else assert.equal(after.get(key) ?? 0, amount, key);
        }
        const left = [...both.closing.book.balances].filter(
          ([key, amount]) => amount > 0 && !key.startsWith('awarded:'),
        );
        assert.deepEqual(left, []);
      }),
      { numRuns: 400 },
    );
  });

  it('can be parted again after the kept one went on, with everything in its place', () => {
    const after = history(EARNING);
    fc.assert(
      fc.property(CASE, after, ({ courses, kept, closing }, later) => {
        const [both, apart] = [new TwoAccounts(), new TwoAccounts()];
        for (const each of [both, apart]) {
          live(each.kept, courses, kept, 'kept', NOW);
          live(each.closing, courses, closing, 'closing', NOW);
        }
        both.merge(NOW);
        live(
          both.kept,
          courses,
          later.filter((happening) => happening.do === 'visit'),
          'later',
          NOW,
        );
        both.check();
        const before = standing(apart.closing);
        const refusal = both.unmerge(NOW);
        // Only visits came since: what came over is all there.
        expect(refusal).toBeNull();
        expect(standing(both.closing)).toEqual(before);
      }),
      { numRuns: 400 },
    );
  });

  it('stay right whatever happens to the kept one, and are parted or refused whole', () => {
    fc.assert(
      fc.property(CASE, history(ANYTHING), ({ courses, kept, closing }, later) => {
        const both = new TwoAccounts();
        live(both.kept, courses, kept, 'kept', NOW);
        live(both.closing, courses, closing, 'closing', NOW);
        both.merge(NOW);
        live(both.kept, courses, later, 'later', NOW);
        both.check();
        const before = [standing(both.kept), standing(both.closing)];
        const refusal = both.unmerge(NOW);
        if (!refusal) return;
        expect(refusal.code).toBe('credit-already-used');
        expect([standing(both.kept), standing(both.closing)]).toEqual(before);
      }),
      { numRuns: 400 },
    );
  });
});
