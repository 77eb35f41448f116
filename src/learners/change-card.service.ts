import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { recordDeeds } from '../audit/audit.port.js';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { toCardResponse, type CardResponse } from './card.response.js';
import { setCardStatus } from './cards.store.js';
import { requireCardChange } from './domain/card-status.js';
import { lockCard } from './reach-card.js';

/** What becomes of a card without another one taking its place. */
type Wanted = 'active' | 'lost' | 'closed';

const ACTIONS: Record<Wanted, string> = {
  active: 'activate-card',
  lost: 'report-card-lost',
  closed: 'close-card',
};

/** Activates a card, reports it lost, closes it. */
@Injectable()
export class ChangeCard {
  constructor(
    private readonly once: OnceWriter,
    private readonly clock: Clock,
  ) {}

  /** Gives the card another status; nothing of the account changes with it. */
  async run(caller: Caller, once: OnceKey, numberText: string, wanted: Wanted): Promise<Receipt<CardResponse>> {
    return this.once.run(once, async (transaction) => {
      const { sql } = transaction;
      const nowMs = this.clock.nowMs();
      const { card } = await lockCard(transaction, caller, numberText);
      requireCardChange(card.status, wanted);
      await setCardStatus(sql, card, wanted, nowMs);
      const { cardNumber, learnerId } = card;
      await recordDeeds(sql, [{ caller, action: ACTIONS[wanted], subject: cardNumber, learnerId }], nowMs);
      return toCardResponse((await lockCard(transaction, caller, numberText)).card);
    });
  }
}
