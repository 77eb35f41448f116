import type { Sql } from '../platform/database/sql.js';
import type { CardStatus } from './domain/card-status.js';
import { ownersOf } from './directory.store.js';

export type { CardStatus } from './domain/card-status.js';
export { readCardNumber } from './domain/card-number.js';
export { maskName } from './domain/mask-identity.js';
export { LearnerGroups, type LearnerGroup } from './learner-groups.service.js';
export { LearnerRecords, type Holder } from './learner-records.service.js';
export { closeMergedAccount, reopenMergedAccount, type BeforeMerge } from './merged-account.js';
export { OpenAccounts, MAX_BULK_ACCOUNTS, type BulkAccountRow } from './open-accounts.service.js';

/** Learners by card number, from the directory; a number that was never issued is absent. A card never changes its owner. */
export async function learnersByCard(sql: Sql, cardNumbers: string[]): Promise<Map<string, string>> {
  return ownersOf(sql, 'card', [...new Set(cardNumbers)]);
}

/** Status of cards by number, read from their learners' own rows; a card that is not that learner's is absent. */
export async function cardStatuses(
  sql: Sql,
  cards: { learnerId: string; cardNumber: string }[],
): Promise<Map<string, CardStatus>> {
  const rows = await sql.rowsByKeys<{ card_number: string; status: CardStatus }>(
    'select card_number, status from learning_card',
    ['learner_id', 'card_number'],
    cards.map(({ learnerId, cardNumber }) => [learnerId, cardNumber]),
  );
  return new Map(rows.map((row) => [row.card_number, row.status]));
}
