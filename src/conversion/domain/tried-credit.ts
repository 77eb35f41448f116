import type { OutcomeFacts } from '../../kernel/outcome.js';
import { creditTypeOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import type { BookedLot } from './lots-anew.js';

/** Credit as rules that are tried let it in, by the entry that brought it in. */
export type TriedLot = OutcomeFacts & { version: number; centi: number; validUntil: string | null };

/** What came in by some entries under rules that are tried; of all other entries the book is right. */
export interface TriedCredit {
  /** Entries of which `earned` says everything. */
  versions: Set<number>;
  earned: TriedLot[];
  /** Entries of outcomes whose worth is another now; null: nothing. */
  worths: Map<number, { creditType: string; centi: number } | null>;
}

/** A lot of the book, and the entry at the bottom of the chain of reversals that brought it in. */
export interface RootedLot extends BookedLot {
  rootVersion: number;
}

/** Above every lot of a book, for credit that never was in it. */
const NEVER_BOOKED = 500_000_000;

/**
 * Lots as they would be, had their credit come in under rules that are tried. What was used of a lot stays used: less than
 * nothing of it is left where it came to less, until those uses are decided again (`lotsAnew`).
 */
export function lotsAsTried(booked: RootedLot[], tried: TriedCredit, pack: PolicyPack): BookedLot[] {
  const left = new Map<string, TriedLot>();
  for (const one of tried.earned) {
    const key = keyOf(one.version, one.creditType);
    left.set(key, { ...one, centi: one.centi + (left.get(key)?.centi ?? 0) });
  }
  const lots = booked.flatMap(({ rootVersion, ...lot }): BookedLot[] => {
    if (lot.recognisedCenti <= 0) return [lot];
    const worth = tried.worths.get(rootVersion);
    if (worth !== undefined) return worthNow(lot, worth, { version: rootVersion, pack });
    if (!tried.versions.has(rootVersion)) return [lot];
    const key = keyOf(rootVersion, lot.creditType);
    const now = left.get(key);
    left.delete(key);
    return [{ ...withWorth(lot, now?.centi ?? 0), validUntil: now ? now.validUntil : lot.validUntil }];
  });
  return [...lots, ...[...left.values()].map((one) => neverBooked(one, pack))];
}

function keyOf(version: number, creditType: string): string {
  return `${version} ${creditType}`;
}

function withWorth(lot: BookedLot, centi: number): BookedLot {
  return { ...lot, availableCenti: lot.availableCenti + centi - lot.recognisedCenti, recognisedCenti: centi };
}

/** An outcome that is worth another amount; where it is of another type, what was used of the old one is missing there. */
function worthNow(
  lot: BookedLot,
  worth: { creditType: string; centi: number } | null,
  { version, pack }: { version: number; pack: PolicyPack },
): BookedLot[] {
  if (worth === null) return [withWorth(lot, 0)];
  const { creditType, centi } = worth;
  if (creditType === lot.creditType) return [withWorth(lot, centi)];
  const { validUntil, facts } = lot;
  return [withWorth(lot, 0), neverBooked({ ...facts, version, creditType, centi, validUntil }, pack)];
}

function neverBooked({ version, centi, validUntil, ...facts }: TriedLot, pack: PolicyPack): BookedLot {
  const { creditType } = facts;
  const category = creditTypeOf(pack, creditType)?.category ?? null;
  return {
    ...{ lot: NEVER_BOOKED + version, creditType, availableCenti: centi, recognisedCenti: centi },
    ...{ isWholeElsewhere: true, validUntil, facts, roots: [{ entry: version, creditType, category }] },
  };
}
