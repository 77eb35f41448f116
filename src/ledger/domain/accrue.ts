import type { PostingDraft } from './entry.js';

/** How study time of one account becomes credit. */
export interface AccrualStep {
  timeBucket: string;
  creditType: string;
  /** Whole seconds that make one step. */
  secondsPerQuantum: number;
  /** Hundredths that one step is worth. */
  quantumCenti: number;
  /** Dates of the lot that the time earns. */
  earnedOn: string;
  validUntil: string | null;
}

/** Turns whole steps of study time into credit: the time moves to `accrued`, the credit comes in as a new lot. */
export function accrue(step: AccrualStep, quanta: number): PostingDraft[] {
  const { timeBucket, creditType, secondsPerQuantum, quantumCenti } = step;
  return [
    { source: timeBucket, destination: 'accrued', creditType, amount: quanta * secondsPerQuantum },
    creditIn(step, quanta * quantumCenti),
  ];
}

/** Credit that comes in as a lot of its own. */
export function creditIn(
  { creditType, earnedOn, validUntil }: Pick<AccrualStep, 'creditType' | 'earnedOn' | 'validUntil'>,
  amount: number,
): PostingDraft {
  return { source: 'issued', destination: 'available', creditType, amount, lot: 'new', earnedOn, validUntil };
}
