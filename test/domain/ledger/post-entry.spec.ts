import { accountKey, bucketSpec } from '../../../src/ledger/domain/accounts.js';
import { entryId, parseEntryId } from '../../../src/ledger/domain/entry.js';
import { foldBalances } from '../../../src/ledger/domain/fold-balances.js';
import { balanceOf, BookError, MAX_POSTINGS, postEntry } from '../../../src/ledger/domain/post-entry.js';
import {
  accrued,
  attended,
  balances,
  DAY,
  draft,
  emptyBook,
  LEARNER,
  moved,
  newLot,
  NOW,
  write,
  written,
} from './book-parts.js';

describe('an entry', () => {
  it('gets the next version, numbers its lines, new lots and carries every balance forward', () => {
    const book = emptyBook();
    postEntry(book, draft(attended(1_000), accrued(972), newLot(2, '2031-06-03')), NOW);
    const second = postEntry(book, draft(attended(500), accrued(486), newLot(1)), NOW + 1);
    expect(second).toMatchObject({
      version: 2,
      recordedAt: NOW + 1,
      postings: [
        { version: 2, line: 1, unit: 'second', lot: null, sourceAfter: null, destinationAfter: 528 },
        { version: 2, line: 2, unit: 'second', lot: null, sourceAfter: 42, destinationAfter: null },
        { version: 2, line: 3, unit: 'centi', lot: 2, sourceAfter: null, destinationAfter: 3, earnedOn: DAY },
      ],
    });
    expect(balances(book)).toEqual({ 'time:leisure': 42, 'available:leisure': 3 });
    expect(book).toMatchObject({ version: 2, lotCount: 2, recordedAt: NOW + 1 });
  });

  it('keeps the same bucket of two types of credit apart', () => {
    const { book } = written(draft(attended(10), attended(20, 'time', 'vocational'), attended(30, 'time/museum')));
    expect(balances(book)).toEqual({ 'time:leisure': 10, 'time:vocational': 20, 'time/museum:leisure': 30 });
    expect(balanceOf(book, 'pending/c1', 'leisure')).toBe(0);
  });

  it('is never recorded before the entry in front of it, even when the clock jumps back', () => {
    const book = emptyBook();
    const times = [NOW, NOW - 3 * 86_400_000, NOW + 5, NOW + 4].map(
      (nowMs) => write(book, draft(attended(1)), nowMs).recordedAt,
    );
    expect(times).toEqual([NOW, NOW, NOW + 5, NOW + 5]);
  });

  it('leaves balances that are the fold of its postings', () => {
    const { book, postings } = written(
      draft(attended(1_000), accrued(972), newLot(2)),
      draft(moved('available', 'held', 2, 1)),
      draft(moved('held', 'awarded', 1, 1), moved('held', 'available', 1, 1)),
    );
    expect(foldBalances(postings)).toEqual(book.balances);
    expect(balances(book)).toEqual({ 'time:leisure': 28, 'available:leisure': 1, 'awarded:leisure': 1 });
  });

  it.each([
    ['no postings', []],
    ['a negative amount', [attended(-1)]],
    ['a zero amount', [attended(0)]],
    ['a fraction', [attended(1.5)]],
    ['no number', [attended(NaN)]],
    ['an infinite amount', [newLot(Infinity)]],
    ['an amount that a number cannot hold', [attended(2 ** 53)]],
    ['two units', [{ source: 'attended', destination: 'available', creditType: 'leisure', amount: 1 }]],
    ['time that becomes points', [{ source: 'time', destination: 'points', creditType: 'leisure', amount: 1 }]],
    ['credit without a lot', [{ source: 'issued', destination: 'available', creditType: 'leisure', amount: 1 }]],
    ['study time with a lot', [{ ...attended(1), lot: 1 }]],
    ['more than there is', [moved('available', 'converted', 101, 1)]],
    ['more than there is of another type', [moved('available', 'converted', 1, 1, 'vocational')]],
    [
      'more than there is after an earlier line',
      [moved('available', 'held', 60, 1), moved('available', 'held', 41, 1)],
    ],
    ['a lot that has less than its type', [newLot(5), moved('available', 'converted', 101, 1)]],
    ['a lot that does not exist', [moved('available', 'converted', 1, 7)]],
    ['credit of a lot that is in another bucket', [moved('held', 'converted', 1, 1)]],
    [
      'more lines than one request may hold the writer for',
      Array.from({ length: MAX_POSTINGS + 1 }, () => attended(1)),
    ],
  ])('is refused with %s', (_, postings) => {
    const { book } = written(draft(newLot(100)));
    expect(() => postEntry(book, draft(...postings), NOW)).toThrow(BookError);
  });

  it('is refused with an account that does not exist', () => {
    expect(() => postEntry(emptyBook(), draft(attended(1, 'savings')), NOW)).toThrow(RangeError);
  });

  it('may have as many lines as the limit says', () => {
    const { book } = written(draft(...Array.from({ length: MAX_POSTINGS }, () => attended(1))));
    expect(balances(book)).toEqual({ 'time:leisure': MAX_POSTINGS });
  });

  it('may move credit that the same entry brought in', () => {
    const { book, postings } = written(draft(newLot(30), moved('available', 'awarded', 30, 1)));
    expect(balances(book)).toEqual({ 'awarded:leisure': 30 });
    expect(postings.map(({ lot }) => lot)).toEqual([1, 1]);
  });
});

describe('an account', () => {
  it.each([
    ['time', 'second', 'learner'],
    ['time/museum', 'second', 'learner'],
    ['pending/018fde9a', 'second', 'learner'],
    ['attended', 'second', 'bank'],
    ['accrued', 'second', 'bank'],
    ['available', 'centi', 'learner'],
    ['awarded', 'centi', 'learner'],
    ['converted', 'centi', 'bank'],
    ['points', 'point', 'learner'],
    ['rewarded', 'point', 'bank'],
  ])('%s counts in %s on the side of the %s', (bucket, unit, side) => {
    expect(bucketSpec(bucket)).toMatchObject({ unit, side });
  });

  it.each(['', 'Time', 'times', 'toString', '__proto__', 'constructor', '/time'])('%j does not exist', (bucket) => {
    expect(() => bucketSpec(bucket)).toThrow(RangeError);
  });

  it('is named by bucket and type', () => {
    expect(accountKey('time/museum', 'leisure')).toBe('time/museum:leisure');
  });
});

describe('the public name of an entry', () => {
  it('says learner and version and reads back', () => {
    expect(entryId(LEARNER, 12)).toBe(`${LEARNER}.12`);
    expect(parseEntryId(entryId(LEARNER, 12))).toEqual({ learnerId: LEARNER, version: 12 });
  });

  it.each([
    '',
    LEARNER,
    `${LEARNER}.0`,
    `${LEARNER}.01`,
    `${LEARNER}.-1`,
    `${LEARNER}.1.2`,
    `${LEARNER}.1000000000`,
    `${LEARNER.toUpperCase()}.1`,
    `${LEARNER.replaceAll('-', '')}----.1`,
    `${LEARNER.slice(0, 9)}---------------------------.1`,
    `${LEARNER}.1\n`,
    `x.1`,
  ])('%j is none', (text) => {
    expect(parseEntryId(text)).toBeNull();
  });
});
