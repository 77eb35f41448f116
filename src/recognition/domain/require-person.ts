import { Refusal } from '../../kernel/refusal.js';
import { appealResult, appealVotesOf } from './appeal-panel.js';
import type { Party, StepName } from './case-states.js';
import { votesOf } from './panel.js';
import type { CaseStep, RecognitionCase } from './recognition-case.js';
import { REVIEW_STEPS, stepsOfRound } from './review-round.js';

/** Steps by which somebody acts for the applicant. */
const APPLICANT_STEPS: StepName[] = ['entry', 'correction', 'evidence', 'submission', 'appeal', 'withdrawal'];

/**
 * Nobody reviews a case of their own, nobody judges twice in one round, an appeal needs somebody new. Refuses with
 * `recognition-own-application`, `recognition-already-voted`, `recognition-appeal-not-new`, `recognition-same-reviewer`.
 */
export function requirePerson(before: RecognitionCase, party: Party, actor: string): void {
  if (party === 'applicant' || party === 'bank') return;
  const isOwn = (each: CaseStep) => each.actor === actor;
  const isReview = ({ step }: CaseStep) => REVIEW_STEPS.includes(step);
  const own = before.steps.filter(isOwn);
  if (own.some(({ step }) => APPLICANT_STEPS.includes(step))) throw new Refusal('recognition-own-application');
  if (party === 'newcomer') {
    if (appealVotesOf(before).some(isOwn)) throw new Refusal('recognition-already-voted');
    if (own.some(isReview)) throw new Refusal('recognition-appeal-not-new');
    return;
  }
  if (party === 'panellist' && votesOf(before).some(isOwn)) throw new Refusal('recognition-already-voted');
  if (stepsOfRound(before).filter(isOwn).some(isReview)) throw new Refusal('recognition-same-reviewer');
}

/** A vote that comes after the decision of its panel is told so: refuses with `recognition-panel-decided`. */
export function requireOpenPanel(before: RecognitionCase, step: StepName): void {
  const { state } = before;
  const appeal = appealVotesOf(before);
  const isLate =
    step === 'panel-vote'
      ? state !== 'before-panel' && state !== 'withdrawn' && votesOf(before).length > 0
      : step === 'appeal-decision' && appeal.length > 0 && appealResult(appeal) !== 'open';
  if (isLate) throw new Refusal('recognition-panel-decided', { state });
}
