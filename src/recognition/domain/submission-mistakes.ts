import type { Objection } from '../../kernel/refusal.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';
import { checkItem } from './check-item.js';
import { decideWorth, itemOf, rulesOf, titleChecks, type CountedHere } from './decide-worth.js';
import { objection, objectionsOf } from './objections.js';
import type { RecognitionCase } from './recognition-case.js';
import type { WorthCheck } from './worth.js';

/** What the bank's records say of an outcome when it is handed in. */
export interface OnRecord extends CountedHere {
  /** Who has its certificate. */
  holder: CaseName | null;
}

/** A case by its name. */
export type CaseName = Pick<RecognitionCase, 'learnerId' | 'recognitionId'>;

/**
 * Everything that speaks against handing a case in: what can be known then is said then, not after three weeks, and all of
 * it at once. `onRecord` is null where the records have not been read; then only the paper speaks.
 */
export function submissionMistakes(
  file: RecognitionCase,
  pack: PolicyPack,
  today: string,
  onRecord: OnRecord | null,
): Objection[] {
  const { content, evidence } = file;
  const { obtainedOn, outcomeClass, certificateNumber } = content;
  const { evidenceAtLeast: needed } = rulesOf(pack);
  const checks = checksThen(file, pack, today, onRecord);
  const mistakes: Objection[] = [];
  if (outcomeClass === 'certificate' && certificateNumber === null)
    mistakes.push(objection('certificate-number-missing'));
  if (obtainedOn > today) mistakes.push(objection('outcome-not-yet-obtained', { obtainedOn }));
  mistakes.push(...objectionsOf(checks.filter(({ check }) => check === 'item')));
  if (evidence.length < needed)
    mistakes.push(objection('recognition-evidence-missing', { needed, given: evidence.length }));
  const claimed = onRecord && claimObjection(file, onRecord.holder);
  if (claimed) mistakes.push(claimed);
  const others = objectionsOf(checks.filter(({ check }) => check !== 'item'));
  return [...mistakes, ...others.filter(({ code }) => code !== 'outcome-not-yet-obtained')];
}

/** Whether what else counts of the learner's is looked at: for titles the rules refuse, and where nobody reviews an item. */
export function asksRecords(
  { content }: Pick<RecognitionCase, 'content'>,
  { titleRules, recognition }: PolicyPack,
): boolean {
  const item = recognition && itemOf(recognition, content);
  return titleRules.whenDuplicate === 'refuse' || item?.review === 'automatic';
}

/**
 * Checks whose answer no reviewer can change. Where nobody looks at an item the submission is the decision; else what
 * counts by then is met at the review.
 */
function checksThen(
  { content }: RecognitionCase,
  pack: PolicyPack,
  today: string,
  onRecord: OnRecord | null,
): WorthCheck[] {
  const { earlier, passed } = onRecord ?? { earlier: [] };
  if (content.item === null) return titleChecks({ content, pack, earlier, passed });
  const item = itemOf(rulesOf(pack), content);
  if (!item) return [...checkItem(content, null, null), ...titleChecks({ content, pack, earlier, passed })];
  const { checks } = decideWorth({ content, reviewed: null, pack, earlier, passed, today });
  return checks.filter(({ check }) => check !== 'cap' || item.review === 'automatic');
}

/** Why a case cannot have a certificate that somebody holds: what is said of another learner's case says nothing of it. */
export function claimObjection({ learnerId, recognitionId }: CaseName, holder: CaseName | null): Objection | null {
  if (!holder || holder.recognitionId === recognitionId) return null;
  return holder.learnerId === learnerId
    ? objection('outcome-already-submitted', { recognitionId: holder.recognitionId })
    : objection('certificate-not-available');
}
