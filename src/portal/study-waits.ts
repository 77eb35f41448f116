import { accountKey } from '../ledger/domain/accounts.js';
import { foldBalances } from '../ledger/domain/fold-balances.js';
import { type CompletionGate } from '../policy/domain/activity-types.js';
import { timeBucketOf } from '../policy/domain/policy-pack.js';
import { type Tariff } from '../policy/domain/tariffs.js';
import type { Book } from './book.js';

/** Study time that has not become credit, and what it still needs. */
export interface Wait {
  creditType: string;
  waitingSeconds: number;
  /** What must be studied for the next step and what that is worth; null where the tariff keeps the rest as time only. */
  next: { seconds: number; amountCenti: number } | null;
}

/** Study time that waits for a course to be passed. */
export interface CourseWait {
  creditType: string;
  courseId: string;
  pendingSeconds: number;
}

/** The same with the course's name and the gate that must be reached. */
export type CourseWaitLine = CourseWait & { title: string; provider: string; gate: CompletionGate | null };

/**
 * Why study time is not credit yet, account by account: each step has its own remainder. What waits for a step that the
 * rules no longer have is told as time that stays on record.
 */
export function studyWaits({ entries, pack }: Pick<Book, 'entries' | 'pack'>): Wait[] {
  if (!pack) return [];
  const balances = foldBalances(entries.flatMap(({ postings }) => postings));
  return [...balances].flatMap(([key, waitingSeconds]) => {
    const [, bucket, creditType] = /^(time[^:]*):(.+)$/.exec(key) ?? [];
    if (!bucket || !creditType || waitingSeconds <= 0) return [];
    const tariff = pack.tariffs.find((candidate) => timeBucketOf(candidate) === bucket);
    return [{ creditType, waitingSeconds, next: nextStep(tariff, waitingSeconds) }];
  });
}

function nextStep(tariff: Tariff | undefined, waitingSeconds: number): Wait['next'] {
  if (!tariff || tariff.kind !== 'per-time' || tariff.rounding !== 'cumulative') return null;
  const { secondsPerQuantum, quantumCenti } = tariff;
  return { seconds: secondsPerQuantum - (waitingSeconds % secondsPerQuantum), amountCenti: quantumCenti };
}

/** Time in courses that are not passed yet. */
export function courseWaits({ entries }: Pick<Book, 'entries'>): CourseWait[] {
  const balances = foldBalances(entries.flatMap(({ postings }) => postings));
  return [...balances].flatMap(([key, pendingSeconds]) => {
    const [, courseId, creditType] = /^pending\/([^:]+):(.+)$/.exec(key) ?? [];
    return courseId && creditType && pendingSeconds > 0 ? [{ creditType, courseId, pendingSeconds }] : [];
  });
}

/** Seconds at the ordinary tariff of a type that make up this much credit, over what waits for its step; null where none do. */
export function timeForCredit(
  { entries, pack }: Pick<Book, 'entries' | 'pack'>,
  creditTypeCode: string,
  missingCenti: number,
): number | null {
  const creditType = pack?.creditTypes.find(({ code }) => code === creditTypeCode);
  const tariff = pack?.tariffs.find(({ code }) => code === creditType?.tariff);
  if (!tariff || tariff.kind !== 'per-time' || tariff.rounding !== 'cumulative') return null;
  const steps = Math.ceil(missingCenti / tariff.quantumCenti);
  const balances = foldBalances(entries.flatMap(({ postings }) => postings));
  const waitingSeconds = balances.get(accountKey(timeBucketOf(tariff), creditTypeCode)) ?? 0;
  return Math.max(0, steps * tariff.secondsPerQuantum - waitingSeconds);
}
