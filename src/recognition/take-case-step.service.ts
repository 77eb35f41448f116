import { Injectable } from '@nestjs/common';
import { shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { recordDeeds } from '../audit/audit.port.js';
import { Committer } from '../ledger/committer.js';
import { LotSources } from '../ledger/lot-sources.port.js';
import type { Caller } from '../platform/auth/caller.js';
import type { Sql } from '../platform/database/sql.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { CaseAccess } from './case-access.service.js';
import { changeClaim, lastClaim } from './claims.store.js';
import type { StepName } from './domain/case-states.js';
import { decideWorth } from './domain/decide-worth.js';
import type { RecognitionCase } from './domain/recognition-case.js';
import { reviewedWorth } from './domain/review-round.js';
import { rejectedByRules, takeStep, type AskedStep } from './domain/take-step.js';
import { OtherWay } from './other-way.js';
import { countedOutcomes } from './recognition-facts.js';
import { RECOGNISE_OUTCOME } from './recognise-outcome.command.js';
import { caseRows, lockLearner, writeRows } from './recognition.store.js';

/** A step as a route asks for it; who takes it is the caller. */
export type RequestedStep = Omit<AskedStep, 'actor' | 'role' | 'expertSince'>;

/** Steps that a closed account still lets happen: nothing new comes of them. */
const CLOSING_STEPS: StepName[] = ['withdrawal', 'preliminary-review', 'panel-vote', 'final-review', 'appeal-decision'];
/** Steps with which a certificate is taken. */
const TAKING_STEPS: StepName[] = ['submission', 'appeal'];
/** How often a step may find that the case has changed between the look at it and its lock. */
const MOST_LOOKS = 10;

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
   * lock the learner's account, so of two steps at once the second meets the state the first has left. Which way it is
   * can change until the lock is held (of two votes at once the second decides): then the step is taken the other way.
   * Refuses as `takeStep`, `decideWorth` and `changeClaim` do.
   */
  async run(
    caller: Caller,
    once: OnceKey,
    recognitionId: string,
    requested: RequestedStep,
  ): Promise<Receipt<RecognitionCase>> {
    const asked: AskedStep = {
      ...requested,
      actor: caller.keyId,
      role: caller.role,
      expertSince: caller.expertSince ?? null,
    };
    const file = await this.access.find(caller, recognitionId);
    let isThroughBook = this.wouldRecognise(file, asked);
    for (let looks = 1; looks <= MOST_LOOKS; looks += 1) {
      try {
        if (!isThroughBook) return await this.beside(caller, once, file, asked);
        const input = { recognition: { recognitionId, asked }, rules: this.access.rules(), sources: this.sources };
        const { learnerId } = file;
        return await this.committer.run({ kind: RECOGNISE_OUTCOME, learnerId, input, caller, once });
      } catch (error) {
        if (!(error instanceof OtherWay)) throw error;
        isThroughBook = !isThroughBook;
      }
    }
    throw new Refusal('overloaded', { retryAfterSeconds: 1 });
  }

  private beside(
    caller: Caller,
    once: OnceKey,
    { learnerId, recognitionId }: RecognitionCase,
    asked: AskedStep,
  ): Promise<Receipt<RecognitionCase>> {
    const rules = this.access.rules();
    return this.once.run(once, async ({ sql }) => {
      const nowMs = this.access.nowMs();
      const status = await lockLearner(sql, learnerId);
      const before = await this.access.read(sql, caller, learnerId, recognitionId);
      const pack = rules.forStep(before, asked.step);
      const after = await this.notRecognised(sql, takeStep(before, asked, { pack, nowMs }), pack);
      if (status === 'closed' && !CLOSING_STEPS.includes(asked.step)) throw new Refusal('account-closed');
      const last = TAKING_STEPS.includes(asked.step) ? await lastClaim(sql, after, pack) : null;
      const { claim, rows } = changeClaim(before, after, last, nowMs);
      const written = { ...after, claim };
      await writeRows(sql, [...rows, ...caseRows(before, written)]);
      const deed = { caller, action: `recognition-${asked.step}`, subject: recognitionId, learnerId };
      await recordDeeds(sql, [deed], nowMs);
      return written;
    });
  }

  /** The case as it is written beside the book. What a panel recognised and the rules refuse is rejected. */
  private async notRecognised(sql: Sql, after: RecognitionCase, pack: PolicyPack): Promise<RecognitionCase> {
    if (after.state !== 'recognised') return after;
    if (after.steps.at(-1)!.step !== 'panel-vote') throw new OtherWay();
    const earlier = await countedOutcomes(sql, after.learnerId, this.sources);
    const today = shanghaiDay(this.access.nowMs());
    const worth = decideWorth({ content: after.content, reviewed: reviewedWorth(after), pack, earlier, today });
    if (worth.isAllowed) throw new OtherWay();
    return rejectedByRules(after, worth);
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
