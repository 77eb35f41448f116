import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { Refusal } from '../kernel/refusal.js';
import { recordDeeds } from '../audit/audit.port.js';
import { learnersByCard, readCardNumber } from '../learners/learners.port.js';
import type { Caller } from '../platform/auth/caller.js';
import type { Sql } from '../platform/database/sql.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { policyVersion } from '../policy/policy.port.js';
import { CaseAccess } from './case-access.service.js';
import { requireTransition } from './domain/case-states.js';
import { rulesOf } from './domain/decide-worth.js';
import type { OutcomeContent, RecognitionCase } from './domain/recognition-case.js';
import { caseRows, lockLearner, writeRows } from './recognition.store.js';

/** Whose outcome it is: named by account or by card; a learner's own when neither is given. */
export interface Holder {
  learnerId?: string | null;
  cardNumber?: string | null;
}

/** Opens cases, as drafts. */
@Injectable()
export class EnterRecognition {
  constructor(
    private readonly once: OnceWriter,
    private readonly access: CaseAccess,
  ) {}

  /**
   * A learner enters a case of their own, a registrar anybody's, a provider that of somebody whose card is on the table.
   * Refuses with `not-found`, `card-unknown`, a wrong card number, `account-closed`, `recognition-not-offered`.
   */
  run(caller: Caller, once: OnceKey, holder: Holder, content: OutcomeContent): Promise<Receipt<RecognitionCase>> {
    return this.once.run(once, async ({ sql }) => {
      const nowMs = this.access.nowMs();
      const pack = this.access.rules().today;
      rulesOf(pack);
      requireTransition(null, 'entry', caller.role);
      const learnerId = await holderOf(sql, caller, holder);
      const status = await lockLearner(sql, learnerId);
      if (status === null) throw new Refusal('not-found');
      if (status === 'closed') throw new Refusal('account-closed');
      const recognitionId = newId(nowMs);
      const { keyId: actor, role } = caller;
      const file: RecognitionCase = {
        learnerId,
        recognitionId,
        state: 'draft',
        content,
        providerId: caller.providerId,
        policyVersion: null,
        dueOn: null,
        daysLeft: null,
        calendarKnownUntil: null,
        claim: null,
        standard: null,
        steps: [
          {
            sequence: 1,
            step: 'entry',
            stateBefore: null,
            stateAfter: 'draft',
            actor,
            role,
            recordedAt: nowMs,
            comment: null,
            reasonCode: null,
            policyVersion: policyVersion(pack),
            detail: null,
          },
        ],
        evidence: [],
      };
      await writeRows(sql, caseRows(null, file));
      await recordDeeds(sql, [{ caller, action: 'enter-recognition', subject: recognitionId, learnerId }], nowMs);
      return file;
    });
  }
}

async function holderOf(sql: Sql, caller: Caller, { learnerId, cardNumber }: Holder): Promise<string> {
  if (caller.role === 'learner') {
    if (caller.learnerId === null || (learnerId && learnerId !== caller.learnerId)) throw new Refusal('not-found');
    return caller.learnerId;
  }
  if (cardNumber) return learnerOfCard(sql, cardNumber);
  // A provider knows people by their cards only.
  if (caller.role === 'registrar' && learnerId) return learnerId;
  const detail = '请填写学习卡号 give the card number of the holder';
  throw new Refusal('validation-failed', { errors: [{ pointer: '/cardNumber', code: 'isNotEmpty', detail }] });
}

/** The learner of a card as it is written. Refuses with `card-number-mangled`, `card-number-invalid`, `card-unknown`. */
export async function learnerOfCard(sql: Sql, text: string): Promise<string> {
  const card = readCardNumber(text);
  if (!('ok' in card)) throw new Refusal('mangled' in card ? 'card-number-mangled' : 'card-number-invalid');
  const learnerId = (await learnersByCard(sql, [card.ok])).get(card.ok);
  if (learnerId === undefined) throw new Refusal('card-unknown');
  return learnerId;
}
