import { lotsAnew } from '../../../src/conversion/domain/lots-anew.js';
import {
  lotsAsTried,
  type RootedLot,
  type TriedCredit,
  type TriedLot,
} from '../../../src/conversion/domain/tried-credit.js';
import { packWith } from '../recognition/a-case.js';
import { VISIT } from './conversion-parts.js';

const PACK = packWith();

/** A lot of 1.00 of some entry, of which 0.40 was used. */
function booked(lot: number, rootVersion: number, changes: Partial<RootedLot> = {}): RootedLot {
  return {
    ...{ lot, rootVersion, creditType: 'leisure', availableCenti: 60, recognisedCenti: 100, isWholeElsewhere: true },
    ...{ validUntil: '2031-06-03', facts: VISIT },
    roots: [{ entry: rootVersion, creditType: 'leisure', category: 'leisure' }],
    ...changes,
  };
}
const earned = (version: number, centi: number): TriedLot => ({ ...VISIT, version, centi, validUntil: '2029-06-03' });
const tried = (changes: Partial<TriedCredit>): TriedCredit => ({
  versions: new Set(),
  earned: [],
  worths: new Map(),
  ...changes,
});

describe('lots whose credit came in under other rules', () => {
  it.each<[string, Partial<TriedCredit>, [lot: number, centi: number, of: number, until: string | null][]]>([
    ['of entries nobody decides again, are those of the book', {}, [[1, 60, 100, '2031-06-03']]],
    [
      'have more or less, and their own last day',
      { versions: new Set([7]), earned: [earned(7, 90)] },
      [[1, 50, 90, '2029-06-03']],
    ],
    ['have less than nothing where more was used', { versions: new Set([7]), earned: [] }, [[1, -40, 0, '2031-06-03']]],
    [
      'may never have been in the book',
      { versions: new Set([7, 8]), earned: [earned(7, 100), earned(8, 30)] },
      [
        [1, 60, 100, '2029-06-03'],
        [500_000_008, 30, 30, '2029-06-03'],
      ],
    ],
    [
      'count all that one entry brings',
      { versions: new Set([7]), earned: [earned(7, 30), earned(7, 50)] },
      [[1, 40, 80, '2029-06-03']],
    ],
    [
      'of an outcome are worth what it is worth',
      { worths: new Map([[7, { creditType: 'leisure', centi: 150 }]]) },
      [[1, 110, 150, '2031-06-03']],
    ],
    ['or nothing', { worths: new Map([[7, null]]) }, [[1, -40, 0, '2031-06-03']]],
    [
      'or another type of credit',
      { worths: new Map([[7, { creditType: 'vocational', centi: 20 }]]) },
      [
        [1, -40, 0, '2031-06-03'],
        [500_000_007, 20, 20, '2031-06-03'],
      ],
    ],
  ])('%s', (_, changes, lots) => {
    const now = lotsAsTried([booked(1, 7)], tried(changes), PACK);
    expect(now.map((one) => [one.lot, one.availableCenti, one.recognisedCenti, one.validUntil])).toEqual(lots);
  });

  it('stay taken back where they were', () => {
    const undone = booked(1, 7, { availableCenti: 0, recognisedCenti: 0 });
    expect(lotsAsTried([undone], tried({ worths: new Map([[7, { creditType: 'leisure', centi: 9 }]]) }), PACK)).toEqual(
      [expect.objectContaining({ availableCenti: 0, recognisedCenti: 0 })],
    );
  });

  it('keep what came over from another account, and know where new credit is from', () => {
    const merged = booked(2, 9);
    const now = lotsAsTried([merged], tried({ versions: new Set([7]), earned: [earned(7, 30)] }), PACK);
    expect(now).toMatchObject([
      { lot: 2, availableCenti: 60 },
      { creditType: 'leisure', roots: [{ entry: 7, creditType: 'leisure', category: 'leisure' }] },
    ]);
    expect(lotsAnew(now, []).map(({ isWhole }) => isWhole)).toEqual([false, true]);
  });
});
