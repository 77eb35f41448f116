import { Injectable } from '@nestjs/common';
import { shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { Entry, EntryDraft } from '../ledger/domain/entry.js';
import { planReversal } from '../ledger/domain/plan-reversal.js';
import { requireOpenBook, type LearnerBook } from '../ledger/domain/post-entry.js';
import { openBooks, readEntry, readReversals, writeInTurn } from '../ledger/ledger.port.js';
import type { Caller } from '../platform/auth/caller.js';
import type { Sql } from '../platform/database/sql.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { CaseAccess } from './case-access.service.js';
import type { CaseRules } from './case-rules.js';
import { decideAnew, isUnchanged } from './domain/decide-anew.js';
import { decideWorth, type WorthDecision } from './domain/decide-worth.js';
import type { RecognitionCase, StandardCredit } from './domain/recognition-case.js';
import { reviewedWorth } from './domain/review-round.js';
import { isVote, wayOf } from './domain/case-way.js';
import { takeStep, type AskedStep } from './domain/take-step.js';
import { LearnerRecords } from './learner-records.service.js';
import { OtherWay } from './other-way.js';
import { recognitionDraft, withDecision } from './recognise-outcome.command.js';
import { caseRows, writeRows } from './recognition.store.js';

/** Decides a recognised outcome anew: the old credit goes back and the new comes in, or nothing happens. */
@Injectable()
export class ReplaceRecognition {
  constructor(
    private readonly once: OnceWriter,
    private readonly access: CaseAccess,
    private readonly records: LearnerRecords,
  ) {}

  /**
   * Upholds an appeal against what was recognised. The entry that counts is reversed and another one brings the new lot
   * in, in one transaction; the step keeps what was recognised before. Refuses with `credit-already-used` and
   * `credit-expired` when the old lot is not whole any more, with `recognition-worth-unchanged` when the new decision is
   * the old one, or as `takeStep` and `decideWorth` do.
   */
  run(
    caller: Caller,
    once: OnceKey,
    { learnerId, recognitionId }: RecognitionCase,
    asked: AskedStep,
  ): Promise<Receipt<RecognitionCase>> {
    const rules = this.access.rules();
    return this.once.run(once, async ({ sql }) => {
      const nowMs = this.access.nowMs();
      const book = (await openBooks(sql, [learnerId])).get(learnerId);
      const before = await this.access.read(sql, caller, learnerId, recognitionId);
      const { after, worth, replaced } = await this.decide(sql, before, asked, { rules, nowMs });
      if (!book) throw new Refusal('not-found');
      requireOpenBook(book);
      const reversal = await reversalDraft(sql, book, replaced, { reason: asked.comment ?? null, nowMs }).catch(
        (error: unknown) => {
          // Credit that has expired stays so: no later vote could mend it.
          const isFinal = isVote(after) && error instanceof Refusal && error.code === 'credit-expired';
          throw isFinal ? new OtherWay('beside', error.code) : error;
        },
      );
      const drafts = [reversal, recognitionDraft(after, worth, null)];
      const by = { caller, once, action: 'replace-recognition' };
      const [, entry] = await writeInTurn(sql, by, book, drafts, nowMs);
      const written = withReplaced(withDecision(after, worth, entry!.version), replaced);
      await writeRows(sql, caseRows(before, written));
      return written;
    });
  }

  private async decide(
    sql: Sql,
    before: RecognitionCase,
    asked: AskedStep,
    { rules, nowMs }: { rules: CaseRules; nowMs: number },
  ): Promise<{ after: RecognitionCase; worth: WorthDecision; replaced: StandardCredit }> {
    const pack: PolicyPack = rules.forStep(before, asked.step);
    const after = takeStep(before, asked, { pack, nowMs });
    const way = wayOf(before, after, asked.outcome);
    if (way !== 'replacement') throw new OtherWay(way);
    const { standard: replaced, content } = before;
    if (!replaced) throw new Error(`The case ${before.recognitionId} is contested and was never recognised`);
    const counted = await this.records.of(sql, before.learnerId, pack, replaced);
    const today = shanghaiDay(nowMs);
    const question = { content, reviewed: reviewedWorth(after), pack, ...counted, today };
    const isRefused = (worth: WorthDecision) => !worth.isAllowed || isUnchanged(worth, replaced);
    // Everybody on the panel has voted: what the rules refuse now is dismissed, not asked again.
    if (isVote(after) && isRefused(decideWorth(question))) throw new OtherWay('beside');
    return { after, worth: decideAnew(question, replaced), replaced };
  }
}

/** Undoes the entry that made the old credit count: itself, or the last reversal that brought it back. */
async function reversalDraft(
  sql: Sql,
  book: LearnerBook,
  { entryVersion }: StandardCredit,
  { reason, nowMs }: { reason: string | null; nowMs: number },
): Promise<EntryDraft> {
  const { learnerId } = book;
  const reversals = await readReversals(sql, learnerId);
  let version = entryVersion;
  for (let by = reversals.get(version); by !== undefined; by = reversals.get(version)) version = by;
  const entry: Entry | null = await readEntry(sql, learnerId, version);
  if (!entry) throw new Error(`Entry ${version} of a recognised case is not in the book`);
  return {
    kind: 'reversal',
    occurredAt: nowMs,
    subject: entry.subject ?? undefined,
    providerId: entry.providerId,
    policyVersion: entry.policyVersion,
    reversesVersion: version,
    reason: reason ?? '申诉改定 Decided anew on appeal',
    postings: planReversal(book, entry, null),
  };
}

function withReplaced(file: RecognitionCase, replaced: StandardCredit): RecognitionCase {
  const last = file.steps.at(-1)!;
  return {
    ...file,
    steps: [...file.steps.slice(0, -1), { ...last, detail: { ...(last.detail as object), replaced } }],
  };
}
