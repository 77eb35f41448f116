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
  const { centi, creditType, level, isAssessed } = replaced;
  const isSame =
    worth.centi === centi &&
    worth.creditType === creditType &&
    worth.level === level &&
    worth.isAssessed === isAssessed;
  if (isSame) throw new Refusal('recognition-worth-unchanged', { credit: formatCredit(centi) });
  return worth;
}
