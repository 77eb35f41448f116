import type { ConversionDecision, SourceLot } from './conversion-case.js';

/** A lot of the book on some day, used up or not. */
export interface BookedLot extends Omit<SourceLot, 'isWhole'> {
  recognisedCenti: number;
  /** False where something of it was used in another account, before a merge. */
  isWholeElsewhere: boolean;
}

/** A conversion that was decided again: what it moved in the book, and what it moves now. */
export interface DecidedAgain {
  version: number;
  then: Pick<ConversionDecision, 'draws' | 'newLots'>;
  /** Lots that its credit became in the book, in the order of `newLots`; empty where it had not come in by then. */
  lots: number[];
  isExecuted: boolean;
  now: Pick<ConversionDecision, 'isAllowed' | 'draws' | 'newLots' | 'validUntil'>;
}

/** Above every lot of a book, for credit of other types than it became there: the same number whoever asks. */
const FRESH = 1_000_000_000;
const MOST_LOTS = 1_000;

/**
 * Usable lots of a day as they would be, had earlier conversions been decided as they are now: what they no longer draw is
 * there, what they draw more is not, and what they bring in is as much as they bring in now. What else drew on a lot since
 * drew on it all the same; a lot has never less than nothing.
 */
export function lotsAnew(booked: BookedLot[], earlier: DecidedAgain[]): SourceLot[] {
  const lots = new Map(booked.map((lot) => [lot.lot, { ...lot }]));
  const change = (lot: number, centi: number, isWorth: boolean) => {
    const one = lots.get(lot);
    if (!one) return;
    one.availableCenti += centi;
    if (isWorth) one.recognisedCenti += centi;
  };
  for (const { version, then, lots: became, isExecuted, now } of earlier) {
    for (const { lot, amountCenti } of then.draws) change(lot, amountCenti, false);
    for (const { lot, amountCenti } of now.isAllowed ? now.draws : []) change(lot, -amountCenti, false);
    if (!isExecuted) continue;
    const given = now.isAllowed ? now.newLots : [];
    const isAlike =
      given.length === became.length &&
      given.every(({ creditType }, index) => creditType === then.newLots[index]!.creditType);
    became.forEach((lot, index) => change(lot, (isAlike ? given[index]!.centi : 0) - then.newLots[index]!.centi, true));
    if (isAlike) continue;
    given.forEach(({ creditType, centi, facts, roots }, index) => {
      const lot = FRESH + version * MOST_LOTS + index;
      const { validUntil } = now;
      lots.set(lot, {
        ...{ lot, creditType, availableCenti: centi, recognisedCenti: centi, isWholeElsewhere: true },
        ...{ validUntil, facts: { ...facts, creditType }, roots },
      });
    });
  }
  return [...lots.values()]
    .filter(({ availableCenti }) => availableCenti > 0)
    .map(({ recognisedCenti, isWholeElsewhere, ...lot }) => ({
      ...lot,
      isWhole: isWholeElsewhere && lot.availableCenti === recognisedCenti,
    }));
}
