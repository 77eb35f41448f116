import type { OutcomeFacts } from '../kernel/outcome.js';
import type { LotState } from '../ledger/ledger.port.js';

/** Lots of one learner at one version, and what is known so far of the learning behind them. */
export interface KnownLots {
  version: number;
  lots: LotState[];
  /** Entries that are more than a visit: what they brought may be an attempt at a course. */
  named: Set<number>;
  facts: Map<number, OutcomeFacts>;
}

/** So many lots are kept in all: some twenty megabytes. */
const MOST_LOTS = 50_000;

/**
 * Lots of the learners who were asked about last, for quotes: somebody who tries amounts asks about one book many times.
 * A book only grows, so what was true at a version stays true; another version is another question.
 */
export class LotCache {
  private readonly kept = new Map<string, KnownLots>();
  private lotCount = 0;

  /** What is known at exactly this version, or undefined. */
  get(learnerId: string, version: number): KnownLots | undefined {
    const known = this.kept.get(learnerId);
    return known?.version === version ? known : undefined;
  }

  /** Keeps it and lets go of who was asked about longest ago. */
  put(learnerId: string, known: KnownLots): void {
    this.drop(learnerId);
    this.kept.set(learnerId, known);
    this.lotCount += known.lots.length;
    while (this.lotCount > MOST_LOTS && this.kept.size > 1) this.drop(this.kept.keys().next().value!);
  }

  private drop(learnerId: string): void {
    this.lotCount -= this.kept.get(learnerId)?.lots.length ?? 0;
    this.kept.delete(learnerId);
  }
}
