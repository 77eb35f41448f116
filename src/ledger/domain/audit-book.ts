import { accountKey, isLearnerSide } from './accounts.js';
import type { Entry } from './entry.js';
import { foldBalances } from './fold-balances.js';
import { foldLots, heldByLearner } from './lots.js';

/** One learner's book as it lies in the database. */
export interface StoredBook {
  learnerId: string;
  account: { version: number; lotCount: number; recordedAt: number } | null;
  /** In version order. */
  entries: Entry[];
  /** Stored balances by `bucket:creditType`. */
  balances: Map<string, number>;
}

/** Something in the book that is not as it must be. */
export interface Difference {
  where: string;
  what: string;
}

/**
 * Everything that is wrong with one learner's book (LEDGER invariants 1–5, 7, 8, 11 and 13): one pass over its entries,
 * every difference named. Empty for a sound book.
 */
export function auditBook(book: StoredBook): Difference[] {
  return [
    ...auditVersions(book),
    ...auditPostings(book),
    ...auditBalances(book),
    ...auditLots(book),
    ...auditReversals(book),
  ];
}

function at(book: StoredBook, version: number, line?: number): string {
  return `${book.learnerId}.${version}${line === undefined ? '' : ` line ${line}`}`;
}

function auditVersions(book: StoredBook): Difference[] {
  const { account, entries } = book;
  const found: Difference[] = [];
  if (!account) return [{ where: book.learnerId, what: 'entries without a learning account' }];
  if (account.version !== entries.length) {
    found.push({
      where: book.learnerId,
      what: `the account counts ${account.version} entries, the journal has ${entries.length}`,
    });
  }
  let recordedAt = 0;
  entries.forEach((entry, index) => {
    if (entry.version !== index + 1) {
      found.push({ where: at(book, entry.version), what: `version ${index + 1} was expected: the sequence has a gap` });
    }
    if (entry.postings.length === 0) found.push({ where: at(book, entry.version), what: 'an entry without postings' });
    if (entry.recordedAt < recordedAt) {
      found.push({ where: at(book, entry.version), what: 'recorded before the entry it follows' });
    }
    recordedAt = entry.recordedAt;
  });
  if (account.recordedAt !== recordedAt) {
    found.push({ where: book.learnerId, what: 'the account and its last entry were recorded at different times' });
  }
  return found;
}

function auditPostings(book: StoredBook): Difference[] {
  const found: Difference[] = [];
  const balances = new Map<string, number>();
  for (const entry of book.entries) {
    entry.postings.forEach((posting, index) => {
      const where = at(book, entry.version, posting.line);
      if (posting.line !== index + 1)
        found.push({ where, what: `line ${index + 1} was expected: a posting is missing` });
      for (const [account, signed, after] of [
        [posting.source, -posting.amount, posting.sourceAfter],
        [posting.destination, posting.amount, posting.destinationAfter],
      ] as const) {
        if (!isLearnerSide(account)) {
          if (after !== null) found.push({ where, what: `${account} is bank-side but carries a balance` });
          continue;
        }
        const key = accountKey(account, posting.creditType);
        const expected = (balances.get(key) ?? 0) + signed;
        balances.set(key, expected);
        if (after !== expected)
          found.push({ where, what: `${key} stands at ${after} after it, the postings say ${expected}` });
        if (expected < 0) found.push({ where, what: `${key} goes below zero: ${expected}` });
      }
    });
  }
  return found;
}

function auditBalances(book: StoredBook): Difference[] {
  const folded = foldBalances(book.entries.flatMap(({ postings }) => postings));
  const keys = new Set([...folded.keys(), ...book.balances.keys()]);
  return [...keys].flatMap((key) => {
    const stored = book.balances.get(key) ?? 0;
    const expected = folded.get(key) ?? 0;
    if (stored === expected) return [];
    return [{ where: book.learnerId, what: `balance ${key} is ${stored}, the postings say ${expected}` }];
  });
}

function auditLots(book: StoredBook): Difference[] {
  const postings = book.entries.flatMap((entry) => entry.postings);
  const lots = [...foldLots(postings).values()];
  const found: Difference[] = [];
  const learnerSide = new Map<string, number>();
  for (const lot of lots) {
    const where = `${book.learnerId} lot ${lot.lot}`;
    const parts = Object.values(lot.buckets).reduce((sum, amount) => sum + amount, 0);
    if (parts !== lot.recognised)
      found.push({ where, what: `its parts make ${parts}, it brought in ${lot.recognised}` });
    for (const [bucket, amount] of Object.entries(lot.buckets)) {
      if (amount < 0) found.push({ where, what: `${bucket} is drawn beyond the lot: ${amount}` });
    }
    learnerSide.set(lot.creditType, (learnerSide.get(lot.creditType) ?? 0) + heldByLearner(lot));
  }
  const last = lots.reduce((highest, { lot }) => Math.max(highest, lot), 0);
  if (book.account && (last !== lots.length || book.account.lotCount !== last)) {
    found.push({
      where: book.learnerId,
      what: `${book.account.lotCount} lots are counted, ${lots.length} were brought in`,
    });
  }
  const inAccounts = new Map<string, number>();
  for (const { unit, source, destination, creditType, amount } of postings) {
    if (unit !== 'centi') continue;
    const net = (isLearnerSide(destination) ? amount : 0) - (isLearnerSide(source) ? amount : 0);
    inAccounts.set(creditType, (inAccounts.get(creditType) ?? 0) + net);
  }
  for (const [creditType, amount] of inAccounts) {
    const inLots = learnerSide.get(creditType) ?? 0;
    if (inLots !== amount) {
      found.push({ where: book.learnerId, what: `lots of ${creditType} hold ${inLots}, the accounts ${amount}` });
    }
  }
  return found;
}

function auditReversals(book: StoredBook): Difference[] {
  const reversed = new Set<number>();
  return book.entries.flatMap((entry) => {
    if (entry.reversesVersion === null) return [];
    const where = at(book, entry.version);
    const original = book.entries.find(({ version }) => version === entry.reversesVersion);
    if (!original || original.version >= entry.version)
      return [{ where, what: 'reverses an entry that is not before it' }];
    if (reversed.has(original.version)) return [{ where, what: `entry ${original.version} is reversed twice` }];
    reversed.add(original.version);
    const isReaccrued = [original, entry].some(({ postings }) =>
      postings.some(({ source, destination }) => source === 'accrued' || destination === 'accrued'),
    );
    const missing = original.postings.filter(
      (posting) =>
        !(isReaccrued && isAccrual(posting)) &&
        !entry.postings.some(
          (other) =>
            other.source === posting.destination &&
            (other.destination === posting.source ||
              // What came out of a hold is free again.
              (posting.source === 'held' && other.destination === 'available')) &&
            other.amount === posting.amount &&
            other.creditType === posting.creditType &&
            other.lot === posting.lot,
        ),
    );
    return missing.map(({ line }) => ({ where, what: `does not undo line ${line} of entry ${original.version}` }));
  });
}

/** Credit follows from the study time that is left, so only the time itself is mirrored line by line. */
function isAccrual({ source, destination }: Entry['postings'][number]): boolean {
  return [source, destination].some((account) => account === 'accrued' || account === 'issued');
}
