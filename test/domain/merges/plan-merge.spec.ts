import { Refusal } from '../../../src/kernel/refusal.js';
import type { AccrualStep } from '../../../src/ledger/domain/accrue.js';
import type { EntryDraft, PostingDraft } from '../../../src/ledger/domain/entry.js';
import { foldLots } from '../../../src/ledger/domain/lots.js';
import { MAX_POSTINGS, type LearnerBook } from '../../../src/ledger/domain/post-entry.js';
import { accrualFaults, mergeFaults } from '../../../src/merges/domain/audit-merge.js';
import { planMerge, requireMergeable } from '../../../src/merges/domain/plan-merge.js';
import { accrued, attended, DAY, draft, emptyBook, moved, newLot, write, written } from '../ledger/book-parts.js';

const OTHER = '018fde9a-3c00-7abc-8def-0123456789ac';
const TODAY = '2024-06-10';
const STEP: AccrualStep = {
  timeBucket: 'time',
  creditType: 'leisure',
  secondsPerQuantum: 486,
  quantumCenti: 1,
  earnedOn: TODAY,
  validUntil: null,
};
const PASSED = new Map([['pending/course', STEP]]);

function bookOf(...drafts: EntryDraft[]): LearnerBook {
  return written(...drafts).book;
}

/** `source destination amount`, with the lot and its dates where there is one. */
function lines(postings: PostingDraft[]): string[] {
  return postings.map(({ source, destination, amount, lot, earnedOn, validUntil }) =>
    [source, destination, amount, lot, earnedOn, validUntil].filter((part) => part !== undefined).join(' '),
  );
}

describe('the plan of a merge', () => {
  const cases: { what: string; kept?: EntryDraft[]; closing: EntryDraft[]; out: string[]; into: string[] }[] = [
    { what: 'nothing of an empty book', closing: [], out: [], into: [] },
    {
      what: 'every available lot with its own dates',
      closing: [draft(newLot(11, '2031-06-03')), draft(newLot(20))],
      out: ['available merged 11 1', 'available merged 20 2'],
      into: [`merged available 11 new ${DAY} 2031-06-03`, `merged available 20 new ${DAY} `],
    },
    {
      what: 'what is left of a lot, and not what was converted, awarded or has expired',
      closing: [
        draft(newLot(20)),
        draft(moved('available', 'awarded', 5, 1), moved('available', 'converted', 6, 1)),
        draft(moved('available', 'expired', 2, 1)),
      ],
      out: ['available merged 7 1'],
      into: [`merged available 7 new ${DAY} `],
    },
    {
      what: 'time that does not fill a step as time',
      kept: [draft(attended(100))],
      closing: [draft(attended(385))],
      out: ['time merged-time 385'],
      into: ['merged-time time 385'],
    },
    {
      what: 'time that fills the last second of a step as credit',
      kept: [draft(attended(100))],
      closing: [draft(attended(386))],
      out: ['time merged-time 386'],
      into: ['merged-time time 386', 'time accrued 486', `issued available 1 new ${TODAY} `],
    },
    {
      what: 'time of a tariff without steps as time',
      closing: [draft(attended(5_000, 'time/club'))],
      out: ['time/club merged-time 5000'],
      into: ['merged-time time/club 5000'],
    },
    {
      what: 'time that waits for a course into the same waiting',
      closing: [draft(attended(5_000, 'pending/other'))],
      out: ['pending/other merged-time 5000'],
      into: ['merged-time pending/other 5000'],
    },
    {
      what: 'time of a course that the other account has passed into the time that gathers, from both',
      kept: [draft(attended(300, 'pending/course'))],
      closing: [draft(attended(200, 'pending/course')), draft(attended(10))],
      out: ['pending/course merged-time 200', 'time merged-time 10'],
      into: [
        'merged-time time 200',
        'merged-time time 10',
        'pending/course time 300',
        'time accrued 486',
        `issued available 1 new ${TODAY} `,
      ],
    },
    {
      what: 'points',
      closing: [draft({ source: 'rewarded', destination: 'points', creditType: 'reward', amount: 8 })],
      out: ['points merged-points 8'],
      into: ['merged-points points 8'],
    },
  ];
  it.each(cases)('moves $what', ({ kept = [], closing, out, into }) => {
    const books = { kept: bookOf(...kept), closing: { ...bookOf(...closing), learnerId: OTHER } };
    const plan = planMerge({ ...books, steps: [STEP], passed: PASSED });
    expect(lines(plan.closing)).toEqual(out);
    expect(lines(plan.kept)).toEqual(into);
    const lots = foldLots(written(...closing).postings);
    const merge = (book: LearnerBook, postings: PostingDraft[]) =>
      postings.length > 0 ? write(book, { kind: 'merge', occurredAt: 0, postings }) : null;
    const [closedEntry, keptEntry] = [merge(books.closing, plan.closing), merge(books.kept, plan.kept)];
    expect(mergeFaults(keptEntry, closedEntry, lots)).toEqual([]);
    if (keptEntry) expect(accrualFaults(keptEntry, [STEP])).toEqual([]);
  });

  const refusalOf = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
    return 'done';
  };

  it('is refused while credit is held', () => {
    const closing = bookOf(draft(newLot(20)), draft(moved('available', 'held', 5, 1)));
    const plan = () => planMerge({ kept: emptyBook(), closing, steps: [STEP], passed: new Map() });
    expect(refusalOf(plan)).toBe('credit-held');
  });

  it('is refused when one entry cannot carry it', () => {
    const closing = bookOf(...Array.from({ length: MAX_POSTINGS + 1 }, () => draft(newLot(1))));
    const plan = () => planMerge({ kept: emptyBook(), closing, steps: [STEP], passed: new Map() });
    expect(refusalOf(plan)).toBe('merge-too-large');
  });

  it.each<[string, Partial<LearnerBook>, Partial<LearnerBook>]>([
    ['done', {}, {}],
    ['done', { status: 'frozen' }, {}],
    ['account-frozen', {}, { status: 'frozen' }],
    ['account-closed', { status: 'closed' }, {}],
    ['account-closed', {}, { status: 'closed' }],
    ['account-merged', {}, { status: 'closed', mergedInto: OTHER }],
    ['account-merged', { status: 'closed', mergedInto: OTHER }, {}],
    ['merge-with-itself', {}, { learnerId: emptyBook().learnerId }],
  ])('is %s for %j and %j', (code, kept, closing) => {
    const books = { kept: { ...emptyBook(), ...kept }, closing: { ...emptyBook(), learnerId: OTHER, ...closing } };
    expect(refusalOf(() => requireMergeable(books))).toBe(code);
  });
});

describe('the audit of a merge', () => {
  const closing = written(draft(newLot(11, '2031-06-03')), draft(attended(500)), draft(accrued(486), newLot(1)));
  const plan = planMerge({
    kept: emptyBook(),
    closing: { ...closing.book, learnerId: OTHER },
    steps: [STEP],
    passed: new Map(),
  });
  const closedEntry = write(closing.book, { kind: 'merge', occurredAt: 0, postings: plan.closing });
  const lots = foldLots(closing.postings);
  const keptWith = (change: (posting: PostingDraft) => PostingDraft) =>
    write(emptyBook(), { kind: 'merge', occurredAt: 0, postings: plan.kept.map(change) });

  it.each<[string, string, (posting: PostingDraft) => PostingDraft]>([
    ['an amount', 'credit', (posting) => (posting.amount === 11 ? { ...posting, amount: 12 } : posting)],
    ['a date', 'credit', (posting) => (posting.amount === 11 ? { ...posting, validUntil: '2032-06-03' } : posting)],
    ['study time', 'study time', (posting) => (posting.lot ? posting : { ...posting, amount: posting.amount + 1 })],
  ])('names %s that came in otherwise than it went out', (_, what, change) => {
    expect(mergeFaults(keptWith(change), closedEntry, lots)).toEqual([expect.stringContaining(what)]);
  });

  it('names a side that is missing, and credit that no time earned', () => {
    expect(mergeFaults(null, closedEntry, lots)).toHaveLength(2);
    const unearned = write(emptyBook(), draft(attended(900), accrued(486), newLot(2)));
    expect(accrualFaults(unearned, [STEP])).toEqual([expect.stringContaining('leisure')]);
    const unknown = write(emptyBook(), draft(attended(900, 'time/club'), accrued(486, 'time/club'), newLot(1)));
    expect(accrualFaults(unknown, [STEP])).toEqual([expect.stringContaining('time/club')]);
  });
});
