import type { EntitySpec } from '../platform/database/columns.js';
import type { EntryKind, Posting } from './domain/entry.js';
import type { AccountStatus } from './domain/post-entry.js';

/** The account is the record (the card is only a token): status and the counters that number its entries and lots. */
export interface LearningAccountRow {
  learnerId: string;
  status: AccountStatus;
  version: number;
  lotCount: number;
  recordedAt: number;
}

/** What happened, once and for ever. */
export interface JournalEntryRow {
  learnerId: string;
  version: number;
  kind: EntryKind;
  occurredAt: number;
  recordedAt: number;
  actor: string;
  providerId: string | null;
  subject: string | null;
  source: string | null;
  policyVersion: string | null;
  idempotencyKey: string | null;
  reversesVersion: number | null;
  reason: string | null;
  detail: string | null;
}

/** One movement from a source account to a destination account. */
export interface PostingRow extends Posting {
  learnerId: string;
}

/** Projection of the postings, kept in their transaction and compared with them by `cli verify`. */
export interface BalanceRow {
  learnerId: string;
  creditType: string;
  bucket: string;
  amount: number;
}

/**
 * Accounts by learner. One row is locked by every write for that learner, and numbers what it writes; its counters
 * only grow.
 */
export const learningAccountEntity: EntitySpec<LearningAccountRow> = {
  table: 'learning_account',
  columns: { learnerId: 'id', status: 'text', version: 'int', lotCount: 'int', recordedAt: 'int' },
  primaryKey: ['learnerId'],
  checks: { learning_account_status: "status in ('active', 'frozen', 'closed')" },
};

/**
 * Entries by learner and version 1…n, without gaps. Append-only; an entry is reversed at most once, which an index
 * keeps.
 */
export const journalEntryEntity: EntitySpec<JournalEntryRow> = {
  table: 'journal_entry',
  columns: {
    learnerId: 'id',
    version: 'int',
    kind: 'text',
    occurredAt: 'int',
    recordedAt: 'int',
    actor: 'text',
    providerId: 'id?',
    subject: 'text?',
    source: 'text?',
    policyVersion: 'text?',
    idempotencyKey: 'text?',
    reversesVersion: 'int?',
    reason: 'text?',
    detail: 'text?',
  },
  primaryKey: ['learnerId', 'version'],
  checks: { journal_entry_version: 'version > 0' },
  indexes: [
    {
      name: 'journal_entry_reversed_once',
      columns: ['learnerId', 'reversesVersion'],
      unique: true,
      where: 'reverses_version is not null',
    },
  ],
};

/**
 * Postings by learner, version and line; amounts are seconds, hundredths or points by `unit`. Append-only; found by
 * their last day for expiry.
 */
export const postingEntity: EntitySpec<PostingRow> = {
  table: 'posting',
  columns: {
    learnerId: 'id',
    version: 'int',
    line: 'int',
    source: 'text',
    destination: 'text',
    unit: 'text',
    creditType: 'text',
    amount: 'int',
    lot: 'int?',
    sourceAfter: 'int?',
    destinationAfter: 'int?',
    earnedOn: 'text?',
    validUntil: 'text?',
  },
  primaryKey: ['learnerId', 'version', 'line'],
  checks: {
    posting_amount: 'amount > 0',
    posting_two_sides: 'source <> destination',
    posting_unit: "unit in ('second', 'centi', 'point')",
    posting_never_negative: 'coalesce(source_after, 0) >= 0 and coalesce(destination_after, 0) >= 0',
  },
  indexes: [{ name: 'posting_valid_until', columns: ['validUntil', 'learnerId'], where: 'valid_until is not null' }],
};

/**
 * Balances by learner, credit type and bucket, in the unit of the bucket; never negative. Rebuilt from the postings by
 * `cli verify` and compared.
 */
export const balanceEntity: EntitySpec<BalanceRow> = {
  table: 'balance',
  columns: { learnerId: 'id', creditType: 'text', bucket: 'text', amount: 'int' },
  primaryKey: ['learnerId', 'creditType', 'bucket'],
  checks: { balance_never_negative: 'amount >= 0' },
};
