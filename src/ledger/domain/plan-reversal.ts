import { groupBy } from '../../kernel/group-by.js';
import { Refusal } from '../../kernel/refusal.js';
import { accountKey, isLearnerSide } from './accounts.js';
import { accrue, type AccrualStep } from './accrue.js';
import type { Entry, Posting, PostingDraft } from './entry.js';
import { availableOf, isWorth, type Lot } from './lots.js';
import { balanceOf, type LearnerBook } from './post-entry.js';

/**
 * Postings that undo an entry.
 *
 * Without a `step` they are its mirror: equal and opposite, line by line.
 *
 * With one, the study time is mirrored and the credit follows from what is left, because a hundredth may belong to
 * several visits: 400 s and 100 s earn one together (486 s), booked with the second. Taking back the first must take the
 * hundredth too, and taking back the second after that must not look for it again. So the sum left is always that of
 * the visits left, in any order of undoing and bringing back. Credit goes back from the entry's own lots first, and
 * returns to the lots it came from.
 *
 * With `freesHeld`, credit that was taken out of a hold returns to `available`: the hold is over.
 *
 * `book.lots` must be loaded. Refuses with `credit-already-used` when credit of the entry has since been converted, held
 * or awarded, or its study time was counted elsewhere, and with `credit-expired` when it has gone to `expired`.
 */
export function planReversal(
  book: LearnerBook,
  entry: Entry,
  step: AccrualStep | null,
  freesHeld = false,
): PostingDraft[] {
  const mirror = entry.postings.map(mirrored).reverse();
  if (freesHeld) for (const draft of mirror) if (draft.destination === 'held') draft.destination = 'available';
  const drafts = step ? reaccrue(book, mirror, step) : mirror;
  requireCovered(book, drafts);
  return drafts;
}

/**
 * The same for an entry that brought study time into several accounts at once, each with its own step (a merge). What
 * belongs to none of the steps is mirrored line by line.
 */
export function planReversalOfSteps(book: LearnerBook, entry: Entry, steps: AccrualStep[]): PostingDraft[] {
  const groups = groupBy(
    entry.postings.map((posting, index) => ({ posting, account: timeAccountOf(posting, entry.postings[index - 1]) })),
    ({ account }) => steps.findIndex((step) => accountKey(step.timeBucket, step.creditType) === account),
  );
  const drafts = [...groups].flatMap(([index, lines]) => {
    const mirror = lines.map(({ posting }) => mirrored(posting)).reverse();
    return index < 0 ? mirror : reaccrue(book, mirror, steps[index]!);
  });
  requireCovered(book, drafts);
  return drafts;
}

/** The account in which the study time of a posting gathers, as a key; credit belongs to the time in the line above it. */
function timeAccountOf(posting: Posting, before: Posting | undefined): string | null {
  const { source, destination, creditType } = posting;
  if (source === 'issued') return before ? timeAccountOf(before, undefined) : null;
  const bucket = [destination, source].find((account) => account === 'time' || account.startsWith('time/'));
  return bucket === undefined ? null : accountKey(bucket, creditType);
}

function mirrored({ source, destination, creditType, amount, lot }: Entry['postings'][number]): PostingDraft {
  return { source: destination, destination: source, creditType, amount, lot: lot ?? undefined };
}

function isAccrual({ source, destination }: PostingDraft): boolean {
  return [source, destination].some((account) => account === 'accrued' || account === 'issued');
}

/** Mirrors the study time, then brings credit in line with the time that is left. */
function reaccrue(book: LearnerBook, mirror: PostingDraft[], step: AccrualStep): PostingDraft[] {
  const { timeBucket, creditType, secondsPerQuantum, quantumCenti } = step;
  const core = mirror.filter((posting) => !isAccrual(posting));
  const lots = lotsOf(book);
  let seconds = balanceOf(book, timeBucket, creditType) + netFlow(core, timeBucket);

  // Whole steps only: others may have taken a part of the entry's lots, and half a step is not study time.
  const own = mirror.flatMap((posting) => ownCreditBack(lots, posting));
  const steps = Math.max(Math.floor(sum(own) / quantumCenti), Math.ceil(-seconds / secondsPerQuantum));
  const back = upTo(own, steps * quantumCenti);
  back.push(...otherCreditBack(lots, step, steps * quantumCenti - sum(back), back));
  seconds += steps * secondsPerQuantum;

  const gone = mirror.filter(({ source, lot }) => source === 'issued' && lot !== undefined);
  const again = Math.min(Math.floor(sum(gone) / quantumCenti), Math.floor(seconds / secondsPerQuantum));
  const returned = upTo(gone, again * quantumCenti);
  seconds -= again * secondsPerQuantum;
  const fresh = Math.floor(seconds / secondsPerQuantum);
  return [
    ...back,
    ...timeOf(sum(back), 'accrued', timeBucket, step),
    ...core,
    ...timeOf(sum(returned), timeBucket, 'accrued', step),
    ...returned,
    ...(fresh > 0 ? accrue(step, fresh) : []),
  ];
}

/** The study time behind so many hundredths, on its way into or out of `accrued`. */
function timeOf(centi: number, source: string, destination: string, step: AccrualStep): PostingDraft[] {
  const amount = (centi / step.quantumCenti) * step.secondsPerQuantum;
  return amount > 0 ? [{ source, destination, creditType: step.creditType, amount }] : [];
}

/** What is still there of a lot that the entry brought in. What others have taken back is gone already; what was used refuses. */
function ownCreditBack(lots: Map<number, Lot>, posting: PostingDraft): PostingDraft[] {
  if (posting.destination !== 'issued' || typeof posting.lot !== 'number') return [];
  const lot = lots.get(posting.lot);
  // Other credit of the same lot may have been used since; only what the entry itself brought must still be there.
  const isUsed = !lot || (lot.recognised > availableOf(lot) && availableOf(lot) < posting.amount);
  if (isUsed) throw usedUp(posting.lot, lot);
  const amount = Math.min(posting.amount, availableOf(lot));
  return amount > 0 ? [{ ...posting, amount }] : [];
}

/** Why credit is not there any more: it went past its last day, or somebody used it. */
function usedUp(number: number | null, lot: Lot | undefined): Refusal {
  const isExpired = (lot?.buckets['expired'] ?? 0) > 0;
  return new Refusal(isExpired ? 'credit-expired' : 'credit-already-used', { lot: number });
}

/** The first of some postings, as far as so many hundredths go. */
function upTo(postings: PostingDraft[], centi: number): PostingDraft[] {
  let left = centi;
  return postings.flatMap((posting) => {
    const amount = Math.min(posting.amount, left);
    left -= amount;
    return amount > 0 ? [{ ...posting, amount }] : [];
  });
}

/** Hundredths from other lots of the same study time, youngest first. */
function otherCreditBack(
  lots: Map<number, Lot>,
  step: AccrualStep,
  centi: number,
  taken: PostingDraft[],
): PostingDraft[] {
  const { timeBucket, creditType } = step;
  const own = new Map(taken.map(({ lot, amount }) => [lot, amount]));
  const drafts: PostingDraft[] = [];
  let missing = centi;
  for (const lot of [...lots.values()].reverse()) {
    if (lot.creditType !== creditType || lot.fromTime !== timeBucket) continue;
    const amount = Math.min(missing, availableOf(lot) - (own.get(lot.lot) ?? 0));
    if (amount <= 0) continue;
    drafts.push({ source: 'available', destination: 'issued', creditType, amount, lot: lot.lot });
    missing -= amount;
  }
  if (missing > 0) throw new Refusal('credit-already-used', { lot: null });
  return drafts;
}

/** Refuses postings that an account or a lot cannot carry any more. */
function requireCovered(book: LearnerBook, drafts: PostingDraft[]): void {
  const left = new Map<string, number>();
  const lots = lotsOf(book);
  const take = (key: string, now: number, amount: number, lot: number | null) => {
    const after = (left.get(key) ?? now) + amount;
    if (after < 0) throw usedUp(lot, lot === null ? undefined : lots.get(lot));
    left.set(key, after);
  };
  for (const { source, destination, creditType, amount, lot } of drafts) {
    for (const [account, signed] of [
      [source, -amount],
      [destination, amount],
    ] as const) {
      const number = typeof lot === 'number' ? lot : null;
      if (isLearnerSide(account)) {
        take(accountKey(account, creditType), balanceOf(book, account, creditType), signed, number);
      }
      if (number !== null && !isWorth(account)) {
        take(`${account} of lot ${number}`, lots.get(number)?.buckets[account] ?? 0, signed, number);
      }
    }
  }
}

function lotsOf(book: LearnerBook): Map<number, Lot> {
  if (!book.lots) throw new TypeError('A reversal needs the lots of the book');
  return book.lots;
}

function netFlow(postings: PostingDraft[], bucket: string): number {
  return postings.reduce((net, { source, destination, amount }) => {
    if (destination === bucket) return net + amount;
    return source === bucket ? net - amount : net;
  }, 0);
}

function sum(postings: PostingDraft[]): number {
  return postings.reduce((total, { amount }) => total + amount, 0);
}
