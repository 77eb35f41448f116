import type { RefusalCode } from '../kernel/refusal.js';

/** Every way a decision says no, in the order of its checks. */
export const DECISION_PROBLEMS: RefusalCode[] = [
  'account-frozen',
  'account-closed',
  'account-merged',
  'leisure-to-degree-forbidden',
  'conversion-not-allowed',
  'conversion-rule-not-in-force',
  'item-not-exemptible',
  'item-already-covered',
  'overlap-too-low',
  'level-too-low',
  'conversion-amount-not-whole',
  'conversion-amount-missing',
  'conversion-lots-unsuitable',
  'outcome-not-whole',
  'outcome-already-converted',
  'course-counts-once',
  'outcome-too-old',
  'conversion-cap-exceeded',
  'conversion-count-exceeded',
  'conversion-floor-missed',
  'insufficient-credit',
];
