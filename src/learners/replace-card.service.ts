import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { recordDeeds } from '../audit/audit.port.js';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { toCardResponse, type CardResponse } from './card.response.js';
import { cardsOf, issueCards, setCardStatus } from './cards.store.js';
import { requireOpenAccount } from './domain/account-status.js';
import { countyOfCard } from './domain/card-number.js';
import { requireCardChange, requireNoUsableCard } from './domain/card-status.js';
import { lockCard } from './reach-card.js';

/** Gives the learner a card in place of a lost one. */
@Injectable()
export class ReplaceCard {
  constructor(
    private readonly once: OnceWriter,
    private readonly clock: Clock,
  ) {}

  /** A new active card of the same county, handed over at the counter. The account, and so every hour, stays as it is. */
  async run(caller: Caller, once: OnceKey, numberText: string): Promise<Receipt<CardResponse>> {
    return this.once.run(once, async (transaction) => {
      const { sql } = transaction;
      const nowMs = this.clock.nowMs();
      const { card, account } = await lockCard(transaction, caller, numberText);
      requireCardChange(card.status, 'replaced');
      requireOpenAccount(account);
      requireNoUsableCard((await cardsOf(transaction, card.learnerId)).map(({ status }) => status));
      await setCardStatus(sql, card, 'replaced', nowMs);
      const { learnerId, cardNumber } = card;
      const countyCode = countyOfCard(cardNumber);
      const order = { learnerId, countyCode, status: 'active', issuedAt: nowMs, replaces: cardNumber } as const;
      const [fresh] = await issueCards(sql, [order]);
      await recordDeeds(sql, [{ caller, action: 'replace-card', subject: cardNumber, learnerId }], nowMs);
      return toCardResponse(fresh!);
    });
  }
}
