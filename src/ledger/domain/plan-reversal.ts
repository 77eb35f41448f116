import { Refusal } from '../../kernel/refusal.js';
import { accountKey } from './accounts.js';
import { accrue, type AccrualStep } from './accrue.js';
import type { Entry, PostingDraft } from './entry.js';
import { availableOf, type Lot } from './lots.js';
import { balanceOf, type LearnerBook } from './post-entry.js';

/**
 * Postings that undo an entry: equal and opposite, plus at most what keeps study time between zero and one step of its
 * tariff. Visits of 400 s and 100 s earn one hundredth together (486 s); taking back the first must take the hundredth
 * too, whichever entry it was booked in. So the sum left is always that of the visits left.
 * `book.lots` must be loaded. Refuses with `credit-already-used` when credit of the entry has since been converted,
 * held, awarded or expired.
 */
export function planReversal(book: LearnerBook, entry: Entry, step: AccrualStep | null): PostingDraft[] {
  const mirrored = entry.postings.map(({ source, destination, creditType, amount, lot }): PostingDraft => ({
    source: destination,
    destination: source,
    creditType,
    amount,
    lot: lot ?? undefined,
  }));
  mirrored.reverse();
  const drawn = requireLots(lotsOf(book), mirrored);
  if (!step) return mirrored;
  const { timeBucket, creditType, secondsPerQuantum } = step;
  const timeLeft = balanceOf(book, timeBucket, creditType) + netFlow(mirrored, timeBucket, creditType);
  if (timeLeft < 0) return [...takeBack(book, step, Math.ceil(-timeLeft / secondsPerQuantum), drawn), ...mirrored];
  const quanta = Math.floor(timeLeft / secondsPerQuantum);
  return quanta > 0 ? [...mirrored, ...accrue(step, quanta)] : mirrored;
}

function lotsOf(book: LearnerBook): Map<number, Lot> {
  if (!book.lots) throw new TypeError('A reversal needs the lots of the book');
  return book.lots;
}

/** Checks that every lot still has what the mirrored postings take, and says what they leave in `available`. */
function requireLots(lots: Map<number, Lot>, postings: PostingDraft[]): Map<string, number> {
  const left = new Map<string, number>();
  for (const { source, destination, amount, lot } of postings) {
    if (typeof lot !== 'number') continue;
    const key = (bucket: string) => accountKey(bucket, String(lot));
    const amountIn = (bucket: string) => left.get(key(bucket)) ?? lots.get(lot)?.buckets[bucket] ?? 0;
    if (source !== 'issued') {
      if (amountIn(source) < amount) throw new Refusal('credit-already-used', { lot });
      left.set(key(source), amountIn(source) - amount);
    }
    if (destination !== 'issued') left.set(key(destination), amountIn(destination) + amount);
  }
  return left;
}

function netFlow(postings: PostingDraft[], bucket: string, creditType: string): number {
  return postings.reduce((sum, posting) => {
    if (posting.creditType !== creditType) return sum;
    if (posting.destination === bucket) return sum + posting.amount;
    return posting.source === bucket ? sum - posting.amount : sum;
  }, 0);
}

/** Takes whole steps of credit back into study time, from the youngest lots that still have them. */
function takeBack(book: LearnerBook, step: AccrualStep, quanta: number, drawn: Map<string, number>): PostingDraft[] {
  const { timeBucket, creditType, secondsPerQuantum, quantumCenti } = step;
  const drafts: PostingDraft[] = [];
  let missing = quanta * quantumCenti;
  const youngestFirst = [...lotsOf(book).values()].filter((lot) => lot.creditType === creditType).reverse();
  for (const lot of youngestFirst) {
    const free = drawn.get(accountKey('available', String(lot.lot))) ?? availableOf(lot);
    const amount = Math.min(free, missing);
    if (amount <= 0) continue;
    drafts.push({ source: 'available', destination: 'issued', creditType, amount, lot: lot.lot });
    missing -= amount;
  }
  if (missing > 0) throw new Refusal('credit-already-used', { missing: missing });
  drafts.push({ source: 'accrued', destination: timeBucket, creditType, amount: quanta * secondsPerQuantum });
  return drafts;
}
