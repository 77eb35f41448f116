import fc from 'fast-check';
import { capLeftCenti, shareLimitCenti } from '../../src/conversion/domain/share-cap.js';
import { formatCredit } from '../../src/kernel/credit.js';
import { centiOf, readTable } from './read-table.js';

describe('shares.csv: how much of a programme may come from conversion', () => {
  it.each(readTable('shares.csv'))('$id: $source', (row) => {
    const limit = shareLimitCenti(centiOf(row['total credit']!), Number(row['numerator']), Number(row['denominator']));
    const left = capLeftCenti(limit, centiOf(row['used']!));
    expect({ limit: formatCredit(limit), left: formatCredit(left) }).toEqual({
      limit: row['limit'],
      left: row['left'],
    });
  });

  it('is the exact share, rounded down, for every share a pack can name', () => {
    const part = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), part, part, (totalCenti, a, b) => {
        const [numerator, denominator] = a < b ? [a, b] : [b, a];
        const exact = (BigInt(totalCenti) * BigInt(numerator)) / BigInt(denominator);
        expect(BigInt(shareLimitCenti(totalCenti, numerator, denominator))).toBe(exact);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves nothing or the rest, never less than nothing', () => {
    const amount = fc.integer({ min: 0, max: 99_999_999 });
    fc.assert(
      fc.property(amount, amount, (limitCenti, usedCenti) => {
        const leftCenti = capLeftCenti(limitCenti, usedCenti);
        expect(leftCenti).toBeGreaterThanOrEqual(0);
        expect(Math.min(limitCenti, usedCenti) + leftCenti).toBe(limitCenti);
      }),
    );
  });
});
