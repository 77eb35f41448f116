import { Injectable } from '@nestjs/common';
import { gatheringSteps, PassedCourses } from '../attendance/attendance.port.js';
import { recordDeeds } from '../audit/audit.port.js';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { Refusal } from '../kernel/refusal.js';
import { entryId, type EntryDraft, type MergeDetail, type PostingDraft } from '../ledger/domain/entry.js';
import type { LearnerBook } from '../ledger/domain/post-entry.js';
import { openBooks, writeTogether, type AccountMerge } from '../ledger/ledger.port.js';
import { closeMergedAccount } from '../learners/learners.port.js';
import type { Caller } from '../platform/auth/caller.js';
import type { Transaction } from '../platform/database/writer.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { policyVersion } from '../policy/domain/policy-pack.js';
import { Policies } from '../policy/policy.port.js';
import { planMerge, requireMergeable, type MergePlan } from './domain/plan-merge.js';
import { toMergeResponse, type MergeResponse } from './merge.response.js';
import { insertMerge, type MergeSides } from './merges.store.js';

/** Which account is kept, which one is closed, and why. */
export interface MergeAsked {
  learnerId: string;
  duplicateLearnerId: string;
  reason: string;
}

/** One merge as it is being written. */
interface Merge extends MergeAsked {
  mergeId: string;
  kept: LearnerBook;
  closing: LearnerBook;
  policy: string;
  nowMs: number;
}

/** Merges two accounts of one person. */
@Injectable()
export class MergeAccounts {
  constructor(
    private readonly once: OnceWriter,
    private readonly policies: Policies,
    private readonly passedCourses: PassedCourses,
    private readonly clock: Clock,
  ) {}

  /**
   * Both entries, the closing of the duplicate and its cards, all or nothing. Refuses with `not-found`,
   * `merge-with-itself`, `account-merged`, `account-closed`, `account-frozen`, `credit-held`, `merge-too-large`, or
   * `policy-not-in-force`.
   */
  async run(caller: Caller, once: OnceKey, asked: MergeAsked): Promise<Receipt<MergeResponse>> {
    return this.once.run(once, async (transaction) => {
      const { learnerId, duplicateLearnerId } = asked;
      if (learnerId === duplicateLearnerId) throw new Refusal('merge-with-itself');
      const nowMs = this.clock.nowMs();
      const books = await openBooks(transaction.sql, [learnerId, duplicateLearnerId]);
      const [kept, closing] = [books.get(learnerId), books.get(duplicateLearnerId)];
      if (!kept || !closing) throw new Refusal('not-found');
      requireMergeable({ kept, closing });
      const pack = this.policies.inForceOn(shanghaiDay(nowMs));
      const plan = await this.plan(transaction, kept, closing, nowMs);
      const merge = { ...asked, mergeId: newId(nowMs), kept, closing, policy: policyVersion(pack), nowMs };
      return toMergeResponse(await write(transaction, caller, once, merge, plan));
    });
  }

  private async plan({ sql }: Transaction, kept: LearnerBook, closing: LearnerBook, nowMs: number): Promise<MergePlan> {
    const today = shanghaiDay(nowMs);
    const pack = this.policies.inForceOn(today);
    const buckets = [...kept.balances, ...closing.balances].flatMap(([key, amount]) =>
      amount > 0 ? [key.slice(0, key.lastIndexOf(':'))] : [],
    );
    const passed = await this.passedCourses.among(sql, [kept.learnerId, closing.learnerId], buckets, pack, today);
    return planMerge({ kept, closing, steps: gatheringSteps(pack, today), passed });
  }
}

async function write(
  transaction: Transaction,
  caller: Caller,
  once: OnceKey,
  merge: Merge,
  plan: MergePlan,
): Promise<MergeSides> {
  const { mergeId, kept, closing, reason, nowMs } = merge;
  const keptVersion = plan.kept.length > 0 ? kept.version + 1 : null;
  const closedVersion = plan.closing.length > 0 ? closing.version + 1 : null;
  const statusBefore = closing.status;
  const by = { caller, once, action: 'merge-accounts' };
  const drafts = [
    { book: closing, draft: draftOf(merge, 'closed', plan.closing, kept.learnerId, keptVersion) },
    { book: kept, draft: draftOf(merge, 'kept', plan.kept, closing.learnerId, closedVersion) },
  ];
  await writeTogether(
    transaction.sql,
    by,
    drafts.filter(({ draft }) => draft.postings.length > 0),
    nowMs,
  );
  const change = { learnerId: closing.learnerId, reason, changedBy: caller.keyId, nowMs };
  const before = await closeMergedAccount(transaction, change, statusBefore);
  const deed = { caller, action: 'close-merged-account', subject: mergeId, learnerId: closing.learnerId };
  await recordDeeds(transaction.sql, [deed], nowMs);
  const row = (side: AccountMerge['side'], book: LearnerBook, other: LearnerBook, version: number | null) => ({
    learnerId: book.learnerId,
    mergeId,
    side,
    otherLearnerId: other.learnerId,
    version,
    reason,
    mergedBy: caller.keyId,
    recordedAt: nowMs,
    isLive: 1,
    reversalVersion: null,
    reversalReason: null,
    reversedAt: null,
    statusBefore: side === 'closed' ? before.status : null,
    cardsBefore: side === 'closed' ? JSON.stringify(before.cards) : null,
  });
  const sides = {
    kept: row('kept', kept, closing, keptVersion),
    closed: row('closed', closing, kept, closedVersion),
  };
  await insertMerge(transaction, sides);
  return sides;
}

function draftOf(
  { mergeId, reason, policy, nowMs }: Merge,
  side: AccountMerge['side'],
  postings: PostingDraft[],
  otherLearnerId: string,
  otherVersion: number | null,
): EntryDraft {
  return {
    kind: 'merge',
    occurredAt: nowMs,
    subject: mergeId,
    // Only the kept side turns time into credit, and so only there did a rule decide.
    policyVersion: side === 'kept' ? policy : null,
    reason,
    detail: {
      side,
      otherLearnerId,
      otherEntryId: otherVersion === null ? null : entryId(otherLearnerId, otherVersion),
    } satisfies MergeDetail,
    postings,
  };
}
