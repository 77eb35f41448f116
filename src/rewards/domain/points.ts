import type { OutcomeFacts } from '../../kernel/outcome.js';
import type { PostingDraft } from '../../ledger/domain/entry.js';
import { matchesOutcome } from '../../policy/domain/outcome-pattern.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';

/** A visit that counts, with the rules that decided it. */
export interface RewardedVisit {
  pack: Pick<PolicyPack, 'rewards' | 'levelSchemes'>;
  outcome: OutcomeFacts;
  sessionId: string;
  startsAt: number;
  seconds: number;
}

/** Type under which points are posted: a unit of their own, never one of credit. */
export const POINT_TYPE = 'point';

/**
 * Points that one day's live visits are worth, by tariff: `points` for every full `seconds` of one visit, at most
 * `mostPerDay` of a tariff. Rules are those that decided the visit, so that a later pack changes no day that is settled.
 */
export function duePoints(visits: RewardedVisit[]): Map<string, number> {
  const due = new Map<string, number>();
  const inOrder = [...visits].sort((a, b) => a.startsAt - b.startsAt || (a.sessionId < b.sessionId ? -1 : 1));
  for (const { pack, outcome, seconds } of inOrder) {
    for (const tariff of pack.rewards.pointTariffs) {
      if (!matchesOutcome(tariff.only, outcome, pack.levelSchemes)) continue;
      const sofar = due.get(tariff.code) ?? 0;
      const earned = Math.floor(seconds / tariff.seconds) * tariff.points;
      const given = Math.min(earned, Math.max(0, (tariff.mostPerDay ?? Infinity) - sofar));
      if (given > 0) due.set(tariff.code, sofar + given);
    }
  }
  return due;
}

/** Sum of {@link duePoints}. */
export function totalPoints(due: Map<string, number>): number {
  return [...due.values()].reduce((sum, points) => sum + points, 0);
}

/**
 * What must be booked so that a day has the points it is due: more are rewarded, too many go back. What was spent
 * meanwhile cannot go back; it is taken when points come in again. Null: nothing to book.
 */
export function settlementPosting(duePoints: number, bookedPoints: number, balance: number): PostingDraft | null {
  const difference = duePoints - bookedPoints;
  const back = Math.min(-difference, balance);
  if (difference > 0) return { source: 'rewarded', destination: 'points', creditType: POINT_TYPE, amount: difference };
  return back > 0 ? { source: 'points', destination: 'rewarded', creditType: POINT_TYPE, amount: back } : null;
}
