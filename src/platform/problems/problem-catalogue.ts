import type { RefusalCode } from '../../kernel/refusal.js';
import { ATTENDANCE_PROBLEMS } from './catalogue/attendance-problems.js';
import { BOOK_PROBLEMS } from './catalogue/book-problems.js';
import { CATALOGUE_PROBLEMS } from './catalogue/catalogue-problems.js';
import { DOCUMENT_PROBLEMS } from './catalogue/document-problems.js';
import { LEARNER_PROBLEMS } from './catalogue/learner-problems.js';
import { POLICY_PROBLEMS } from './catalogue/policy-problems.js';
import { RECOGNITION_PROBLEMS } from './catalogue/recognition-problems.js';
import { REQUEST_PROBLEMS } from './catalogue/request-problems.js';
import type { Bilingual, ProblemSpec } from './problem-spec.js';
import { stateWords } from './state-words.js';

/**
 * Every problem the bank can answer with (RFC 9457). Codes are stable: clients may rely on them. Each has a page at
 * `/problems/{code}`. Forgetting one is a compile error.
 */
export const PROBLEMS: Record<RefusalCode, ProblemSpec> = {
  ...REQUEST_PROBLEMS,
  ...LEARNER_PROBLEMS,
  ...CATALOGUE_PROBLEMS,
  ...ATTENDANCE_PROBLEMS,
  ...BOOK_PROBLEMS,
  ...RECOGNITION_PROBLEMS,
  ...DOCUMENT_PROBLEMS,
  ...POLICY_PROBLEMS,
};

/**
 * Fills the `{name}` places of one language of a sentence; a state or step is called by its word, its code behind it. A
 * missing fact becomes a dash, never `undefined`; one of a `{name?}` is left out.
 */
export function fillSentence(sentence: Bilingual, details: Record<string, unknown>, language: keyof Bilingual): string {
  const filled = sentence[language].replace(/\{(\w+)(\??)\}/g, (_, name: string, optional: string) => {
    const value = details[name];
    if (typeof value === 'string' && value !== '') return stateWords(name, value, language) ?? value;
    if (typeof value === 'number') return `${value}`;
    return optional ? '' : '—';
  });
  return filled.trimEnd();
}
