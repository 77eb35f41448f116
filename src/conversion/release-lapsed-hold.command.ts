import { endOfDayMs, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { CommandKind } from '../ledger/book-command.js';
import { tallyRow } from '../platform/long-runs/long-runs.service.js';
import { INSERT_SETTLEMENT } from './conversion.store.js';
import { releasePostings } from './domain/conversion-postings.js';
import { holdRow } from './holds.store.js';
import { readHeld, type Held } from './read-held.js';

/** A hold that a run found lapsed, and the day before which its last day must be. */
export interface LapseInput {
  runId: string;
  version: number;
  day: string;
}

/** How much came back, hundredths. */
export interface LapseReceipt {
  amountCenti: number;
}

/** What the entry of a lapse keeps besides its postings. */
export interface LapseDetail {
  /** Last day on which the conversion could have been approved. */
  lapsedAfter: string;
}

/**
 * Gives a hold back that nobody approved in time: every hundredth to the lot it came from, as a refusal would. Decided under the
 * learner's lock, so that a second run, or an approval a moment before, leaves nothing to release (`nothing-to-book`).
 */
export const RELEASE_LAPSED_HOLD: CommandKind<LapseInput, Map<string, Held>, LapseReceipt> = {
  action: 'release-lapsed-hold',
  needsLots: true,
  loadFacts: readHeld,
  decide({ runId, version, day }, facts, { book, nowMs, taken }) {
    const held = facts.get(book.learnerId);
    const heldUntil = held?.conversion.heldUntil ?? null;
    // Another process may have opened the run by another clock.
    const before = [day, shanghaiDay(nowMs)].sort()[0]!;
    if (!held || held.conversion.state !== 'held' || heldUntil === null || heldUntil >= before)
      throw new Refusal('nothing-to-book');
    const { conversion, decision, entry: hold } = held;
    const postings = releasePostings(decision);
    const amountCenti = postings.reduce((sum, { amount }) => sum + amount, 0);
    return {
      draft: {
        kind: 'release',
        // The first moment at which it could no longer be approved.
        occurredAt: endOfDayMs(heldUntil) + 1,
        subject: conversion.rule,
        source: `holds:${runId}`,
        policyVersion: conversion.policyVersion,
        reason: `截至 ${heldUntil} 未获批准，学分解冻 not approved by ${heldUntil}: the credit is free again`,
        detail: { lapsedAfter: heldUntil } satisfies LapseDetail,
        postings,
      },
      complete: (entry) => ({
        answer: { amountCenti },
        rows: [
          { target: INSERT_SETTLEMENT, rows: [[book.learnerId, version, entry.version, 'released']] },
          holdRow(hold, heldUntil, 'lapsed'),
          tallyRow(taken, runId, amountCenti),
        ],
      }),
    };
  },
};
