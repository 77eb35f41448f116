import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { recordDeeds } from '../audit/audit.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import { Writer } from '../platform/database/writer.js';
import { ownersOf } from './directory.store.js';
import { requireIdentityNumber, type IdentityType } from './domain/identity-number.js';
import { IdentityVault } from './identity-vault.js';
import { LearnerRecords, type Holder } from './learner-records.service.js';

/** Finds whose document this is, for the person at the counter who forgot the card. */
@Injectable()
export class LookUpLearner {
  constructor(
    private readonly records: LearnerRecords,
    private readonly vault: IdentityVault,
    private readonly reader: Reader,
    private readonly writer: Writer,
    private readonly clock: Clock,
  ) {}

  /** The holder. Every look, also one that finds nobody, is in the audit; the document itself is not (DOMAIN GOV-2). */
  async run(caller: Caller, document: { identityType: IdentityType; identityNumber: string }): Promise<Holder> {
    const number = requireIdentityNumber(document.identityType, document.identityNumber);
    const hash = this.vault.fingerprint(document.identityType, number);
    const learnerId = (await ownersOf(this.reader.sql, 'identity', [hash])).get(hash);
    const holder = learnerId === undefined ? null : await this.records.holder(learnerId);
    const deed = {
      caller,
      action: 'look-up-learner',
      subject: document.identityType,
      learnerId: holder?.learnerId,
      outcome: holder ? 'done' : 'not-found',
    };
    await this.writer.write(({ sql }) => recordDeeds(sql, [deed], this.clock.nowMs()));
    if (!holder) throw new Refusal('not-found');
    return holder;
  }
}
