import { addDays, auditExpiry, expiringLots, expiryPostings } from '../../../src/expiry/domain/expire-lots.js';
import type { Entry } from '../../../src/ledger/domain/entry.js';
import type { Lot } from '../../../src/ledger/domain/lots.js';
import { postEntry, type LearnerBook } from '../../../src/ledger/domain/post-entry.js';

function lot(number: number, validUntil: string | null, buckets: Record<string, number>): Lot {
  const recognised = Object.values(buckets).reduce((sum, amount) => sum + amount, 0);
  return {
    lot: number,
    creditType: 'leisure',
    version: number,
    earnedOn: '2013-01-01',
    validUntil,
    fromTime: null,
    recognised,
    buckets,
  };
}

describe('credit on its last day', () => {
  it.each([
    ['the day after its last', '2024-06-02', { available: 10 }, 10],
    ['on its last day', '2024-06-03', { available: 10 }, 0],
    ['without a last day', null, { available: 10 }, 0],
    ['only what is available', '2024-06-02', { available: 4, held: 3, awarded: 2, converted: 1 }, 4],
    ['nothing of what is used', '2020-01-01', { available: 0, awarded: 10 }, 0],
    ['nothing twice', '2020-01-01', { available: 0, expired: 10 }, 0],
  ])('expires %s', (_, validUntil, buckets, amount) => {
    const postings = expiryPostings([lot(1, validUntil, buckets)], '2024-06-03');
    expect(postings).toEqual(
      amount === 0 ? [] : [{ source: 'available', destination: 'expired', creditType: 'leisure', amount, lot: 1 }],
    );
  });

  it.each([
    ['2024-06-03', 30],
    ['2024-07-03', 30],
    ['2024-07-04', 90],
    ['2024-09-01', 90],
    ['2024-09-02', null],
    ['2024-06-02', null],
  ])('that is valid until %s falls under the notice of %s days', (validUntil, withinDays) => {
    const found = expiringLots([lot(1, validUntil, { available: 5 })], '2024-06-03', [90, 30]);
    expect(found.map((each) => each.withinDays)).toEqual(withinDays === null ? [] : [withinDays]);
  });

  it('is told soonest first', () => {
    const lots = [lot(1, '2024-06-09', { available: 5 }), lot(2, '2024-06-08', { available: 5 }), lot(3, null, {})];
    expect(expiringLots(lots, '2024-06-03', [30]).map((each) => each.lot)).toEqual([2, 1]);
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
  });
});

describe('the check of expiries', () => {
  const newBook = (): LearnerBook => ({
    learnerId: '',
    status: 'active',
    version: 0,
    lotCount: 0,
    recordedAt: 0,
    balances: new Map(),
    lots: new Map(),
  });
  const entry = (book: LearnerBook, kind: Entry['kind'], amount: number, validUntil?: string): Entry => {
    const isIn = validUntil !== undefined;
    const postings = [
      {
        source: isIn ? 'issued' : 'available',
        destination: isIn ? 'available' : 'expired',
        creditType: 'leisure',
        amount,
        lot: isIn ? ('new' as const) : 1,
        earnedOn: '2013-01-01',
        validUntil,
      },
    ];
    return { ...postEntry(book, { kind, occurredAt: 0, postings }, 0), kind, subject: '2024-06-03' } as Entry;
  };

  it.each([
    ['finds nothing wrong with what is past its last day', '2024-06-02', 10, 'expiry', []],
    ['finds what was still valid', '2024-06-03', 10, 'expiry', ['it cannot expire']],
    ['finds what expired in part', '2024-06-02', 9, 'expiry', ['expired in part', 'did not expire']],
    ['finds what let credit expire without being an expiry', '2024-06-02', 10, 'adjustment', ['lets credit expire']],
  ] as const)('%s', (_, validUntil, amount, kind, said) => {
    const book = newBook();
    const found = auditExpiry([entry(book, 'attendance', 10, validUntil), entry(book, kind, amount)]);
    expect(found).toHaveLength(said.length);
    said.forEach((part, index) => expect(found[index]!.what).toContain(part));
  });
});
