import assert from 'node:assert/strict';
import { gatheringSteps, pendingBucket } from '../../../src/attendance/domain/visit-postings.js';
import { shanghaiDay } from '../../../src/kernel/clock.js';
import { Refusal } from '../../../src/kernel/refusal.js';
import type { AccrualStep } from '../../../src/ledger/domain/accrue.js';
import type { Entry, EntryDraft, PostingDraft } from '../../../src/ledger/domain/entry.js';
import { foldLots } from '../../../src/ledger/domain/lots.js';
import { accrualFaults, mergeFaults } from '../../../src/merges/domain/audit-merge.js';
import { planMergeReversal } from '../../../src/merges/domain/plan-merge-reversal.js';
import { planMerge } from '../../../src/merges/domain/plan-merge.js';
import { checkAudit, checkBook } from '../ledger/book-checks.js';
import { GATED, PACK } from '../ledger/histories-pack.js';
import { MemoryBank, stepOf } from '../ledger/memory-bank.js';

/** Two accounts of one person without a database: what the merges feature does with the books of two learners. */
export class TwoAccounts {
  readonly kept = new MemoryBank('018fde9a-3c00-7abc-8def-0123456789aa');
  readonly closing = new MemoryBank('018fde9a-3c00-7abc-8def-0123456789bb');
  private merged: { kept: Entry | null; closed: Entry | null; steps: AccrualStep[] } | null = null;

  merge(nowMs: number): void {
    const day = shanghaiDay(nowMs);
    const steps = gatheringSteps(PACK, day);
    const plan = planMerge({
      kept: this.kept.loaded(),
      closing: this.closing.loaded(),
      steps,
      passed: this.passed(day),
    });
    this.merged = {
      closed: this.closing.post(draftOf(plan.closing, nowMs), nowMs),
      kept: this.kept.post(draftOf(plan.kept, nowMs), nowMs),
      steps,
    };
    this.check();
  }

  /** Undoes the merge, or says why not; then neither book has changed. */
  unmerge(nowMs: number): Refusal | null {
    const { kept, closed, steps } = this.merged!;
    try {
      const plan = planMergeReversal(
        { book: this.kept.loaded(), entry: kept },
        { book: this.closing.loaded(), entry: closed },
        steps,
      );
      if (closed) this.closing.post({ ...draftOf(plan.closed, nowMs), ...undoing(closed) }, nowMs);
      const reversal = kept && this.kept.post({ ...draftOf(plan.kept, nowMs), ...undoing(kept) }, nowMs);
      if (reversal) assert.deepEqual(accrualFaults(reversal, steps), []);
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
    this.check();
    return null;
  }

  /** Everything that must be true of both books, and between them. */
  check(): void {
    for (const bank of [this.kept, this.closing]) {
      checkBook(bank);
      checkAudit(bank);
    }
    const { kept, closed, steps } = this.merged!;
    assert.deepEqual(mergeFaults(kept, closed, foldLots(this.closing.postings)), []);
    if (kept) assert.deepEqual(accrualFaults(kept, steps), []);
  }

  /** Courses that either account has passed. */
  private passed(day: string): Map<string, AccrualStep> {
    const passed = GATED.filter(({ courseId }) =>
      [this.kept, this.closing].some((bank) =>
        bank.entries.some(
          ({ kind, subject, version }) => kind === 'completion' && subject === courseId && bank.counts(version),
        ),
      ),
    );
    return new Map(passed.map((course) => [pendingBucket(course.courseId), stepOf(course, day)!]));
  }
}

function draftOf(postings: PostingDraft[], occurredAt: number): EntryDraft {
  return { kind: 'merge', occurredAt, postings };
}

function undoing({ version }: Entry): Pick<EntryDraft, 'kind' | 'reversesVersion'> {
  return { kind: 'reversal', reversesVersion: version };
}
