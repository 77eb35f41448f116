import { endOfDayMs } from '../kernel/clock.js';
import { groupBy } from '../kernel/group-by.js';
import { Refusal } from '../kernel/refusal.js';
import type { CommandKind } from '../ledger/book-command.js';
import { balanceOf } from '../ledger/domain/post-entry.js';
import { tallyRow } from '../platform/long-runs/long-runs.service.js';
import { duePoints, POINT_TYPE, settlementPosting, totalPoints } from './domain/points.js';
import { pointDays, UPSERT_POINT_DAY } from './point-days.store.js';
import type { OwnedVisit, RewardedVisits } from './rewarded-visits.service.js';

/** A learner's day to settle. */
export interface SettlementInput {
  runId: string;
  day: string;
  visits: RewardedVisits;
}

/** Points that came in; below zero where they went back. */
export interface SettlementReceipt {
  points: number;
}

interface SettlementFacts {
  visits: Map<string, OwnedVisit[]>;
  booked: Map<string, number>;
}

/**
 * Books the difference between what a day's live visits are worth and what was booked for it. Under the learner's lock
 * and from what the transaction sees, so that settling twice, or while a visit is undone, gives each point once.
 */
export const SETTLE_POINTS: CommandKind<SettlementInput, SettlementFacts, SettlementReceipt> = {
  action: 'settle-points',
  async loadFacts(sql, asked) {
    const keys = asked.map(({ learnerId, input: { day } }) => ({ learnerId, day }));
    const reader = asked[0]?.input.visits;
    return {
      visits: groupBy((await reader?.of(sql, keys)) ?? [], ({ learnerId }) => learnerId),
      booked: new Map((await pointDays(sql, keys)).map(({ learnerId, points }) => [learnerId, points])),
    };
  },
  decide({ runId, day }, facts, { book, taken }) {
    if (book.status === 'closed') throw new Refusal('account-closed');
    const byTariff = duePoints(facts.visits.get(book.learnerId) ?? []);
    const booked = facts.booked.get(book.learnerId) ?? 0;
    const due = totalPoints(byTariff);
    const posting = settlementPosting(due, booked, balanceOf(book, 'points', POINT_TYPE));
    if (!posting) throw new Refusal('nothing-to-book');
    const points = posting.destination === 'points' ? posting.amount : -posting.amount;
    return {
      draft: {
        kind: points > 0 ? 'reward' : 'adjustment',
        occurredAt: endOfDayMs(day),
        subject: day,
        source: `points:${runId}`,
        reason: points > 0 ? undefined : '当日出勤有更正 visits of the day were corrected',
        detail: { due, booked, byTariff: Object.fromEntries(byTariff) },
        postings: [posting],
      },
      complete: (entry) => ({
        answer: { points },
        rows: [
          { target: UPSERT_POINT_DAY, rows: [[entry.learnerId, day, booked + points, entry.version]] },
          tallyRow(taken, runId, points),
        ],
      }),
    };
  },
};
