import { shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { CommandKind } from '../ledger/book-command.js';
import { entryId } from '../ledger/domain/entry.js';
import { requireOpenBook } from '../ledger/domain/post-entry.js';
import { newLotRows } from './convert-credit.command.js';
import { INSERT_SETTLEMENT } from './conversion.store.js';
import { conversionPostings, releasePostings } from './domain/conversion-postings.js';
import { holdRow } from './holds.store.js';
import { readHeld, type Held } from './read-held.js';

/** Which held conversion, and what shall become of it. */
export interface SettlementInput {
  version: number;
  outcome: 'converted' | 'released';
  /** Key of whoever decides. */
  actor: string;
  reason: string | null;
}

/** What became of a hold. */
export interface SettlementReceipt {
  conversionId: string;
  /** The entry that moved the credit, on or back. */
  entryId: string;
  state: 'converted' | 'released';
}

/**
 * Ends a hold. Approval needs somebody other than the one who asked, an active account and a hold that has not lapsed; it
 * does exactly what was decided when the credit was held. Release gives every hundredth back to the lot it came from, at any
 * time: a hold that ends never loses credit.
 */
export const SETTLE_CONVERSION: CommandKind<SettlementInput, Map<string, Held>, SettlementReceipt> = {
  action: 'settle-conversion',
  needsLots: true,
  loadFacts: readHeld,
  decide({ version, outcome, actor, reason }, facts, { book, nowMs }) {
    const held = facts.get(book.learnerId);
    if (!held) throw new Refusal('not-found');
    const { conversion, decision, entry: hold } = held;
    const { heldUntil } = conversion;
    if (conversion.state !== 'held') throw new Refusal('conversion-not-held', { state: conversion.state });
    const today = shanghaiDay(nowMs);
    if (outcome === 'converted') {
      if (hold.actor === actor) throw new Refusal('approver-not-independent');
      requireOpenBook(book);
      if (book.status !== 'active') throw new Refusal('account-frozen');
      if (heldUntil !== null && today > heldUntil)
        throw new Refusal('conversion-hold-lapsed', { holdUntil: heldUntil });
    }
    const isConverted = outcome === 'converted';
    return {
      draft: {
        kind: isConverted ? 'conversion' : 'release',
        occurredAt: nowMs,
        subject: conversion.rule,
        policyVersion: conversion.policyVersion,
        reason: reason ?? undefined,
        postings: isConverted ? conversionPostings(decision, today, 'held') : releasePostings(decision),
      },
      complete: (entry) => ({
        answer: {
          conversionId: entryId(book.learnerId, version),
          entryId: entryId(book.learnerId, entry.version),
          state: outcome,
        },
        rows: [
          { target: INSERT_SETTLEMENT, rows: [[book.learnerId, version, entry.version, outcome]] },
          holdRow(hold, heldUntil, isConverted ? 'approved' : 'refused'),
          ...(isConverted ? newLotRows(entry, version, decision) : []),
        ],
      }),
    };
  },
};
