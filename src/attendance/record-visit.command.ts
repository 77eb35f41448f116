import { groupBy } from '../kernel/group-by.js';
import { Refusal } from '../kernel/refusal.js';
import { isKeptTime } from '../kernel/study-time.js';
import type { CommandKind, FeatureRows } from '../ledger/book-command.js';
import { accountKey } from '../ledger/domain/accounts.js';
import { entryId } from '../ledger/domain/entry.js';
import { requireOpenBook } from '../ledger/domain/post-entry.js';
import type { Sql } from '../platform/database/sql.js';
import type { ActivityType, Evidence } from '../policy/domain/activity-types.js';
import type { CreditType } from '../policy/domain/credit-types.js';
import type { CountedOutcome } from '../policy/domain/caps.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { policyVersion } from '../policy/domain/policy-pack.js';
import { cardStatuses } from '../learners/learners.port.js';
import {
  completionOf,
  lockSeats,
  seatsTakenNow,
  takeSeat,
  UPSERT_ATTENDANCE,
  visitsOnDays,
} from './attendance.store.js';
import { historyNeed, type Cut } from './domain/apply-caps.js';
import { activityDay, evaluateVisit, type EarlierVisit, type VisitedSession } from './domain/evaluate-visit.js';
import { outcomeOfVisit } from './domain/outcome-of.js';
import { visitPostings } from './domain/visit-postings.js';
import { readHistory } from './learning-history.store.js';

/** One learner's visit to one session, as a provider reports it. */
export interface VisitInput {
  cardNumber: string;
  session: VisitedSession & { providerId: string };
  pack: PolicyPack;
  activity: ActivityType;
  creditType: CreditType;
  submittedSeconds: number;
  evidence: Evidence;
  /** Where it came from: a file and line, or a request. */
  source: string | null;
}

/** What a visit brought. */
export interface VisitReceipt {
  entryId: string;
  submittedSeconds: number;
  acceptedSeconds: number;
  /** What a cap cut off, so that the difference explains itself. */
  cuts: Cut[];
  creditType: string;
  /** Hundredths of credit that came in with this entry. */
  creditCenti: number;
  /** Study time still waiting to fill a hundredth, seconds. */
  waitingSeconds: number;
  policyVersion: string;
}

interface VisitFacts {
  /** Status by card number. */
  cards: Map<string, string>;
  sameDay: Map<string, EarlierVisit[]>;
  /** What the caps of the pack ask for besides the visits of the day. */
  history: Map<string, CountedOutcome[]>;
  /** Learners who have passed the gated course of their visit. */
  passed: Set<string>;
  /** Places taken before this round; those it takes itself are counted in the round's `taken`. */
  seats: Map<string, number>;
}

type Asked = { learnerId: string; input: VisitInput };

async function loadFacts(sql: Sql, asked: Asked[]): Promise<VisitFacts> {
  const limited = asked.filter(({ input }) => input.session.capacity !== null);
  return {
    cards: await cardStatuses(
      sql,
      asked.map(({ learnerId, input }) => ({ learnerId, cardNumber: input.cardNumber })),
    ),
    sameDay: await visitsOnDays(
      sql,
      asked.map(({ learnerId, input }) => ({ learnerId, day: activityDay(input.session) })),
    ),
    history: await historyByLearner(sql, asked),
    passed: await learnersWhoPassed(sql, asked),
    seats: await lockSeats(sql, [...groupBy(limited, ({ input }) => input.session.sessionId).keys()]),
  };
}

/** Only packs with caps over more than a day pay for this look-up. */
async function historyByLearner(sql: Sql, asked: Asked[]): Promise<Map<string, CountedOutcome[]>> {
  const history = new Map<string, CountedOutcome[]>();
  for (const { learnerId, input } of asked) {
    // The day of posting is not asked: a need that depends on it is one for everything.
    const need = historyNeed(input.pack, () => outcomeOfVisit(input.session, input.session.endsAt));
    if (need) history.set(learnerId, await readHistory(sql, learnerId, need, input.session.courseId));
  }
  return history;
}

/** Only gated courses pay for this look-up. */
async function learnersWhoPassed(sql: Sql, asked: Asked[]): Promise<Set<string>> {
  const passed = new Set<string>();
  for (const { learnerId, input } of asked) {
    if (!input.activity.completion) continue;
    if (await completionOf(sql, learnerId, input.session.courseId)) passed.add(learnerId);
  }
  return passed;
}

/** Posts a visit: gates, caps, study time, and the credit it completes. */
export const RECORD_VISIT: CommandKind<VisitInput, VisitFacts, VisitReceipt> = {
  action: 'record-attendance',
  loadFacts,
  decide(input, facts, { book, nowMs, taken }) {
    const { session, pack, activity, creditType, submittedSeconds, evidence } = input;
    requireOpenBook(book);
    const status = facts.cards.get(input.cardNumber);
    if (status !== 'active') throw new Refusal('card-not-active', { status: status ?? 'unknown' });
    const isCoursePassed = facts.passed.has(book.learnerId);
    const { acceptedSeconds, cuts } = evaluateVisit({
      session,
      activity,
      pack,
      submittedSeconds,
      evidence,
      sameDay: facts.sameDay.get(book.learnerId) ?? [],
      creditType,
      isCoursePassed,
      history: facts.history.get(book.learnerId) ?? [],
      seatsTaken: (facts.seats.get(session.sessionId) ?? 0) + seatsTakenNow(taken, session.sessionId),
      nowMs,
    });
    const day = activityDay(session);
    const version = policyVersion(pack);
    const postings = visitPostings(
      {
        pack,
        activity,
        creditType,
        courseId: session.courseId,
        acceptedSeconds,
        isCoursePassed,
        day,
      },
      (bucket) => book.balances.get(accountKey(bucket, creditType.code)) ?? 0,
    );
    return {
      draft: {
        kind: 'attendance',
        occurredAt: session.startsAt,
        subject: session.sessionId,
        providerId: session.providerId,
        source: input.source,
        policyVersion: version,
        detail: cuts.length > 0 ? { cuts } : null,
        postings,
      },
      complete(entry) {
        const rows: FeatureRows[] = [
          {
            target: UPSERT_ATTENDANCE,
            rows: [
              [
                entry.learnerId,
                day,
                session.sessionId,
                session.courseId,
                session.activityType,
                session.startsAt,
                session.endsAt,
                submittedSeconds,
                acceptedSeconds,
                evidence,
                entry.version,
                entry.recordedAt,
                1,
              ],
            ],
          },
        ];
        if (session.capacity !== null) rows.push(takeSeat(taken, session.sessionId));
        const first = entry.postings[0]!;
        const last = entry.postings.findLast(({ unit }) => unit === 'second')!;
        return {
          rows,
          answer: {
            entryId: entryId(entry.learnerId, entry.version),
            submittedSeconds,
            acceptedSeconds,
            cuts,
            creditType: creditType.code,
            creditCenti: entry.postings.reduce(
              (sum, posting) => (posting.unit === 'centi' ? sum + posting.amount : sum),
              0,
            ),
            waitingSeconds: isKeptTime(first.destination)
              ? 0
              : ((last === first ? last.destinationAfter : last.sourceAfter) ?? 0),
            policyVersion: version,
          },
        };
      },
    };
  },
};
