/**
 * Largest amount that may come from conversion into a programme: a share of its total, rounded down to a hundredth
 * (Beijing 2026: at most half of the total; Malaysia APEL.C 30 %; UK recognition of prior learning two thirds). Hundredths.
 */
export function shareLimitCenti(totalCenti: number, numerator: number, denominator: number): number {
  return Math.floor((totalCenti * numerator) / denominator);
}

/** What is left of a limit; never below zero, also when a later rule lowered the limit. Hundredths. */
export function capLeftCenti(limitCenti: number, usedCenti: number): number {
  return Math.max(0, limitCenti - usedCenti);
}
