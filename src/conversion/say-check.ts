import { toProblem } from '../platform/problems/problem.js';
import type { Named } from '../policy/domain/schema-parts.js';
import { passedWords } from './domain/check-words.js';
import type { Check } from './domain/conversion-case.js';

/** What a check found, as a sentence: what passed in its own words, what failed in those of the problem it becomes. */
export function sayCheck(check: Check): Named {
  if (check.isPassed) return passedWords(check);
  const { detail, detailEn } = toProblem({ code: check.code, details: check.facts });
  return { zh: detail, en: detailEn };
}
