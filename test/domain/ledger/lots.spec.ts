import fc from 'fast-check';
import {
  availableOf,
  drawLots,
  foldLots,
  heldByLearner,
  isExpired,
  usableCenti,
  type Draw,
} from '../../../src/ledger/domain/lots.js';
import { accrued, attended, availableLot, DAY, draft, moved, newLot, written } from './book-parts.js';

const TODAY = '2024-06-10';

describe('lots', () => {
  it('are the postings that brought credit in, with where all of it is now', () => {
    const { postings } = written(
      draft(attended(100), newLot(40, '2031-06-03')),
      draft(newLot(60)),
      draft(moved('available', 'held', 30, 1), moved('available', 'converted', 10, 1)),
      draft(moved('held', 'awarded', 20, 1), moved('available', 'expired', 60, 2)),
    );
    expect([...foldLots(postings).values()]).toMatchObject([
      {
        lot: 1,
        creditType: 'leisure',
        version: 1,
        earnedOn: DAY,
        validUntil: '2031-06-03',
        fromTime: null,
        recognised: 40,
        buckets: { available: 0, held: 10, converted: 10, awarded: 20 },
      },
      {
        lot: 2,
        creditType: 'leisure',
        version: 2,
        earnedOn: DAY,
        validUntil: null,
        fromTime: null,
        recognised: 60,
        buckets: { available: 0, expired: 60 },
      },
    ]);
  });

  it('know the study time they were made of, or that there was none', () => {
    const { postings } = written(
      draft(attended(500), accrued(486), newLot(1)),
      draft(attended(60, 'time/museum'), accrued(60, 'time/museum'), newLot(5)),
      draft(newLot(100)),
    );
    expect([...foldLots(postings).values()].map(({ fromTime }) => fromTime)).toEqual(['time', 'time/museum', null]);
  });

  it('are worth less when credit goes back to where it came from, and the same again when it returns', () => {
    const { postings } = written(
      draft(newLot(40, '2031-06-03')),
      draft(moved('available', 'issued', 25, 1)),
      draft(moved('issued', 'available', 15, 1)),
    );
    const throughSecond = foldLots(postings.slice(0, 2)).get(1);
    expect(throughSecond).toMatchObject({ recognised: 15, buckets: { available: 15 } });
    expect(foldLots(postings).get(1)).toMatchObject({
      recognised: 30,
      buckets: { available: 30 },
      validUntil: '2031-06-03',
    });
  });

  it('keep apart what the learner still holds and what has left', () => {
    const { postings } = written(
      draft(newLot(100)),
      draft(
        moved('available', 'held', 30, 1),
        moved('available', 'awarded', 20, 1),
        moved('available', 'converted', 10, 1),
      ),
    );
    const lot = foldLots(postings).get(1)!;
    expect(heldByLearner(lot)).toBe(90);
    expect(availableOf(lot)).toBe(40);
  });

  it.each([
    ['2024-06-09', true],
    ['2024-06-10', false],
    ['2024-06-11', false],
    [null, false],
  ])('valid until %s has expired on 2024-06-10: %s', (validUntil, expired) => {
    expect(isExpired(availableLot(1, 10, validUntil), TODAY)).toBe(expired);
  });
});

describe('drawing on lots', () => {
  const shelf = [
    availableLot(1, 10, null),
    availableLot(2, 20, '2024-06-09'),
    availableLot(3, 30, '2026-01-01'),
    availableLot(4, 40, '2025-01-01'),
    availableLot(5, 50, '2025-01-01'),
    availableLot(6, 60, '2024-12-31', 'vocational'),
    availableLot(7, 70, TODAY),
  ];
  const draws = (...pairs: [number, number][]): Draw[] => pairs.map(([lot, amountCenti]) => ({ lot, amountCenti }));

  it.each([
    ['nothing', 0, draws()],
    ['part of the lot that expires first, on its last day', 5, draws([7, 5])],
    ['exactly that lot', 70, draws([7, 70])],
    ['the oldest of two that expire together', 80, draws([7, 70], [4, 10])],
    ['lots in the order in which they expire', 165, draws([7, 70], [4, 40], [5, 50], [3, 5])],
    ['a lot without an end last', 195, draws([7, 70], [4, 40], [5, 50], [3, 30], [1, 5])],
    ['everything that has not expired', 200, draws([7, 70], [4, 40], [5, 50], [3, 30], [1, 10])],
  ])('takes %s', (_, amountCenti, expected) => {
    expect(drawLots(shelf, 'leisure', amountCenti, TODAY)).toEqual(expected);
  });

  it('takes the same in whatever order the lots are given', () => {
    const expected = drawLots(shelf, 'leisure', 195, TODAY);
    fc.assert(
      fc.property(fc.shuffledSubarray(shelf, { minLength: shelf.length }), (shuffled) => {
        expect(drawLots(shuffled, 'leisure', 195, TODAY)).toEqual(expected);
      }),
    );
  });

  it('gives null when one hundredth is missing, and leaves expired credit alone', () => {
    expect(usableCenti(shelf, 'leisure', TODAY)).toBe(200);
    expect(drawLots(shelf, 'leisure', 201, TODAY)).toBeNull();
  });

  it('never takes credit of another type', () => {
    expect(drawLots(shelf, 'vocational', 60, TODAY)).toEqual(draws([6, 60]));
    expect(drawLots(shelf, 'vocational', 61, TODAY)).toBeNull();
    expect(drawLots(shelf, 'degree', 1, TODAY)).toBeNull();
  });

  it('sees only what is available of a lot', () => {
    const { book } = written(
      draft(newLot(100)),
      draft(moved('available', 'held', 60, 1), moved('available', 'awarded', 30, 1)),
    );
    const lots = [...book.lots!.values()];
    expect(drawLots(lots, 'leisure', 10, TODAY)).toEqual(draws([1, 10]));
    expect(drawLots(lots, 'leisure', 11, TODAY)).toBeNull();
  });
});
