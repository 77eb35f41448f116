import type { Sql } from '../platform/database/sql.js';
import type { CardStatus } from './domain/card-status.js';
import { ownersOf } from './directory.store.js';

export type { CardStatus } from './domain/card-status.js';
export { readCardNumber } from './domain/card-number.js';
export { maskName } from './domain/mask-identity.js';
export { LearnerRecords, type Holder } from './learner-records.service.js';
export { OpenAccounts, MAX_BULK_ACCOUNTS, type BulkAccountRow } from './open-accounts.service.js';

/** Whose card a number is, and whether it may be used. */
export interface CardOwner {
  learnerId: string;
  status: CardStatus;
}

/**
 * Owners of cards by number, for a whole batch in two set-based reads; a number that was never issued is absent.
 * The directory is read first, then each learner's own rows, so neither read crosses learners.
 */
export async function cardOwners(sql: Sql, cardNumbers: string[]): Promise<Map<string, CardOwner>> {
  const owners = await ownersOf(sql, 'card', [...new Set(cardNumbers)]);
  const cards = await sql.rowsByKeys<{ learner_id: string; card_number: string; status: CardStatus }>(
    'select learner_id, card_number, status from learning_card',
    ['learner_id', 'card_number'],
    [...owners].map(([cardNumber, learnerId]) => [learnerId, cardNumber]),
  );
  return new Map(cards.map((card) => [card.card_number, { learnerId: card.learner_id, status: card.status }]));
}
