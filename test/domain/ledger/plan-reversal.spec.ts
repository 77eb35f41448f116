import { Refusal } from '../../../src/kernel/refusal.js';
import { accrue, creditIn, type AccrualStep } from '../../../src/ledger/domain/accrue.js';
import type { Entry, EntryDraft, PostingDraft } from '../../../src/ledger/domain/entry.js';
import { foldLots, type Lot } from '../../../src/ledger/domain/lots.js';
import { planReversal } from '../../../src/ledger/domain/plan-reversal.js';
import { balanceOf } from '../../../src/ledger/domain/post-entry.js';
import { attended, balances, DAY, draft, emptyBook, moved, newLot, printed, write } from './book-parts.js';

/** A hundredth of a credit is 486 seconds: 18 class hours of 45 minutes a credit. */
const STEP: AccrualStep = {
  timeBucket: 'time',
  creditType: 'leisure',
  secondsPerQuantum: 486,
  quantumCenti: 1,
  earnedOn: DAY,
  validUntil: null,
};

/** A learner's entries and the book they left; lots are read from the postings before each reversal, as the bank does. */
class Pages {
  readonly book = emptyBook();
  private readonly entries: Entry[] = [];

  write(...postings: PostingDraft[]): Entry {
    return this.keep(draft(...postings));
  }

  /** A visit under {@link STEP}: study time, and the whole steps it completes. */
  visit(seconds: number): Entry {
    const quanta = Math.floor((balanceOf(this.book, 'time', 'leisure') + seconds) / STEP.secondsPerQuantum);
    return this.write(attended(seconds), ...(quanta > 0 ? accrue(STEP, quanta) : []));
  }

  loadLots(): void {
    this.book.lots = foldLots(this.entries.flatMap(({ postings }) => postings));
  }

  plan(entry: Entry, step: AccrualStep | null = STEP): PostingDraft[] {
    this.loadLots();
    return planReversal(this.book, entry, step);
  }

  reverse(entry: Entry, step: AccrualStep | null = STEP): Entry {
    return this.keep({ ...draft(...this.plan(entry, step)), kind: 'reversal', reversesVersion: entry.version });
  }

  get balances(): Record<string, number> {
    return balances(this.book);
  }

  get lots(): Lot[] {
    return [...foldLots(this.entries.flatMap(({ postings }) => postings)).values()];
  }

  private keep(entry: EntryDraft): Entry {
    const written = write(this.book, entry);
    this.entries.push(written);
    return written;
  }
}

function codeOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('a reversal', () => {
  it('is equal and opposite, in the opposite order, and names the same lots', () => {
    const pages = new Pages();
    const entry = pages.write(attended(1_000), ...accrue(STEP, 2));
    expect(pages.plan(entry, STEP)).toEqual([
      moved('available', 'issued', 2, 1),
      { source: 'accrued', destination: 'time', creditType: 'leisure', amount: 972, lot: undefined },
      { source: 'time', destination: 'attended', creditType: 'leisure', amount: 1_000, lot: undefined },
    ]);
    pages.reverse(entry);
    expect(pages.balances).toEqual({});
  });

  it('of the first of 400 s and 100 s takes the hundredth back, whichever entry it was booked in', () => {
    const pages = new Pages();
    const first = pages.visit(400);
    pages.visit(100);
    expect(pages.balances).toEqual({ 'available:leisure': 1, 'time:leisure': 14 });
    pages.reverse(first);
    expect(pages.balances).toEqual({ 'time:leisure': 100 });
  });

  it('of the second of 400 s and 100 s leaves the 400 s waiting', () => {
    const pages = new Pages();
    pages.visit(400);
    const second = pages.visit(100);
    pages.reverse(second);
    expect(pages.balances).toEqual({ 'time:leisure': 400 });
  });

  it('turns time that fills a step again into credit', () => {
    const pages = new Pages();
    const first = pages.visit(486);
    pages.visit(485);
    const undone = pages.reverse(first);
    expect(pages.balances).toEqual({ 'time:leisure': 485 });
    pages.visit(1);
    expect(pages.balances).toEqual({ 'available:leisure': 1 });
    pages.reverse(undone);
    expect(pages.balances).toEqual({ 'available:leisure': 2 });
  });

  it('of a reversal restores every balance', () => {
    const pages = new Pages();
    pages.visit(700);
    const entry = pages.visit(900);
    const before = pages.balances;
    pages.reverse(pages.reverse(entry));
    expect(pages.balances).toEqual(before);
    expect(pages.lots.map(({ recognised }) => recognised)).toEqual([1, 2]);
  });

  it('of both of two visits that earned one hundredth together leaves nothing, in either order', () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const pages = new Pages();
      const visits = [pages.visit(400), pages.visit(100)];
      for (const index of order) pages.reverse(visits[index]!);
      expect(pages.balances).toEqual({});
    }
  });

  it('may be undone although another visit of the same hundredth was undone since', () => {
    const pages = new Pages();
    const first = pages.visit(400);
    const second = pages.visit(100);
    const undone = pages.reverse(second);
    pages.reverse(first);
    pages.reverse(undone);
    expect(pages.balances).toEqual({ 'time:leisure': 100 });
  });

  it('takes a hundredth back only from credit that the same study time brought', () => {
    const pages = new Pages();
    const first = pages.visit(400);
    pages.visit(100);
    const museum = pages.write(attended(600, 'time/museum'), ...museumCredit(600, 5));
    pages.reverse(first);
    expect(pages.lots[1]).toMatchObject({ recognised: 5, buckets: { available: 5 } });
    pages.reverse(museum, null);
    expect(pages.balances).toEqual({ 'time:leisure': 100 });
  });

  it('of a conversion gives the old lots back as they were and takes the new one', () => {
    const pages = new Pages();
    pages.write(newLot(30, '2027-01-01'), newLot(30, '2026-01-01'));
    const conversion = pages.write(
      moved('available', 'converted', 30, 2),
      moved('available', 'converted', 10, 1),
      newLot(20, '2026-01-01', 'vocational'),
    );
    pages.reverse(conversion, null);
    expect(pages.balances).toEqual({ 'available:leisure': 60 });
    expect(pages.lots.map(({ lot, recognised, validUntil }) => ({ lot, recognised, validUntil }))).toEqual([
      { lot: 1, recognised: 30, validUntil: '2027-01-01' },
      { lot: 2, recognised: 30, validUntil: '2026-01-01' },
      { lot: 3, recognised: 0, validUntil: '2026-01-01' },
    ]);
  });

  it.each(['held', 'awarded', 'converted', 'expired'])('is refused when credit of the entry has been %s', (bucket) => {
    const pages = new Pages();
    const entry = pages.visit(4_860);
    pages.write(moved('available', bucket, 1, 1));
    pages.loadLots();
    const before = printed(pages.book);
    const code = bucket === 'expired' ? 'credit-expired' : 'credit-already-used';
    expect(codeOf(() => pages.plan(entry, STEP))).toBe(code);
    expect(printed(pages.book)).toBe(before);
  });

  it('is refused when the hundredth that must be taken back has been converted', () => {
    const pages = new Pages();
    const first = pages.visit(400);
    pages.visit(100);
    pages.write(moved('available', 'converted', 1, 1));
    expect(codeOf(() => pages.plan(first, STEP))).toBe('credit-already-used');
  });

  it('is possible again when what used the credit was itself reversed', () => {
    const pages = new Pages();
    const entry = pages.visit(4_860);
    const award = pages.write(moved('available', 'awarded', 10, 1));
    expect(codeOf(() => pages.reverse(entry))).toBe('credit-already-used');
    pages.reverse(award, null);
    pages.reverse(entry);
    expect(pages.balances).toEqual({});
  });

  it('may be undone at once although credit was used that its lot had kept before', () => {
    const pages = new Pages();
    const first = pages.visit(2_700);
    pages.visit(2_700);
    const undone = pages.reverse(first);
    pages.write(moved('available', 'awarded', 5, 2));
    pages.visit(2_700);
    const before = pages.balances;
    const restored = pages.reverse(undone);
    pages.reverse(restored);
    expect(pages.balances).toEqual(before);
  });

  describe('with steps of 25 hundredths', () => {
    const QUARTER: AccrualStep = { ...STEP, secondsPerQuantum: 5_400, quantumCenti: 25 };

    function visit(pages: Pages, seconds: number): Entry {
      const quanta = Math.floor((balanceOf(pages.book, 'time', 'leisure') + seconds) / QUARTER.secondsPerQuantum);
      return pages.write(attended(seconds), ...(quanta > 0 ? accrue(QUARTER, quanta) : []));
    }

    /** Two lots of 25; two hundredths of the second converted; the visit that completed nothing itself undone. */
    function takenFromBoth() {
      const pages = new Pages();
      const first = visit(pages, 5_400);
      const second = visit(pages, 2_700);
      visit(pages, 2_700);
      pages.write(moved('available', 'converted', 2, 2));
      return { pages, first, undone: pages.reverse(second, QUARTER) };
    }

    it('never takes a part of a step: what another reversal took from a lot counts as taken', () => {
      const { pages, first } = takenFromBoth();
      expect(pages.balances).toEqual({ 'available:leisure': 23, 'time:leisure': 2_700 });
      expect(codeOf(() => pages.plan(first, QUARTER))).toBe('credit-already-used');
    });

    it('gives a step back to all the lots it was taken from', () => {
      const { pages, undone } = takenFromBoth();
      pages.reverse(undone, QUARTER);
      expect(pages.balances).toEqual({ 'available:leisure': 48 });
      expect(pages.lots.map(({ recognised, buckets }) => [recognised, buckets['available']])).toEqual([
        [25, 25],
        [25, 23],
      ]);
    });
  });

  it('refuses, and does not break the book, when the time it would take has gone elsewhere', () => {
    const pages = new Pages();
    const inCourse = pages.write(attended(2_700, 'pending/c1'));
    const completion = pages.write(
      { source: 'pending/c1', destination: 'time', creditType: 'leisure', amount: 2_700 },
      ...accrue(STEP, 5),
    );
    const undone = pages.reverse(completion);
    pages.reverse(inCourse, null);
    expect(codeOf(() => pages.reverse(undone))).not.toBe('accepted');
  });
});

function museumCredit(seconds: number, amountCenti: number) {
  return [
    { source: 'time/museum', destination: 'accrued', creditType: 'leisure', amount: seconds },
    creditIn({ creditType: 'leisure', earnedOn: DAY, validUntil: null }, amountCenti),
  ];
}
