import { formatCredit } from '../../kernel/credit.js';
import { Refusal } from '../../kernel/refusal.js';
import { accrue, type AccrualStep } from '../../ledger/domain/accrue.js';
import { accountKey } from '../../ledger/domain/accounts.js';
import type { PostingDraft } from '../../ledger/domain/entry.js';
import { availableOf } from '../../ledger/domain/lots.js';
import { balanceOf, MAX_POSTINGS, requireOpenBook, type LearnerBook } from '../../ledger/domain/post-entry.js';

/** Two accounts of one person, with their lots, and the rules of the day. */
export interface MergeCase {
  /** The account that stays. */
  kept: LearnerBook;
  /** The account that is closed. */
  closing: LearnerBook;
  /** Every step under which study time gathers. */
  steps: AccrualStep[];
  /** Accounts of time waiting for a course that the person has passed in either account, with the step it gathers in. */
  passed: Map<string, AccrualStep>;
}

/** Postings of the two entries; a side where nothing moves has none. */
export interface MergePlan {
  closing: PostingDraft[];
  kept: PostingDraft[];
}

/** Study time that comes into one account of the kept book. */
interface Inflow {
  source: string;
  bucket: string;
  creditType: string;
  amount: number;
}

/**
 * Refuses unless these two may become one account: with `merge-with-itself`, `account-merged`, `account-closed`, and
 * with `account-frozen` when the account to be closed is frozen: its credit would escape the freeze.
 */
export function requireMergeable({ kept, closing }: Pick<MergeCase, 'kept' | 'closing'>): void {
  if (kept.learnerId === closing.learnerId) throw new Refusal('merge-with-itself');
  requireOpenBook(kept);
  requireOpenBook(closing);
  if (closing.status === 'frozen') throw new Refusal('account-frozen');
}

/**
 * Everything live moves: study time, points, and what is available of every lot, as a lot with the dates it had. Time
 * that now fills a step becomes credit at once, as it would with the next visit, so that less than a step waits. What
 * was awarded, converted or has expired stays where its documents are.
 *
 * Refuses with `credit-held` and `merge-too-large`.
 */
export function planMerge(merge: MergeCase): MergePlan {
  const { closing } = merge;
  requireNothingHeld(closing);
  const lots = [...lotsOf(closing)].filter((lot) => availableOf(lot) > 0);
  const rest = accountsOf(closing);
  const plan = {
    closing: [
      ...lots.map((lot) => creditOut(lot.creditType, availableOf(lot), lot.lot)),
      ...rest.map(({ bucket, creditType, amount }) => ({
        source: bucket,
        destination: bucket === 'points' ? 'merged-points' : 'merged-time',
        creditType,
        amount,
      })),
    ],
    kept: [
      ...lots.map((lot): PostingDraft => ({
        source: 'merged',
        destination: 'available',
        creditType: lot.creditType,
        amount: availableOf(lot),
        lot: 'new',
        earnedOn: lot.earnedOn ?? undefined,
        validUntil: lot.validUntil,
      })),
      ...rest
        .filter(({ bucket }) => bucket === 'points')
        .map(({ bucket, creditType, amount }) => ({
          source: 'merged-points',
          destination: bucket,
          creditType,
          amount,
        })),
      ...studyTimeIn(merge, rest),
    ],
  };
  const given = Math.max(plan.closing.length, plan.kept.length);
  if (given > MAX_POSTINGS) throw new Refusal('merge-too-large', { given, limit: MAX_POSTINGS });
  return plan;
}

function creditOut(creditType: string, amount: number, lot: number): PostingDraft {
  return { source: 'available', destination: 'merged', creditType, amount, lot };
}

function requireNothingHeld({ balances }: LearnerBook): void {
  const held = [...balances].reduce((sum, [key, amount]) => (key.startsWith('held:') ? sum + amount : sum), 0);
  if (held > 0) throw new Refusal('credit-held', { held: formatCredit(held) });
}

function lotsOf({ lots }: LearnerBook) {
  if (!lots) throw new TypeError('A merge needs the lots of the book');
  return lots.values();
}

/** Study time and points that are there, by name, so that the same books always give the same entry. */
function accountsOf({ balances }: LearnerBook): { bucket: string; creditType: string; amount: number }[] {
  return [...balances]
    .filter(([key, amount]) => amount > 0 && /^(time|pending|points)\b/.test(key))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, amount]) => {
      const end = key.lastIndexOf(':');
      return { bucket: key.slice(0, end), creditType: key.slice(end + 1), amount };
    });
}

/** The time comes in account by account, each followed by the credit that it completes there. */
function studyTimeIn({ kept, steps, passed }: MergeCase, rest: ReturnType<typeof accountsOf>): PostingDraft[] {
  const inflows: Inflow[] = [
    ...rest
      .filter(({ bucket }) => bucket !== 'points')
      .map(({ bucket, ...time }) => ({
        ...time,
        source: 'merged-time',
        bucket: passed.get(bucket)?.timeBucket ?? bucket,
      })),
    // Its own time was waiting for a course that the other account has passed.
    ...accountsOf(kept).flatMap(({ bucket, ...time }) => {
      const step = passed.get(bucket);
      return step ? [{ ...time, source: bucket, bucket: step.timeBucket }] : [];
    }),
  ];
  const accounts = [...new Set(inflows.map(({ bucket, creditType }) => accountKey(bucket, creditType)))];
  return accounts.flatMap((account) => {
    const own = inflows.filter(({ bucket, creditType }) => accountKey(bucket, creditType) === account);
    const { bucket, creditType } = own[0]!;
    const step = steps.find((each) => each.timeBucket === bucket && each.creditType === creditType);
    const seconds = own.reduce((sum, { amount }) => sum + amount, balanceOf(kept, bucket, creditType));
    const quanta = step ? Math.floor(seconds / step.secondsPerQuantum) : 0;
    return [
      ...own.map(({ source, amount }) => ({ source, destination: bucket, creditType, amount })),
      ...(step && quanta > 0 ? accrue(step, quanta) : []),
    ];
  });
}
