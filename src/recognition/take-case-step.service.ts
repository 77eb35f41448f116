import { Injectable } from '@nestjs/common';
import { Refusal } from '../kernel/refusal.js';
import { recordDeeds } from '../audit/audit.port.js';
import { Committer } from '../ledger/committer.js';
import { LotSources } from '../ledger/lot-sources.port.js';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { CaseAccess } from './case-access.service.js';
import { changeClaim, lastClaim } from './claims.store.js';
import type { StepName } from './domain/case-states.js';
import type { RecognitionCase } from './domain/recognition-case.js';
import { takeStep, type AskedStep } from './domain/take-step.js';
import { RECOGNISE_OUTCOME } from './recognise-outcome.command.js';
import { caseRows, lockLearner, writeRows } from './recognition.store.js';

/** A step as a route asks for it; who takes it is the caller. */
export type RequestedStep = Omit<AskedStep, 'actor' | 'role'>;

/** Steps that a closed account still lets happen: nothing new comes of them. */
const CLOSING_STEPS: StepName[] = ['withdrawal', 'preliminary-review', 'final-review', 'appeal-decision'];
/** Steps with which a certificate is taken. */
const TAKING_STEPS: StepName[] = ['submission', 'appeal'];

/** Takes cases from state to state. */
@Injectable()
export class TakeCaseStep {
  constructor(
    private readonly once: OnceWriter,
    private readonly committer: Committer,
    private readonly access: CaseAccess,
    private readonly sources: LotSources,
  ) {}

  /**
   * Takes one step; the case afterwards. A step that recognises goes through the book, every other one beside it; both
   * lock the learner's account, so of two steps at once the second meets the state the first has left. Refuses as
   * `takeStep`, `decideWorth` and `changeClaim` do.
   */
  async run(
    caller: Caller,
    once: OnceKey,
    recognitionId: string,
    requested: RequestedStep,
  ): Promise<Receipt<RecognitionCase>> {
    const asked: AskedStep = { ...requested, actor: caller.keyId, role: caller.role };
    const file = await this.access.find(caller, recognitionId);
    const { learnerId } = file;
    const rules = this.access.rules();
    if (!this.wouldRecognise(file, asked)) {
      return this.once.run(once, async ({ sql }) => {
        const nowMs = this.access.nowMs();
        const status = await lockLearner(sql, learnerId);
        const before = await this.access.read(sql, caller, learnerId, recognitionId);
        const pack = rules.forStep(before, asked.step);
        const after = takeStep(before, asked, { pack, nowMs });
        if (status === 'closed' && !CLOSING_STEPS.includes(asked.step)) throw new Refusal('account-closed');
        // Somebody has changed the case since it was looked at: the caller should look as well.
        if (after.state === 'recognised')
          throw new Refusal('recognition-step-out-of-turn', { state: before.state, step: asked.step });
        const last = TAKING_STEPS.includes(asked.step) ? await lastClaim(sql, after, pack) : null;
        const { claim, rows } = changeClaim(before, after, last, nowMs);
        const written = { ...after, claim };
        await writeRows(sql, [...rows, ...caseRows(before, written)]);
        const deed = { caller, action: `recognition-${asked.step}`, subject: recognitionId, learnerId };
        await recordDeeds(sql, [deed], nowMs);
        return written;
      });
    }
    const input = { recognition: { recognitionId, asked }, rules, sources: this.sources };
    return this.committer.run({ kind: RECOGNISE_OUTCOME, learnerId, input, caller, once });
  }

  /** Whether the step, taken now, ends in recognition. One that is refused is refused beside the book. */
  private wouldRecognise(file: RecognitionCase, asked: AskedStep): boolean {
    try {
      const pack = this.access.rules().forStep(file, asked.step);
      return takeStep(file, asked, { pack, nowMs: this.access.nowMs() }).state === 'recognised';
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }
}
