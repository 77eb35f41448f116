import type { EntitySpec } from '../platform/database/columns.js';
import type { AccountStatus } from '../ledger/domain/post-entry.js';
import type { CardStatus } from './domain/card-status.js';
import type { IdentityType } from './domain/identity-number.js';

/** A person with an account. The document number is here only as ciphertext and as a keyed hash. */
export interface Learner {
  learnerId: string;
  name: string;
  identityType: IdentityType;
  /** Opened by the identity vault with the learner's id. */
  identityCipher: string;
  /** The number under which the directory knows the document. */
  identityHash: string;
  /** Where the learner lives: a unit of any level. */
  unitCode: string;
  /** When the learner agreed to be on record. */
  consentAt: number;
  openedOn: string;
  /** The API key that opened the account. */
  openedBy: string;
  recordedAt: number;
}

/** A token in the learner's hand; losing it loses nothing. */
export interface LearningCard {
  learnerId: string;
  cardNumber: string;
  status: CardStatus;
  issuedAt: number;
  activatedAt: number | null;
  lostAt: number | null;
  closedAt: number | null;
  /** The lost card this one stands in for. */
  replaces: string | null;
}

/** Why an account was frozen, unfrozen or closed. Append-only. */
export interface AccountChange {
  learnerId: string;
  /** Dense 1…n for each learner. */
  sequence: number;
  statusBefore: AccountStatus;
  statusAfter: AccountStatus;
  reason: string;
  changedBy: string;
  recordedAt: number;
}

/** How many cards a county has issued. */
export interface CardSeries {
  countyCode: string;
  lastSerial: number;
}

/** Kinds of number that lead to a learner. */
export type DirectoryKind = 'identity' | 'card';

/**
 * Whose number this is. Uniqueness over all learners lives here and not in an index of a learner-owned table, so that
 * those tables can be spread by learner.
 */
export interface DirectoryEntry {
  kind: DirectoryKind;
  number: string;
  learnerId: string;
}

/** Learners by id. The document number is never here in clear; only the directory knows whose it is. */
export const learnerEntity: EntitySpec<Learner> = {
  table: 'learner',
  columns: {
    learnerId: 'id',
    name: 'text',
    identityType: 'text',
    identityCipher: 'text',
    identityHash: 'text',
    unitCode: 'text',
    consentAt: 'int',
    openedOn: 'text',
    openedBy: 'text',
    recordedAt: 'int',
  },
  primaryKey: ['learnerId'],
  checks: {
    learner_identity_type:
      "identity_type in ('RESIDENT_ID', 'PASSPORT', 'HK_MACAO_PERMIT', 'TAIWAN_PERMIT', 'FOREIGN_PERMANENT_RESIDENT')",
  },
};

/** Cards by learner and number; a learner has at most one that can be used, which an index keeps. */
export const learningCardEntity: EntitySpec<LearningCard> = {
  table: 'learning_card',
  columns: {
    learnerId: 'id',
    cardNumber: 'text',
    status: 'text',
    issuedAt: 'int',
    activatedAt: 'int?',
    lostAt: 'int?',
    closedAt: 'int?',
    replaces: 'text?',
  },
  primaryKey: ['learnerId', 'cardNumber'],
  checks: { learning_card_status: "status in ('issued', 'active', 'lost', 'replaced', 'closed')" },
  indexes: [
    {
      name: 'learning_card_one_usable',
      columns: ['learnerId'],
      unique: true,
      where: "status in ('issued', 'active')",
    },
  ],
};

/** Changes of an account's status by learner and sequence 1…n. Append-only. */
export const accountChangeEntity: EntitySpec<AccountChange> = {
  table: 'account_change',
  columns: {
    learnerId: 'id',
    sequence: 'int',
    statusBefore: 'text',
    statusAfter: 'text',
    reason: 'text',
    changedBy: 'text',
    recordedAt: 'int',
  },
  primaryKey: ['learnerId', 'sequence'],
};

/** The last serial number given out, by county; a card number is never given twice. */
export const cardSeriesEntity: EntitySpec<CardSeries> = {
  table: 'card_series',
  columns: { countyCode: 'text', lastSerial: 'int' },
  primaryKey: ['countyCode'],
  checks: { card_series_serial: 'last_serial between 1 and 99999999' },
};

/** Whose a card number or the keyed hash of a document number is; each belongs to one learner for ever. */
export const directoryEntity: EntitySpec<DirectoryEntry> = {
  table: 'directory',
  columns: { kind: 'text', number: 'text', learnerId: 'id' },
  primaryKey: ['kind', 'number'],
  checks: { directory_kind: "kind in ('identity', 'card')" },
};
