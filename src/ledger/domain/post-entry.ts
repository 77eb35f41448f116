import { Refusal } from '../../kernel/refusal.js';
import { accountKey, bucketSpec, isLearnerSide } from './accounts.js';
import type { EntryDraft, Posting, PostingDraft } from './entry.js';
import { applyToLots, type Lot } from './lots.js';

/** Active earns and spends; frozen only earns; closed is only read. */
export type AccountStatus = 'active' | 'frozen' | 'closed';

/** One learner's book as a rule sees it: what the last version left behind. */
export interface LearnerBook {
  learnerId: string;
  status: AccountStatus;
  /** Number of entries so far. */
  version: number;
  /** Number of lots so far. */
  lotCount: number;
  /** When the last entry was recorded; 0 for an empty book. */
  recordedAt: number;
  /** Balance by `bucket:creditType`; an absent account is zero. */
  balances: Map<string, number>;
  /** The account of the same person that this one was merged into; only a closed one ever was. */
  mergedInto?: string | null;
  /** Loaded only for rules that draw on lots. */
  lots?: Map<number, Lot>;
}

/** Refuses with `account-merged` or `account-closed` when nothing new may be written into this book. */
export function requireOpenBook({ status, mergedInto }: Pick<LearnerBook, 'status' | 'mergedInto'>): void {
  if (mergedInto) throw new Refusal('account-merged');
  if (status === 'closed') throw new Refusal('account-closed');
}

/** A posting that a balance or a lot cannot carry: a rule asked for what it should have refused itself. */
export class BookError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BookError';
  }
}

/** Most postings one entry may have, so that no single request can hold the writer for long. */
export const MAX_POSTINGS = 5_000;

/** What the book adds to a draft. */
interface NumberedEntry {
  version: number;
  recordedAt: number;
  postings: Posting[];
}

/** Balance of one account, zero when it has never moved. */
export function balanceOf(book: LearnerBook, bucket: string, creditType: string): number {
  return book.balances.get(accountKey(bucket, creditType)) ?? 0;
}

/**
 * Writes a draft into a learner's book: gives it the next version, numbers new lots, carries each balance forward.
 * Changes `book`. Promises: amounts are positive integers, no learner account goes below zero at any line, lots are
 * named exactly where credit moves, recorded time never runs backwards in version order (LEDGER invariants 1–5, 7, 13).
 * Errors: `BookError` when the draft breaks one of these; `book` must then be thrown away.
 */
export function postEntry(book: LearnerBook, draft: EntryDraft, nowMs: number): NumberedEntry {
  if (draft.postings.length === 0 || draft.postings.length > MAX_POSTINGS) {
    throw new BookError(`An entry has 1 to ${MAX_POSTINGS} postings, not ${draft.postings.length}`);
  }
  book.version += 1;
  book.recordedAt = Math.max(nowMs, book.recordedAt);
  const postings: Posting[] = [];
  for (const posting of draft.postings) postings.push(post(book, posting, postings.at(-1), postings.length + 1));
  return { version: book.version, recordedAt: book.recordedAt, postings };
}

function post(book: LearnerBook, draft: PostingDraft, before: Posting | undefined, line: number): Posting {
  const { source, destination, creditType, amount } = draft;
  const from = bucketSpec(source);
  if (source === destination) throw new BookError(`${source} cannot move to itself`);
  if (from.unit !== bucketSpec(destination).unit)
    throw new BookError(`${source} and ${destination} have different units`);
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new BookError(`Amount ${amount} is not a positive integer`);
  if (Boolean(from.hasLots) !== (draft.lot !== undefined))
    throw new BookError(`${source} → ${destination} must name a lot`);
  const isNew = draft.lot === 'new';
  if (isNew) book.lotCount += 1;
  const posting: Posting = {
    version: book.version,
    line,
    source,
    destination,
    unit: from.unit,
    creditType,
    amount,
    lot: isNew ? book.lotCount : ((draft.lot as number | undefined) ?? null),
    sourceAfter: move(book, source, creditType, -amount),
    destinationAfter: move(book, destination, creditType, amount),
    earnedOn: isNew ? (draft.earnedOn ?? null) : null,
    validUntil: isNew ? (draft.validUntil ?? null) : null,
  };
  if (book.lots) {
    applyToLots(book.lots, posting, before);
    const lot = posting.lot === null ? undefined : book.lots.get(posting.lot);
    if (lot && (lot.buckets[source] ?? 0) < 0) throw new BookError(`Lot ${lot.lot} is drawn beyond itself`);
    if (lot && lot.creditType !== creditType)
      throw new BookError(`Lot ${lot.lot} is ${lot.creditType}, not ${creditType}`);
  }
  return posting;
}

function move(book: LearnerBook, bucket: string, creditType: string, amount: number): number | null {
  if (!isLearnerSide(bucket)) return null;
  const after = balanceOf(book, bucket, creditType) + amount;
  if (after < 0) throw new BookError(`${bucket}:${creditType} would be ${after}`);
  book.balances.set(accountKey(bucket, creditType), after);
  return after;
}
