import { Injectable } from '@nestjs/common';
import { gatheringSteps } from '../attendance/attendance.port.js';
import { recordDeeds } from '../audit/audit.port.js';
import { Clock, shanghaiDay, toIsoInstant } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { AccrualStep } from '../ledger/domain/accrue.js';
import { entryId, type Entry, type EntryDraft, type PostingDraft } from '../ledger/domain/entry.js';
import type { LearnerBook } from '../ledger/domain/post-entry.js';
import { openBooks, readEntry, writeTogether, type AccountMerge } from '../ledger/ledger.port.js';
import { reopenMergedAccount, type BeforeMerge } from '../learners/learners.port.js';
import type { Caller } from '../platform/auth/caller.js';
import type { Sql } from '../platform/database/sql.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { Policies } from '../policy/policy.port.js';
import { planMergeReversal, type MergedSide } from './domain/plan-merge-reversal.js';
import { toMergeResponse, type MergeResponse } from './merge.response.js';
import { endMerge, findMerge } from './merges.store.js';

/** Undoes a merge: the two accounts are as if it had never been, and go on apart. */
@Injectable()
export class ReverseMerge {
  constructor(
    private readonly once: OnceWriter,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /**
   * Both reversals, the account and its cards, all or nothing. Refuses with `not-found`, `merge-already-reversed`,
   * `account-merged` when the kept account was itself merged into another one since, or `credit-already-used`.
   */
  async run(caller: Caller, once: OnceKey, mergeId: string, reason: string): Promise<Receipt<MergeResponse>> {
    return this.once.run(once, async (transaction) => {
      const { sql } = transaction;
      const nowMs = this.clock.nowMs();
      const found = await findMerge(transaction, mergeId);
      if (!found) throw new Refusal('not-found');
      const books = await openBooks(sql, [found.kept.learnerId, found.closed.learnerId]);
      // Again under the lock: another one may have undone it while this one waited.
      const { kept, closed } = (await findMerge(transaction, mergeId))!;
      if (kept.reversedAt !== null) {
        throw new Refusal('merge-already-reversed', { reversedAt: toIsoInstant(kept.reversedAt) });
      }
      const sides = { kept: await sideOf(sql, kept, books), closed: await sideOf(sql, closed, books) };
      if (sides.kept.book.mergedInto) throw new Refusal('account-merged');
      const plan = planMergeReversal(sides.kept, sides.closed, this.stepsOf(sides.kept.entry));
      const about = { occurredAt: nowMs, reason };
      const drafts = [
        ...draftOf(sides.closed, sides.kept, plan.closed, about),
        ...draftOf(sides.kept, sides.closed, plan.kept, about),
      ];
      const entries = await writeTogether(sql, { caller, once, action: 'reverse-merge' }, drafts, nowMs);
      const versionIn = ({ learnerId }: AccountMerge) =>
        entries.find((entry) => entry.learnerId === learnerId)?.version ?? null;
      for (const side of [kept, closed]) await endMerge(transaction, side, { version: versionIn(side), reason, nowMs });
      const { learnerId } = closed;
      await reopenMergedAccount(
        transaction,
        { learnerId, reason, changedBy: caller.keyId, nowMs },
        beforeMerge(closed),
      );
      await recordDeeds(sql, [{ caller, action: 'reopen-merged-account', subject: mergeId, learnerId }], nowMs);
      return toMergeResponse((await findMerge(transaction, mergeId))!);
    });
  }

  /** The steps of the rules that the merge was made under. */
  private stepsOf(entry: Entry | null): AccrualStep[] {
    if (!entry) return [];
    const pack = this.policies.byVersion(entry.policyVersion ?? '');
    if (!pack) throw new Error(`Policy ${entry.policyVersion} is named by an entry but is not on record`);
    return gatheringSteps(pack, shanghaiDay(entry.occurredAt));
  }
}

async function sideOf(sql: Sql, side: AccountMerge, books: Map<string, LearnerBook>): Promise<MergedSide> {
  const entry = side.version === null ? null : await readEntry(sql, side.learnerId, side.version);
  return { book: books.get(side.learnerId)!, entry };
}

function draftOf(
  { book, entry }: MergedSide,
  other: MergedSide,
  postings: PostingDraft[],
  about: Pick<EntryDraft, 'occurredAt' | 'reason'>,
): { book: LearnerBook; draft: EntryDraft }[] {
  if (!entry) return [];
  const draft: EntryDraft = {
    ...about,
    kind: 'reversal',
    subject: entry.subject ?? undefined,
    policyVersion: entry.policyVersion,
    reversesVersion: entry.version,
    detail: {
      ...(entry.detail as object),
      otherEntryId: other.entry && entryId(other.book.learnerId, other.book.version + 1),
    },
    postings,
  };
  return [{ book, draft }];
}

function beforeMerge({ statusBefore, cardsBefore }: AccountMerge): BeforeMerge {
  return {
    status: statusBefore ?? 'active',
    cards: JSON.parse(cardsBefore ?? '[]') as BeforeMerge['cards'],
  };
}
