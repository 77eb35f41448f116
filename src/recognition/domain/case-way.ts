import type { RefusalCode } from '../../kernel/refusal.js';
import { appealResult, appealVotesOf } from './appeal-panel.js';
import type { CaseState } from './case-states.js';
import type { WorthDecision } from './decide-worth.js';
import type { RecognitionCase } from './recognition-case.js';
import type { ReviewOutcome } from './take-step.js';

/** Where a step is written: beside the book, in the book as a new lot, or in the book in place of a lot that was there. */
export type Way = 'beside' | 'book' | 'replacement';

/** The way of a step that led from one state of a case to the next. */
export function wayOf(before: RecognitionCase | null, after: RecognitionCase, outcome?: ReviewOutcome): Way {
  if (after.state !== 'recognised') return 'beside';
  if (before?.state !== 'contested') return 'book';
  const votes = appealVotesOf(after);
  // Whoever votes last may be against what the others have upheld.
  return (votes.length > 0 ? appealResult(votes) : outcome) === 'upheld' ? 'replacement' : 'beside';
}

/** Whether the last step of a case is the vote of a panel: when all have voted there is nobody to ask again. */
export function isVote({ steps }: RecognitionCase): boolean {
  const { step } = steps.at(-1)!;
  return step === 'panel-vote' || (step === 'appeal-decision' && appealVotesOf({ steps: steps.slice(-1) }).length > 0);
}

/** Where a case stands when the rules refuse what a panel on appeal was for. */
const REFUSED: Partial<Record<CaseState, CaseState>> = { appealed: 'appeal-dismissed', contested: 'recognised' };

/**
 * What a panel was for and the rules refuse (a cap was reached meanwhile): its last vote keeps why, and rejects. An appeal is
 * dismissed, so that what was recognised before stays so.
 */
export function rejectedByRules(
  before: RecognitionCase,
  after: RecognitionCase,
  why: { refusal: RefusalCode; decision?: WorthDecision },
): RecognitionCase {
  const last = after.steps.at(-1)!;
  const stateAfter = REFUSED[before.state] ?? 'rejected';
  const steps = [...after.steps.slice(0, -1), { ...last, stateAfter, detail: { ...(last.detail as object), ...why } }];
  return { ...after, state: stateAfter, claim: stateAfter === 'recognised' ? after.claim : null, steps };
}
