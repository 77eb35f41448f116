import { summarise } from '../../../src/ledger/domain/summarise.js';
import { accrued, attended, draft, moved, newLot, written } from './book-parts.js';

describe('the summary of a book', () => {
  it('of nothing is nothing', () => {
    expect(summarise([])).toEqual({ credits: [], studyTime: [], points: 0 });
  });

  it('says where the credit of each type is, in the order of the types', () => {
    const { postings } = written(
      draft(newLot(100, null, 'vocational')),
      draft(newLot(100)),
      draft(moved('available', 'held', 40, 2), moved('available', 'converted', 15, 2)),
      draft(moved('held', 'awarded', 30, 2), moved('available', 'expired', 5, 2)),
    );
    expect(summarise(postings).credits).toEqual([
      {
        creditType: 'leisure',
        recognisedCenti: 100,
        availableCenti: 40,
        heldCenti: 10,
        awardedCenti: 30,
        convertedCenti: 15,
        expiredCenti: 5,
      },
      {
        creditType: 'vocational',
        recognisedCenti: 100,
        availableCenti: 100,
        heldCenti: 0,
        awardedCenti: 0,
        convertedCenti: 0,
        expiredCenti: 0,
      },
    ]);
  });

  it('says how much study time was attended, waits for a step, stays on record, and waits in courses', () => {
    const { postings } = written(
      draft(attended(1_000), accrued(972), newLot(2)),
      draft(attended(500, 'time/museum')),
      draft(attended(400, 'time/486s')),
      draft(attended(300, 'time/43200s-50')),
      draft(attended(2_700, 'pending/c1')),
      draft(attended(60, 'time', 'degree')),
    );
    expect(summarise(postings).studyTime).toEqual([
      { creditType: 'degree', attendedSeconds: 60, waitingSeconds: 60, keptSeconds: 0, pendingSeconds: 0 },
      { creditType: 'leisure', attendedSeconds: 4_900, waitingSeconds: 728, keptSeconds: 500, pendingSeconds: 2_700 },
    ]);
  });

  it('forgets what was reversed', () => {
    const { postings } = written(
      draft(attended(1_000), accrued(972), newLot(2)),
      draft(
        moved('available', 'issued', 2, 1),
        { source: 'accrued', destination: 'time', creditType: 'leisure', amount: 972 },
        { source: 'time', destination: 'attended', creditType: 'leisure', amount: 1_000 },
      ),
    );
    expect(summarise(postings)).toMatchObject({
      credits: [{ creditType: 'leisure', recognisedCenti: 0, availableCenti: 0 }],
      studyTime: [{ creditType: 'leisure', attendedSeconds: 0, waitingSeconds: 0, pendingSeconds: 0 }],
    });
  });
});
