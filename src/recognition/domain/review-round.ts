import type { StepName } from './case-states.js';
import type { CaseStep, RecognitionCase } from './recognition-case.js';
import type { ReviewedWorth } from './worth.js';

/** Steps by which somebody judges a case. */
export const REVIEW_STEPS: StepName[] = ['preliminary-review', 'panel-vote', 'final-review', 'appeal-decision'];

/** What was done since the case was last handed in, and that it was. */
export function stepsOfRound({ steps }: Pick<RecognitionCase, 'steps'>): CaseStep[] {
  return steps.slice(
    Math.max(
      steps.findLastIndex(({ step }) => step === 'submission'),
      0,
    ),
  );
}

const NOTHING: ReviewedWorth = { creditType: null, centi: null, level: null, isAssessed: null };

/** What the last reviewers of this round say it is worth; a later word replaces an earlier one, field by field. */
export function reviewedWorth(file: Pick<RecognitionCase, 'steps'>): ReviewedWorth | null {
  const said = stepsOfRound(file)
    .filter(({ step }) => REVIEW_STEPS.includes(step))
    .flatMap(({ detail }) => (isWorth(detail) ? [detail] : []));
  return said.length === 0 ? null : said.reduce(withLaterWord, NOTHING);
}

/** What two reviewers say together. */
export function withLaterWord(before: ReviewedWorth, later: ReviewedWorth): ReviewedWorth {
  return {
    creditType: later.creditType ?? before.creditType,
    centi: later.centi ?? before.centi,
    level: later.level ?? before.level,
    isAssessed: later.isAssessed ?? before.isAssessed,
  };
}

function isWorth(detail: unknown): detail is ReviewedWorth {
  return typeof detail === 'object' && detail !== null && 'creditType' in detail;
}
