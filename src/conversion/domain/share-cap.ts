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

/**
 * Divides a whole amount by weights: exact in sum, each within one of its share, the largest remainders first and the
 * earlier one among equals. Nothing is lost to rounding (DOMAIN CRT-4).
 */
export function apportion(amount: number, weights: number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total === 0n) return weights.map(() => 0);
  const shares = weights.map((weight) => (BigInt(amount) * BigInt(weight)) / total);
  const rests = weights.map((weight, index) => BigInt(amount) * BigInt(weight) - shares[index]! * total);
  const left = amount - Number(shares.reduce((sum, share) => sum + share, 0n));
  const lucky = rests
    .map((rest, index) => ({ rest, index }))
    .sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1))
    .slice(0, left)
    .map(({ index }) => index);
  return shares.map((share, index) => Number(share) + (lucky.includes(index) ? 1 : 0));
}
