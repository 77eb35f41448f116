import { isLearnerSide } from './accounts.js';
import type { Posting } from './entry.js';

/**
 * One inflow of credit and where all of it is now. A lot has no table: it is the posting that brought the credit in,
 * and its state is the fold of the postings that name it.
 */
export interface Lot {
  lot: number;
  creditType: string;
  /** Version of the entry that brought it in: its provenance. */
  version: number;
  earnedOn: string | null;
  validUntil: string | null;
  /** Time account whose study time became this credit; null for credit that came in another way. */
  fromTime: string | null;
  /** Hundredths brought in, less what a reversal took out again. */
  recognised: number;
  /** Hundredths now in each bucket: available, held, awarded, converted, expired. */
  buckets: Record<string, number>;
}

/** Lots of one learner from their postings in version order; only postings that name a lot matter. */
export function foldLots(postings: Iterable<Posting>): Map<number, Lot> {
  const lots = new Map<number, Lot>();
  let before: Posting | undefined;
  for (const posting of postings) {
    applyToLots(lots, posting, before);
    before = posting;
  }
  return lots;
}

/**
 * Applies one posting to the lot it names. Credit enters from `issued`, a reversal sends it back there, an adjustment sends
 * it to `corrected` and a merge to or from the person's other account by `merged`: these mark what a lot is worth in this
 * book, every other account marks where its credit is. `before` is the posting
 * written just before it: study time moves to `accrued` in the line above the credit it becomes.
 */
export function applyToLots(lots: Map<number, Lot>, posting: Posting, before: Posting | undefined): void {
  if (posting.lot === null) return;
  let lot = lots.get(posting.lot);
  if (!lot) {
    const { version, creditType, earnedOn, validUntil } = posting;
    const fromTime = before?.version === version && before.destination === 'accrued' ? before.source : null;
    lot = { lot: posting.lot, creditType, version, earnedOn, validUntil, fromTime, recognised: 0, buckets: {} };
    lots.set(posting.lot, lot);
  }
  if (isWorth(posting.source)) lot.recognised += posting.amount;
  else lot.buckets[posting.source] = (lot.buckets[posting.source] ?? 0) - posting.amount;
  if (isWorth(posting.destination)) lot.recognised -= posting.amount;
  else lot.buckets[posting.destination] = (lot.buckets[posting.destination] ?? 0) + posting.amount;
}

/** True for the accounts outside a book, between which and the learner a lot's worth comes and goes. */
export function isWorth(account: string): boolean {
  return account === 'issued' || account === 'corrected' || account === 'merged';
}

/** Amount taken from one lot. */
export interface Draw {
  lot: number;
  amountCenti: number;
}

/**
 * Takes `amountCenti` from the available credit of one type, soonest to expire first, then oldest lot. Lots that have
 * expired by `today` are left alone: they stay on the record but can no longer be used. Null when there is not enough.
 */
export function drawLots(lots: Iterable<Lot>, creditType: string, amountCenti: number, today: string): Draw[] | null {
  const usable = [...lots]
    .filter((lot) => lot.creditType === creditType && availableOf(lot) > 0 && !isExpired(lot, today))
    .sort(drawOrder);
  const draws: Draw[] = [];
  let missing = amountCenti;
  for (const lot of usable) {
    if (missing === 0) break;
    const taken = Math.min(missing, availableOf(lot));
    draws.push({ lot: lot.lot, amountCenti: taken });
    missing -= taken;
  }
  return missing === 0 ? draws : null;
}

/** Order in which lots are drawn: soonest to expire first, then oldest. */
export function drawOrder(a: Pick<Lot, 'lot' | 'validUntil'>, b: Pick<Lot, 'lot' | 'validUntil'>): number {
  return compareValidity(a.validUntil, b.validUntil) || a.lot - b.lot;
}

/** Hundredths of a lot that are in `available`. */
export function availableOf(lot: Lot): number {
  return lot.buckets['available'] ?? 0;
}

/** A lot is usable through the whole of its last day. */
export function isExpired(lot: Pick<Lot, 'validUntil'>, today: string): boolean {
  return lot.validUntil !== null && lot.validUntil < today;
}

/** Sum of usable credit of one type on a day. Hundredths. */
export function usableCenti(lots: Iterable<Lot>, creditType: string, today: string): number {
  let sum = 0;
  for (const lot of lots) if (lot.creditType === creditType && !isExpired(lot, today)) sum += availableOf(lot);
  return sum;
}

function compareValidity(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

/** Learner-side part of a lot, which must equal what its balance accounts hold. */
export function heldByLearner(lot: Lot): number {
  return Object.entries(lot.buckets).reduce((sum, [bucket, amount]) => (isLearnerSide(bucket) ? sum + amount : sum), 0);
}
