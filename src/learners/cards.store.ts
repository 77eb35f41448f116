import { groupBy } from '../kernel/group-by.js';
import type { Transaction } from '../platform/database/writer.js';
import type { InsertTarget, Sql } from '../platform/database/sql.js';
import { makeCardNumber } from './domain/card-number.js';
import { CARD_CHANGES, type CardStatus } from './domain/card-status.js';
import { claimNumbers, ownersOf } from './directory.store.js';
import type { LearningCard } from './learners.entity.js';

/** A transaction or the read connection. */
export type Connection = Pick<Transaction, 'sql' | 'orm'>;

const INSERT_CARD: InsertTarget = {
  table: 'learning_card',
  columns: ['learner_id', 'card_number', 'status', 'issued_at', 'activated_at', 'lost_at', 'closed_at', 'replaces'],
};

/** A card that is to be issued. */
export interface CardOrder {
  learnerId: string;
  countyCode: string;
  status: 'issued' | 'active';
  issuedAt: number;
  replaces?: string;
}

/** Issues cards with the next serials of their counties, in the order given. Set-based: one statement a table. */
export async function issueCards(sql: Sql, orders: CardOrder[]): Promise<LearningCard[]> {
  const serials = await takeSerials(sql, orders);
  const cards = orders.map(({ learnerId, countyCode, status, issuedAt, replaces }, index): LearningCard => ({
    learnerId,
    cardNumber: makeCardNumber(countyCode, serials[index]!),
    status,
    issuedAt,
    activatedAt: status === 'active' ? issuedAt : null,
    lostAt: null,
    closedAt: null,
    replaces: replaces ?? null,
  }));
  const claims = cards.map(({ cardNumber, learnerId }) => ({ number: cardNumber, learnerId }));
  if ((await claimNumbers(sql, 'card', claims)).length > 0) {
    throw new Error('A card series has fallen behind the cards it issued');
  }
  await sql.insert(
    INSERT_CARD,
    cards.map((card) => [
      card.learnerId,
      card.cardNumber,
      card.status,
      card.issuedAt,
      card.activatedAt,
      card.lostAt,
      card.closedAt,
      card.replaces,
    ]),
  );
  return cards;
}

/** Raises each county's series once, by as many cards as it issues here; the row's lock keeps serials dense and single. */
async function takeSerials(sql: Sql, orders: CardOrder[]): Promise<number[]> {
  const next = new Map<string, number>();
  const counties = [...groupBy(orders, ({ countyCode }) => countyCode)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [countyCode, { length }] of counties) {
    await sql.run(
      `insert into card_series (county_code, last_serial) values (?, ?)
       on conflict (county_code) do update set last_serial = card_series.last_serial + excluded.last_serial`,
      [countyCode, length],
    );
    const [series] = await sql.rows<{ last_serial: number }>(
      'select last_serial from card_series where county_code = ?',
      [countyCode],
    );
    next.set(countyCode, series!.last_serial - length + 1);
  }
  return orders.map(({ countyCode }) => {
    const serial = next.get(countyCode)!;
    next.set(countyCode, serial + 1);
    return serial;
  });
}

/** All cards of a learner, oldest first. */
export async function cardsOf({ orm }: Connection, learnerId: string): Promise<LearningCard[]> {
  return orm.find<LearningCard>('learning_card', {
    where: { learnerId },
    order: { issuedAt: 'ASC', cardNumber: 'ASC' },
  });
}

/** The card of this number, or null when it was never issued. */
export async function findCard({ sql, orm }: Connection, cardNumber: string): Promise<LearningCard | null> {
  const learnerId = (await ownersOf(sql, 'card', [cardNumber])).get(cardNumber);
  return learnerId ? orm.findOneBy<LearningCard>('learning_card', { learnerId, cardNumber }) : null;
}

/** When a card came into a status; `replaced` is told by the card that replaces it. */
const CHANGED_AT: Partial<Record<CardStatus, string>> = {
  active: 'activated_at',
  lost: 'lost_at',
  closed: 'closed_at',
};

/** Gives a card another status; whether it may have it is the caller's question. */
export async function setCardStatus(sql: Sql, card: LearningCard, status: CardStatus, nowMs: number): Promise<void> {
  const column = CHANGED_AT[status];
  const dated = column ? `, ${column} = ?` : '';
  await sql.run(`update learning_card set status = ?${dated} where learner_id = ? and card_number = ?`, [
    status,
    ...(column ? [nowMs] : []),
    card.learnerId,
    card.cardNumber,
  ]);
}

/** Closes every card of a learner that can be closed; the cards as they were before. */
export async function closeCards(connection: Connection, learnerId: string, nowMs: number): Promise<LearningCard[]> {
  const open = (await cardsOf(connection, learnerId)).filter(({ status }) => CARD_CHANGES[status].includes('closed'));
  for (const card of open) await setCardStatus(connection.sql, card, 'closed', nowMs);
  return open;
}

/** Gives closed cards the status back that they had before; only for cards that undoing a merge opens again. */
export async function reopenCards(
  sql: Sql,
  learnerId: string,
  cards: Pick<LearningCard, 'cardNumber' | 'status'>[],
): Promise<void> {
  for (const { cardNumber, status } of cards) {
    await sql.run(
      "update learning_card set status = ?, closed_at = null where learner_id = ? and card_number = ? and status = 'closed'",
      [status, learnerId, cardNumber],
    );
  }
}
