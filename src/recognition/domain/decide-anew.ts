import { formatCredit } from '../../kernel/credit.js';
import { Refusal } from '../../kernel/refusal.js';
import { decideWorth, requireWorth, type WorthDecision, type WorthQuestion } from './decide-worth.js';
import type { StandardCredit } from './recognition-case.js';

/**
 * What an outcome is worth after an appeal; `earlier` must leave out what it replaces. Refuses as `requireWorth` does, and
 * with `recognition-worth-unchanged` when it is what was recognised before: then the appeal is to be dismissed.
 */
export function decideAnew(question: WorthQuestion, replaced: StandardCredit): WorthDecision {
  const worth = decideWorth(question);
  requireWorth(worth);
  if (isUnchanged(worth, replaced))
    throw new Refusal('recognition-worth-unchanged', { credit: formatCredit(replaced.centi) });
  return worth;
}

/** Whether a new decision gives what the old one gave. */
export function isUnchanged(worth: WorthDecision, { centi, creditType, level, isAssessed }: StandardCredit): boolean {
  return (
    worth.centi === centi && worth.creditType === creditType && worth.level === level && worth.isAssessed === isAssessed
  );
}
