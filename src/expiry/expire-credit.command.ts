import { Refusal } from '../kernel/refusal.js';
import { endOfDayMs } from '../kernel/clock.js';
import type { CommandKind } from '../ledger/book-command.js';
import { tallyRow } from '../platform/long-runs/long-runs.service.js';
import { addDays, expiryPostings } from './domain/expire-lots.js';

/** The run that looks at a learner, and the day before which credit must have ended. */
export interface ExpiryInput {
  runId: string;
  day: string;
}

/** How much of a learner's credit expired, hundredths. */
export interface ExpiryReceipt {
  amountCenti: number;
}

/**
 * Moves what has outlived its last day to `expired`: one entry a learner and run. Decided under the learner's lock, so
 * that a second run, or a conversion a moment before, leaves nothing to be done twice (`nothing-to-book`). A closed
 * account is only read.
 */
export const EXPIRE_CREDIT: CommandKind<ExpiryInput, null, ExpiryReceipt> = {
  action: 'expire-credit',
  needsLots: true,
  loadFacts: () => Promise.resolve(null),
  decide({ runId, day }, _, { book, taken }) {
    if (book.status === 'closed') throw new Refusal('account-closed');
    const postings = expiryPostings(book.lots?.values() ?? [], day);
    if (postings.length === 0) throw new Refusal('nothing-to-book');
    const amountCenti = postings.reduce((sum, { amount }) => sum + amount, 0);
    return {
      draft: {
        kind: 'expiry',
        // The first moment of the day: from then on it could no longer be used.
        occurredAt: endOfDayMs(addDays(day, -1)) + 1,
        subject: day,
        source: `expiry:${runId}`,
        postings,
      },
      complete: () => ({ answer: { amountCenti }, rows: [tallyRow(taken, runId, amountCenti)] }),
    };
  },
};
