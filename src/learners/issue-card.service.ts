import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { recordDeeds } from '../audit/audit.port.js';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { requireCounty } from './account-opening.service.js';
import { lockAccount } from './accounts.store.js';
import { toCardResponse, type CardResponse } from './card.response.js';
import { cardsOf, issueCards } from './cards.store.js';
import { requireOpenAccount } from './domain/account-status.js';
import { requireNoUsableCard } from './domain/card-status.js';

/** Issues a learner's card. */
@Injectable()
export class IssueCard {
  constructor(
    private readonly once: OnceWriter,
    private readonly clock: Clock,
  ) {}

  /** A new card of the county, still to be activated. Refuses while the learner has a usable one. */
  async run(caller: Caller, once: OnceKey, learnerId: string, countyCode: string): Promise<Receipt<CardResponse>> {
    return this.once.run(once, async (transaction) => {
      const { sql } = transaction;
      const nowMs = this.clock.nowMs();
      const account = await lockAccount(sql, learnerId);
      if (account === null) throw new Refusal('not-found');
      requireOpenAccount(account);
      await requireCounty(sql, countyCode);
      requireNoUsableCard((await cardsOf(transaction, learnerId)).map(({ status }) => status));
      const [card] = await issueCards(sql, [{ learnerId, countyCode, status: 'issued', issuedAt: nowMs }]);
      await recordDeeds(sql, [{ caller, action: 'issue-card', subject: card!.cardNumber, learnerId }], nowMs);
      return toCardResponse(card!);
    });
  }
}
