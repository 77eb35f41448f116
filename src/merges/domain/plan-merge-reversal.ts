import type { AccrualStep } from '../../ledger/domain/accrue.js';
import type { Entry, PostingDraft } from '../../ledger/domain/entry.js';
import { planReversal, planReversalOfSteps } from '../../ledger/domain/plan-reversal.js';
import type { LearnerBook } from '../../ledger/domain/post-entry.js';

/** One side of a merge as it now stands; the entry is null where nothing moved. */
export interface MergedSide {
  book: LearnerBook;
  entry: Entry | null;
}

/**
 * Postings that undo both entries of a merge. In the closed book nothing has happened since that touches what left it,
 * so its entry is mirrored. In the kept book study time has gone on gathering: its entry is undone under the steps it
 * was made under, and refused with `credit-already-used` when what came over was used since.
 */
export function planMergeReversal(
  kept: MergedSide,
  closed: MergedSide,
  steps: AccrualStep[],
): { kept: PostingDraft[]; closed: PostingDraft[] } {
  return {
    kept: kept.entry ? planReversalOfSteps(kept.book, kept.entry, steps) : [],
    closed: closed.entry ? planReversal(closed.book, closed.entry, null) : [],
  };
}
