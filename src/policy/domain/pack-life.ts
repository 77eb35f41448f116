import { Refusal } from '../../kernel/refusal.js';

/** What can happen to a version of a pack. */
export const LIFE_STEPS = ['draft', 'review', 'publication'] as const;
export type LifeStepKind = (typeof LIFE_STEPS)[number];

/** Where a version stands. */
export const LIFE_STATES = ['draft', 'reviewed', 'published'] as const;
export type LifeState = (typeof LIFE_STATES)[number];

/** One step in the life of a version: who did what to which content, when. */
export interface LifeStep {
  kind: LifeStepKind;
  /** Content the step is about. */
  contentHash: string;
  /** API key that acted. */
  actor: string;
  comment: string | null;
  /** Epoch milliseconds. */
  recordedAt: number;
}

/** A version of a pack as its steps leave it. */
export interface PackLife {
  state: LifeState;
  contentHash: string;
  drafted: LifeStep | null;
  reviewed: LifeStep | null;
  published: LifeStep | null;
}

/** State of a version after its steps, oldest first; null when there are none. A new content needs a new review. */
export function lifeOf(steps: LifeStep[]): PackLife | null {
  const last = steps.at(-1);
  if (!last) return null;
  const { contentHash } = last;
  const latest = (kind: LifeStepKind) =>
    steps.findLast((step) => step.kind === kind && step.contentHash === contentHash) ?? null;
  const drafted = latest('draft');
  const published = latest('publication');
  const review = latest('review');
  // A review counts for the draft it was made of: the same content drafted again later is a new draft.
  const reviewed = review && drafted && steps.indexOf(review) < steps.indexOf(drafted) ? null : review;
  const state = published ? 'published' : reviewed ? 'reviewed' : 'draft';
  return { state, contentHash, drafted, reviewed, published };
}

/**
 * Whether a content may be drafted under a version: true when it is new, false when it is what the version already says.
 * Refuses with `policy-already-published` other content of a published version.
 */
export function isNewDraft(policyVersion: string, life: PackLife | null, contentHash: string): boolean {
  if (life === null || life.contentHash !== contentHash) {
    if (life?.state === 'published') throw new Refusal('policy-already-published', { policyVersion });
    return true;
  }
  return false;
}

/**
 * A second person agrees with the content they have read. Refuses with `policy-already-published`,
 * `policy-review-by-drafter`, or `precondition-failed` when the content is no longer what they read.
 */
export function requireReviewable(policyVersion: string, life: PackLife, actor: string, readHash: string | null): void {
  if (life.state === 'published') throw new Refusal('policy-already-published', { policyVersion });
  if (readHash !== null && readHash !== life.contentHash) throw new Refusal('precondition-failed');
  if (life.drafted?.actor === actor) throw new Refusal('policy-review-by-drafter', { policyVersion });
}

/** What must be known of the bank before a version may decide. */
export interface PublicationFacts {
  effectiveFrom: string;
  /** First day that no process has decided anything for yet. */
  firstFreeDay: string;
  /** No version was published before. */
  isFirstPack: boolean;
  /** An entry of the book happened on the day it takes effect or later. */
  hasEntriesSince: boolean;
}

/**
 * Refuses with `policy-already-published`, `policy-not-reviewed`, or `policy-effective-in-past`: a version takes effect
 * on a day that nothing was decided for. That is tomorrow or later; or any day in a bank without rules; or a day on and
 * after which the book has no entry.
 */
export function requirePublishable(policyVersion: string, life: PackLife, facts: PublicationFacts): void {
  if (life.state === 'published') throw new Refusal('policy-already-published', { policyVersion });
  if (life.state !== 'reviewed') throw new Refusal('policy-not-reviewed', { policyVersion });
  const { effectiveFrom, firstFreeDay, isFirstPack, hasEntriesSince } = facts;
  if (effectiveFrom < firstFreeDay && !isFirstPack && hasEntriesSince)
    throw new Refusal('policy-effective-in-past', { effectiveFrom, firstFreeDay });
}
