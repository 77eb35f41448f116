import type { AccountStatus } from '../ledger/domain/post-entry.js';
import { writeAccountChange } from './accounts.store.js';
import { closeCards, reopenCards, type Connection } from './cards.store.js';
import type { CardStatus } from './domain/card-status.js';

/** Why and by whom an account changes when two accounts become one person's, or two again. */
export interface MergeChange {
  learnerId: string;
  reason: string;
  changedBy: string;
  nowMs: number;
}

/** What undoing a merge must give back. */
export interface BeforeMerge {
  status: AccountStatus;
  cards: { cardNumber: string; status: CardStatus }[];
}

/** Closes the account that was merged into another one, and its cards; what it was before. Its book must be locked. */
export async function closeMergedAccount(
  connection: Connection,
  { learnerId, reason, changedBy, nowMs }: MergeChange,
  statusBefore: AccountStatus,
): Promise<BeforeMerge> {
  const change = { learnerId, statusBefore, statusAfter: 'closed' as const, reason, changedBy, recordedAt: nowMs };
  await writeAccountChange(connection, change);
  const cards = await closeCards(connection, learnerId, nowMs);
  return { status: statusBefore, cards: cards.map(({ cardNumber, status }) => ({ cardNumber, status })) };
}

/** Opens it again as it was: the only way back from closed, because the closing itself was a mistake. */
export async function reopenMergedAccount(
  connection: Connection,
  { learnerId, reason, changedBy, nowMs }: MergeChange,
  before: BeforeMerge,
): Promise<void> {
  const change = { learnerId, statusBefore: 'closed' as const, statusAfter: before.status, reason, changedBy };
  await writeAccountChange(connection, { ...change, recordedAt: nowMs });
  await reopenCards(connection.sql, learnerId, before.cards);
}
