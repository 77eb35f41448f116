import { Injectable } from '@nestjs/common';
import { recordDeeds } from '../audit/audit.port.js';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { requireOwnBook } from '../ledger/ledger.port.js';
import { LearnerRecords, type Holder } from '../learners/learners.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { Writer } from '../platform/database/writer.js';

/** What is looked at: a verb and thing for the audit, and which one. */
export interface Look {
  action: 'read-statement' | 'read-entry' | 'read-document';
  subject: string;
}

/** The door to every page about a person. */
@Injectable()
export class AdmitReader {
  constructor(
    private readonly learners: LearnerRecords,
    private readonly writer: Writer,
    private readonly clock: Clock,
  ) {}

  /**
   * Whom the page is about. Learners see only themselves; what staff look at is in the audit before they see it.
   * Refuses with `not-found`, alike for nobody and for somebody else.
   */
  async run(caller: Caller, learnerId: string, look: Look): Promise<Holder> {
    requireOwnBook(caller, learnerId);
    const holder = await this.learners.holder(learnerId);
    if (!holder) throw new Refusal('not-found');
    if (caller.role !== 'learner') {
      await this.writer.write(({ sql }) => recordDeeds(sql, [{ caller, ...look, learnerId }], this.clock.nowMs()));
    }
    return holder;
  }
}
