import { Refusal } from '../kernel/refusal.js';
import type { AccountStatus } from '../ledger/domain/post-entry.js';
import type { Caller } from '../platform/auth/caller.js';
import { lockAccount } from './accounts.store.js';
import { findCard, type Connection } from './cards.store.js';
import { readCardNumber } from './domain/card-number.js';
import type { LearningCard } from './learners.entity.js';

/** A number as it stands in an address. Refuses with `card-number-mangled` or `card-number-invalid`. */
function requireCardNumber(text: string): string {
  const reading = readCardNumber(text);
  if ('ok' in reading) return reading.ok;
  throw new Refusal('mangled' in reading ? 'card-number-mangled' : 'card-number-invalid');
}

/** The card of this number as far as the caller may know of it: somebody else's is `not-found` to a learner. */
export async function reachCard(connection: Connection, caller: Caller, numberText: string): Promise<LearningCard> {
  const card = await findCard(connection, requireCardNumber(numberText));
  if (!card || (caller.role === 'learner' && caller.learnerId !== card.learnerId)) throw new Refusal('not-found');
  return card;
}

/** The same for a change: the account is locked first, then the card read, so that it cannot change in between. */
export async function lockCard(
  connection: Connection,
  caller: Caller,
  numberText: string,
): Promise<{ card: LearningCard; account: AccountStatus }> {
  const { learnerId } = await reachCard(connection, caller, numberText);
  const account = await lockAccount(connection.sql, learnerId);
  if (account === null) throw new Refusal('not-found');
  return { card: await reachCard(connection, caller, numberText), account };
}
