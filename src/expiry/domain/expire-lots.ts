import type { Entry, PostingDraft } from '../../ledger/domain/entry.js';
import { applyToLots, availableOf, isExpired, type Lot } from '../../ledger/domain/lots.js';
import type { Posting } from '../../ledger/domain/entry.js';
import { MAX_POSTINGS } from '../../ledger/domain/post-entry.js';

/**
 * What goes to `expired` on a day: all that is available of every lot whose last day is before it. Held and awarded
 * credit stays where it is. At most as many postings as one entry may have; the rest is for the next entry.
 */
export function expiryPostings(lots: Iterable<Lot>, day: string): PostingDraft[] {
  return [...lots]
    .filter((lot) => isExpired(lot, day) && availableOf(lot) > 0)
    .slice(0, MAX_POSTINGS)
    .map((lot) => ({
      source: 'available',
      destination: 'expired',
      creditType: lot.creditType,
      amount: availableOf(lot),
      lot: lot.lot,
    }));
}

/** Credit whose end is near. */
export interface ExpiringLot {
  lot: number;
  creditType: string;
  availableCenti: number;
  validUntil: string;
  /** The shortest notice (days of the pack) that it falls under. */
  withinDays: number;
}

/** What is available of a lot, and its last day. */
export interface DatedCredit {
  lot: number;
  creditType: string;
  availableCenti: number;
  validUntil: string | null;
}

/** Available credit that ends today or within the longest of `noticeDays`, soonest first. */
export function expiringCredit(credit: DatedCredit[], today: string, noticeDays: number[]): ExpiringLot[] {
  return credit
    .flatMap(({ lot, creditType, availableCenti, validUntil }) => {
      if (validUntil === null || availableCenti <= 0 || validUntil < today) return [];
      const left = daysBetween(today, validUntil);
      const within = noticeDays.filter((days) => left <= days);
      if (within.length === 0) return [];
      return [{ lot, creditType, availableCenti, validUntil, withinDays: Math.min(...within) }];
    })
    .sort((a, b) => (a.validUntil === b.validUntil ? a.lot - b.lot : a.validUntil < b.validUntil ? -1 : 1));
}

/** The same for lots as the book folds them. */
export function expiringLots(lots: Lot[], today: string, noticeDays: number[]): ExpiringLot[] {
  const credit = lots.map((lot) => ({ ...lot, availableCenti: availableOf(lot) }));
  return expiringCredit(credit, today, noticeDays);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The day so many days after another one. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * What is wrong with the expiries of one learner, by version: an entry of kind `expiry` moves available credit of lots
 * past their last day, all of it, and nothing else does. `entries` is the whole book in order.
 */
export function auditExpiry(entries: Entry[]): { version: number; what: string }[] {
  const lots = new Map<number, Lot>();
  let before: Posting | undefined;
  return entries.flatMap((entry) => {
    const found: string[] = [];
    for (const posting of entry.postings) {
      applyToLots(lots, posting, before);
      before = posting;
      const { source, destination, lot } = posting;
      const isExpiry = source === 'available' && destination === 'expired';
      if (entry.kind === 'expiry' && !isExpiry) found.push(`an expiry moves ${source} to ${destination}`);
      else if (entry.kind === 'expiry') found.push(...wrongExpiry(lots.get(lot ?? 0), entry.subject ?? ''));
      else if (destination === 'expired' && entry.kind !== 'reversal') found.push(`a ${entry.kind} lets credit expire`);
    }
    if (entry.kind === 'expiry' && entry.postings.length < MAX_POSTINGS) {
      const left = expiryPostings(lots.values(), entry.subject ?? '');
      found.push(...left.map(({ lot }) => `lot ${String(lot)} was past its last day and did not expire`));
    }
    return found.map((what) => ({ version: entry.version, what }));
  });
}

function wrongExpiry(lot: Lot | undefined, day: string): string[] {
  if (!lot || !isExpired(lot, day))
    return [`lot ${lot?.lot ?? 0} is valid until ${lot?.validUntil ?? null}, it cannot expire on ${day}`];
  return availableOf(lot) === 0 ? [] : [`lot ${lot.lot} expired in part: ${availableOf(lot)} are left`];
}
