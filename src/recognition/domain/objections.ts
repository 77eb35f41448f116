import { refusalOf, type Objection, type RefusalCode, type RefusalDetails } from '../../kernel/refusal.js';
import type { WorthCheck } from './worth.js';

/** The member of a case, or of what a reviewer sends, that a refusal is about; the whole where it is not said. */
const POINTERS: Partial<Record<RefusalCode, string>> = {
  'certificate-number-missing': '/certificateNumber',
  'certificate-not-available': '/certificateNumber',
  'outcome-already-submitted': '/certificateNumber',
  'outcome-not-yet-obtained': '/obtainedOn',
  'outcome-expired': '/obtainedOn',
  'catalogue-item-not-in-force': '/obtainedOn',
  'project-review-due': '/obtainedOn',
  'catalogue-item-unknown': '/item',
  'outcome-class-wrong': '/outcomeClass',
  'issuer-not-accepted': '/issuer',
  'grade-below-minimum': '/grade',
  'outcome-duplicates-held': '/title',
  'recognition-evidence-missing': '/evidence',
  'recognition-worth-missing': '/creditType',
  'credit-type-unknown': '/creditType',
  'recognition-worth-too-high': '/standardCredit',
  'level-unknown': '/level',
};

/** Where to look for what a refusal is about, as a JSON pointer. */
export function pointerOf(code: RefusalCode): string {
  return POINTERS[code] ?? '';
}

/** What speaks against a case, with the place to look at. */
export function objection(code: RefusalCode, facts: RefusalDetails = {}): Objection {
  return { pointer: pointerOf(code), code, facts };
}

/** Checks that were not passed. */
export function objectionsOf(checks: WorthCheck[]): Objection[] {
  return checks.flatMap(({ isPassed, code, facts }) => (isPassed || code === null ? [] : [objection(code, facts)]));
}

/** Refuses with all of them at once; does nothing where there is none. */
export function requireNone([first, ...rest]: Objection[]): void {
  if (first) throw refusalOf([first, ...rest]);
}
