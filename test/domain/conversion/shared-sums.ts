import type { ConversionDecision } from '../../../src/conversion/domain/conversion-case.js';

/** True when what was given up and what was given add up over draws, parts and new lots. */
export function isWhollyShared({ draws, parts, newLots, fromCenti, toCenti }: ConversionDecision): boolean {
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
  return (
    sum(draws.map(({ amountCenti }) => amountCenti)) === fromCenti &&
    sum(parts.map(({ centi }) => centi)) === toCenti &&
    sum(newLots.map(({ centi }) => centi)) >= toCenti &&
    newLots.every(({ centi }) => centi > 0)
  );
}
