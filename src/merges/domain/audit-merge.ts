import type { AccrualStep } from '../../ledger/domain/accrue.js';
import type { Entry, Posting } from '../../ledger/domain/entry.js';
import type { Lot } from '../../ledger/domain/lots.js';

/**
 * What is wrong between the two entries of a merge, in words; nothing for a sound one. Every lot that left one book came
 * into the other with its amount and its dates, and as much time and as many points.
 */
export function mergeFaults(kept: Entry | null, closed: Entry | null, closedLots: Map<number, Lot>): string[] {
  const out = closed?.postings.filter(({ destination }) => isBetween(destination)) ?? [];
  const into = kept?.postings.filter(({ source }) => isBetween(source)) ?? [];
  const lotsOut = out.flatMap(({ lot, creditType, amount }) => {
    if (lot === null) return [];
    const { earnedOn, validUntil } = closedLots.get(lot) ?? { earnedOn: null, validUntil: null };
    return [`${creditType} ${amount} ${earnedOn} ${validUntil}`];
  });
  const lotsInto = into.flatMap(({ lot, creditType, amount, earnedOn, validUntil }) =>
    lot === null ? [] : [`${creditType} ${amount} ${earnedOn} ${validUntil}`],
  );
  return [
    ...(lotsOut.join() === lotsInto.join() ? [] : ['the credit that came in is not the credit that went out']),
    ...(totalsOf(out) === totalsOf(into) ? [] : ['the study time that came in is not the time that went out']),
  ];
}

/** What is wrong with the credit that time turned into in one entry of the kept book, by the steps it was made under. */
export function accrualFaults({ postings }: Entry, steps: AccrualStep[]): string[] {
  const worth = new Map<string, number>();
  const add = (creditType: string, centi: number) => worth.set(creditType, (worth.get(creditType) ?? 0) + centi);
  for (const { source, destination, creditType, amount } of postings) {
    const isBack = source === 'accrued';
    const bucket = isBack ? destination : source;
    if (isBack || destination === 'accrued') {
      const step = steps.find((each) => each.timeBucket === bucket && each.creditType === creditType);
      if (!step) return [`time of ${bucket} does not gather into credit`];
      add(creditType, ((isBack ? -amount : amount) / step.secondsPerQuantum) * step.quantumCenti);
    }
    if (source === 'issued') add(creditType, -amount);
    if (destination === 'issued') add(creditType, amount);
  }
  return [...worth].flatMap(([creditType, centi]) =>
    centi === 0 ? [] : [`credit of ${creditType} does not follow from its study time`],
  );
}

function isBetween(account: string): boolean {
  return account.startsWith('merged');
}

/** Seconds and points by type of credit, in one text. */
function totalsOf(postings: Posting[]): string {
  const totals = new Map<string, number>();
  for (const { unit, creditType, amount } of postings) {
    const key = `${unit} ${creditType}`;
    if (unit !== 'centi') totals.set(key, (totals.get(key) ?? 0) + amount);
  }
  return JSON.stringify([...totals].sort(([a], [b]) => (a < b ? -1 : 1)));
}
