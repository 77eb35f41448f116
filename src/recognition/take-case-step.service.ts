import { Injectable } from '@nestjs/common';
import { shanghaiDay } from '../kernel/clock.js';
import { Refusal, type RefusalCode } from '../kernel/refusal.js';
import { recordDeeds } from '../audit/audit.port.js';
import { Committer } from '../ledger/committer.js';
import type { Caller } from '../platform/auth/caller.js';
import type { Sql } from '../platform/database/sql.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { CaseAccess } from './case-access.service.js';
import { changeClaim, lastClaim, type LastClaim } from './claims.store.js';
import type { StepName } from './domain/case-states.js';
import { decideWorth } from './domain/decide-worth.js';
import type { RecognitionCase } from './domain/recognition-case.js';
import { reviewedWorth } from './domain/review-round.js';
import { isVote, rejectedByRules, wayOf, type Way } from './domain/case-way.js';
import { isUnchanged } from './domain/decide-anew.js';
import { asksRecords, type OnRecord } from './domain/submission-mistakes.js';
import { takeStep, type AskedStep } from './domain/take-step.js';
import { LearnerRecords } from './learner-records.service.js';
import { OtherWay } from './other-way.js';
import { RECOGNISE_OUTCOME } from './recognise-outcome.command.js';
import { ReplaceRecognition } from './replace-recognition.service.js';
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
    private readonly records: LearnerRecords,
    private readonly replacement: ReplaceRecognition,
  ) {}

  /**
   * Takes one step; the case afterwards. A step that recognises goes through the book, every other one beside it; all
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
    let way = this.wayNow(file, asked);
    let because: RefusalCode | null = null;
    for (let looks = 1; looks <= MOST_LOOKS; looks += 1) {
      try {
        if (way === 'beside') return await this.beside(caller, once, file, { asked, because });
        if (way === 'replacement') return await this.replacement.run(caller, once, file, asked);
        const input = { recognition: { recognitionId, asked }, rules: this.access.rules(), records: this.records };
        const { learnerId } = file;
        return await this.committer.run({ kind: RECOGNISE_OUTCOME, learnerId, input, caller, once });
      } catch (error) {
        if (!(error instanceof OtherWay)) throw error;
        ({ way, because } = error);
      }
    }
    throw new Refusal('overloaded', { retryAfterSeconds: 1 });
  }

  private beside(
    caller: Caller,
    once: OnceKey,
    { learnerId, recognitionId }: RecognitionCase,
    { asked, because }: { asked: AskedStep; because: RefusalCode | null },
  ): Promise<Receipt<RecognitionCase>> {
    const rules = this.access.rules();
    return this.once.run(once, async ({ sql }) => {
      const nowMs = this.access.nowMs();
      const status = await lockLearner(sql, learnerId);
      const before = await this.access.read(sql, caller, learnerId, recognitionId);
      const pack = rules.forStep(before, asked.step);
      const last = TAKING_STEPS.includes(asked.step) ? await lastClaim(sql, before, pack) : null;
      const onRecord = asked.step === 'submission' ? await this.onRecord(sql, before, pack, last) : undefined;
      const taken = takeStep(before, asked, { pack, nowMs, onRecord });
      const way = wayOf(before, taken, asked.outcome);
      const after = way === 'beside' ? taken : await this.rejected(sql, before, taken, { way, pack, because });
      if (status === 'closed' && !CLOSING_STEPS.includes(asked.step)) throw new Refusal('account-closed');
      const { claim, rows } = changeClaim(before, after, last, nowMs);
      const written = { ...after, claim };
      await writeRows(sql, [...rows, ...caseRows(before, written)]);
      const deed = { caller, action: `recognition-${asked.step}`, subject: recognitionId, learnerId };
      await recordDeeds(sql, [deed], nowMs);
      return written;
    });
  }

  /** What the records say of a submission, as far as its checks look at it. */
  private async onRecord(sql: Sql, file: RecognitionCase, pack: PolicyPack, last: LastClaim | null): Promise<OnRecord> {
    const counted = asksRecords(file, pack) ? await this.records.of(sql, file.learnerId, pack) : { earlier: [] };
    return { holder: last?.holder ?? null, ...counted };
  }

  /** What a panel was for and the rules refuse is rejected beside the book; all else that recognises goes its way. */
  private async rejected(
    sql: Sql,
    before: RecognitionCase,
    after: RecognitionCase,
    { way, pack, because }: { way: Way; pack: PolicyPack; because: RefusalCode | null },
  ): Promise<RecognitionCase> {
    if (!isVote(after)) throw new OtherWay(way);
    if (because) return rejectedByRules(before, after, { refusal: because });
    const replaced = way === 'replacement' ? before.standard : null;
    const counted = await this.records.of(sql, after.learnerId, pack, replaced);
    const today = shanghaiDay(this.access.nowMs());
    const { content } = after;
    const decision = decideWorth({ content, reviewed: reviewedWorth(after), pack, ...counted, today });
    const refusal =
      decision.checks.find(({ isPassed }) => !isPassed)?.code ??
      (replaced && isUnchanged(decision, replaced) ? ('recognition-worth-unchanged' as const) : null);
    if (!refusal) throw new OtherWay(way);
    return rejectedByRules(before, after, { refusal, decision });
  }

  /** Which way the step goes, taken now. One that is refused is refused beside the book. */
  private wayNow(file: RecognitionCase, asked: AskedStep): Way {
    try {
      const pack = this.access.rules().forStep(file, asked.step);
      return wayOf(file, takeStep(file, asked, { pack, nowMs: this.access.nowMs() }), asked.outcome);
    } catch (error) {
      if (error instanceof Refusal) return 'beside';
      throw error;
    }
  }
}
