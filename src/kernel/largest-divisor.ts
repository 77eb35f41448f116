/** Largest whole number that divides both; the other one where one is 0. */
export function largestDivisor(a: number, b: number): number {
  return b === 0 ? a : largestDivisor(b, a % b);
}
