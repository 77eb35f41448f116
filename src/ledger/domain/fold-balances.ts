import { accountKey, isLearnerSide } from './accounts.js';
import type { Posting } from './entry.js';

/** The one calculator: balances of a learner's accounts from their postings. Keys as in {@link accountKey}. */
export function foldBalances(postings: Iterable<Posting>): Map<string, number> {
  const balances = new Map<string, number>();
  for (const { source, destination, creditType, amount } of postings) {
    if (isLearnerSide(source)) add(balances, accountKey(source, creditType), -amount);
    if (isLearnerSide(destination)) add(balances, accountKey(destination, creditType), amount);
  }
  return balances;
}

function add(balances: Map<string, number>, key: string, amount: number): void {
  balances.set(key, (balances.get(key) ?? 0) + amount);
}
