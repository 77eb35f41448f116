import type { Entry, EntryDraft, Posting, PostingDraft } from '../../../src/ledger/domain/entry.js';
import { foldLots } from '../../../src/ledger/domain/lots.js';
import { postEntry, type LearnerBook } from '../../../src/ledger/domain/post-entry.js';

export const LEARNER = '018fde9a-3c00-7abc-8def-0123456789ab';
export const DAY = '2024-06-03';
export const NOW = Date.parse('2024-06-03T04:00:00Z');

/** The book of a learner to whom nothing has happened. */
export function emptyBook(): LearnerBook {
  return {
    learnerId: LEARNER,
    status: 'active',
    version: 0,
    lotCount: 0,
    recordedAt: 0,
    balances: new Map(),
    lots: new Map(),
  };
}

export function draft(...postings: PostingDraft[]): EntryDraft {
  return { kind: 'adjustment', occurredAt: NOW, postings };
}

/** Study time that comes in. */
export function attended(seconds: number, bucket = 'time', creditType = 'leisure'): PostingDraft {
  return { source: 'attended', destination: bucket, creditType, amount: seconds };
}

/** Study time that has become credit. */
export function accrued(seconds: number, bucket = 'time', creditType = 'leisure'): PostingDraft {
  return { source: bucket, destination: 'accrued', creditType, amount: seconds };
}

/** Credit that comes in as a lot. */
export function newLot(amountCenti: number, validUntil: string | null = null, creditType = 'leisure'): PostingDraft {
  return {
    source: 'issued',
    destination: 'available',
    creditType,
    amount: amountCenti,
    lot: 'new',
    earnedOn: DAY,
    validUntil,
  };
}

/** Credit of a lot that moves. */
export function moved(
  source: string,
  destination: string,
  amountCenti: number,
  lot: number,
  creditType = 'leisure',
): PostingDraft {
  return { source, destination, creditType, amount: amountCenti, lot };
}

/** Everything that the drafts, one entry each, left in a book. */
export function written(...drafts: EntryDraft[]): { book: LearnerBook; entries: Entry[]; postings: Posting[] } {
  const book = emptyBook();
  const entries = drafts.map((each) => write(book, each));
  return { book, entries, postings: entries.flatMap(({ postings }) => postings) };
}

/** Writes one draft as the committer does. */
export function write(book: LearnerBook, entry: EntryDraft, nowMs: number = NOW): Entry {
  const { version, recordedAt, postings } = postEntry(book, entry, nowMs);
  return {
    learnerId: book.learnerId,
    version,
    kind: entry.kind,
    occurredAt: entry.occurredAt,
    recordedAt,
    actor: 'test',
    providerId: entry.providerId ?? null,
    subject: entry.subject ?? null,
    source: entry.source ?? null,
    policyVersion: entry.policyVersion ?? null,
    idempotencyKey: null,
    reversesVersion: entry.reversesVersion ?? null,
    reason: entry.reason ?? null,
    detail: entry.detail ?? null,
    postings,
  };
}

/** Balances that are not zero. */
export function balances(book: LearnerBook): Record<string, number> {
  return Object.fromEntries([...book.balances].filter(([, amount]) => amount !== 0));
}

/** All of a book as text, to see that nothing in it has changed. */
export function printed(book: LearnerBook): string {
  return JSON.stringify({ ...book, balances: [...book.balances], lots: book.lots && [...book.lots] });
}

/** A lot with this much in `available`, as the fold of its one posting. */
export function availableLot(lot: number, amountCenti: number, validUntil: string | null, creditType = 'leisure') {
  const posting: Posting = {
    version: lot,
    line: 1,
    source: 'issued',
    destination: 'available',
    unit: 'centi',
    creditType,
    amount: amountCenti,
    lot,
    sourceAfter: null,
    destinationAfter: amountCenti,
    earnedOn: DAY,
    validUntil,
  };
  return foldLots([posting]).get(lot)!;
}
