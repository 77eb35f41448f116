import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { recordDeeds } from '../audit/audit.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import { Writer } from '../platform/database/writer.js';
import { accountChanges } from './accounts.store.js';
import { cardsOf } from './cards.store.js';
import { LearnerRecords } from './learner-records.service.js';
import { toLearnerResponse, type LearnerResponse } from './learner.response.js';

/** Shows one learner. */
@Injectable()
export class ReadLearner {
  constructor(
    private readonly records: LearnerRecords,
    private readonly reader: Reader,
    private readonly writer: Writer,
    private readonly clock: Clock,
  ) {}

  /** A learner sees only himself; what staff look at is in the audit before they see it (DOMAIN GOV-2). */
  async run(caller: Caller, learnerId: string): Promise<LearnerResponse> {
    if (caller.role === 'learner' && caller.learnerId !== learnerId) throw new Refusal('not-found');
    const holder = await this.records.holder(learnerId);
    if (!holder) throw new Refusal('not-found');
    if (caller.role !== 'learner') {
      const deed = { caller, action: 'read-learner', subject: learnerId, learnerId };
      await this.writer.write(({ sql }) => recordDeeds(sql, [deed], this.clock.nowMs()));
    }
    const cards = await cardsOf(this.reader, learnerId);
    return toLearnerResponse(holder, cards, await accountChanges(this.reader, learnerId));
  }
}
