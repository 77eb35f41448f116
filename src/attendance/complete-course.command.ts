import { shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { CommandKind } from '../ledger/book-command.js';
import { entryId } from '../ledger/domain/entry.js';
import type { LotSources } from '../ledger/lot-sources.port.js';
import { balanceOf, requireOpenBook } from '../ledger/domain/post-entry.js';
import { type ActivityType } from '../policy/domain/activity-types.js';
import { type CreditType } from '../policy/domain/credit-types.js';
import { policyVersion, tariffOf, type PolicyPack } from '../policy/domain/policy-pack.js';
import type { CountedOutcome } from '../policy/domain/caps.js';
import { readSessionEnds } from '../providers/providers.port.js';
import { completionOf, UPSERT_COMPLETION, visitsToCourse } from './attendance.store.js';
import { historyNeed, type Cut } from './domain/apply-caps.js';
import { endOfCourse } from './domain/completion-detail.js';
import { completionPostings, requirePassed } from './domain/complete-course.js';
import type { EarlierVisit } from './domain/evaluate-visit.js';
import { outcomeOfCompletion, type CompletionSubject } from './domain/outcome-of.js';
import { requireNoDuplicate, type PassedTitle, type RecognisedTitle } from './domain/require-no-duplicate.js';
import { pendingBucket } from './domain/visit-postings.js';
import { readCompletions, readHistory, waitingSeconds } from './learning-history.store.js';
import { recognisedTitles } from './recognised-titles.js';

/** A provider says that a learner has passed a gated course. */
export interface CompletionInput {
  course: {
    courseId: string;
    code: string;
    title: string;
    creditType: string;
    activityType: string;
    level: string | null;
    providerId: string;
    providerCode: string;
    plannedSessions: number;
    /** Study time of one session. */
    plannedSeconds: number;
  };
  pack: PolicyPack;
  activity: ActivityType;
  creditType: CreditType;
  /** 0–100; null where no grade was given. */
  grade: number | null;
  source: string | null;
  sources: LotSources;
}

/** What a passed course brought. */
export interface CompletionReceipt {
  entryId: string;
  attendedSessions: number;
  plannedSessions: number;
  creditType: string;
  creditCenti: number;
  /** What caps cut off. */
  cuts: Cut[];
  policyVersion: string;
}

interface CompletionFacts {
  visits: Map<string, EarlierVisit[]>;
  /** Ends of all sessions of each course, epoch milliseconds. */
  sessionEnds: Map<string, number[]>;
  /** Seconds of each visit whose time waits for the course to be passed. */
  waiting: Map<string, number[]>;
  history: Map<string, CountedOutcome[]>;
  /** Courses already passed; read where the pack refuses duplicates. */
  passed: Map<string, PassedTitle[]>;
  /** Outcomes already recognised; read where the pack refuses duplicates. */
  recognised: Map<string, RecognisedTitle[]>;
  completed: Map<string, { entryId: string } | null>;
}

/** Posts a completion: both gates must be passed; then all time that waited in the course becomes credit. */
export const COMPLETE_COURSE: CommandKind<CompletionInput, CompletionFacts, CompletionReceipt> = {
  action: 'complete-course',
  async loadFacts(sql, asked) {
    const facts: CompletionFacts = {
      visits: new Map(),
      sessionEnds: new Map(),
      waiting: new Map(),
      history: new Map(),
      passed: new Map(),
      recognised: new Map(),
      completed: new Map(),
    };
    for (const { learnerId, input } of asked) {
      const { course, pack } = input;
      const visits = await visitsToCourse(sql, learnerId, course.courseId);
      facts.visits.set(learnerId, visits);
      if (!facts.sessionEnds.has(course.courseId))
        facts.sessionEnds.set(course.courseId, await readSessionEnds(sql, course.courseId));
      const bucket = pendingBucket(course.courseId);
      facts.waiting.set(learnerId, await waitingSeconds(sql, learnerId, course.courseId, bucket));
      if (visits.length > 0) {
        // The course ends no sooner than its last visit: periods that are asked about do not begin before that day's.
        const need = historyNeed(pack, () => outcomeOfCompletion(subjectOf(input, visits, lastEndOf(visits)), 0));
        facts.history.set(learnerId, await readHistory(sql, learnerId, need, course.courseId));
      }
      if (pack.titleRules.whenDuplicate === 'refuse') {
        facts.passed.set(learnerId, await readCompletions(sql, learnerId));
        facts.recognised.set(learnerId, await recognisedTitles(sql, learnerId, input.sources));
      }
      facts.completed.set(learnerId, await completionOf(sql, learnerId, input.course.courseId));
    }
    return facts;
  },
  decide(input, facts, { book, nowMs }) {
    const { course, pack, activity, creditType, grade, source } = input;
    requireOpenBook(book);
    const gate = activity.completion;
    if (!gate) throw new Refusal('course-without-completion');
    const earlier = facts.completed.get(book.learnerId);
    if (earlier) throw new Refusal('course-already-completed', { entryId: earlier.entryId });
    const visits = facts.visits.get(book.learnerId) ?? [];
    requirePassed(gate, { plannedSessions: course.plannedSessions, attendedSessions: visits.length, grade });
    const [passed, recognised] = [facts.passed.get(book.learnerId), facts.recognised.get(book.learnerId)];
    requireNoDuplicate(pack.titleRules, course, passed ?? [], recognised);
    const endsAt = endOfCourse(facts.sessionEnds.get(course.courseId) ?? [], lastEndOf(visits), nowMs);
    const subject = subjectOf(input, visits, endsAt);
    const bucket = pendingBucket(course.courseId);
    const waiting = facts.waiting.get(book.learnerId) ?? [];
    const plannedSeconds = course.plannedSeconds * course.plannedSessions;
    const { postings, cuts } = completionPostings(
      {
        pack,
        tariff: tariffOf(pack, activity, creditType),
        creditType,
        pending: { bucket, seconds: balanceOf(book, bucket, creditType.code) },
        visitSeconds: waiting,
        plannedSeconds,
        facts: outcomeOfCompletion(subject, nowMs),
        history: facts.history.get(book.learnerId) ?? [],
      },
      (account) => balanceOf(book, account, creditType.code),
    );
    const version = policyVersion(pack);
    return {
      draft: {
        kind: 'completion',
        occurredAt: Math.min(endsAt, nowMs),
        subject: course.courseId,
        providerId: course.providerId,
        source,
        policyVersion: version,
        detail: {
          grade,
          attendedSessions: visits.length,
          plannedSessions: course.plannedSessions,
          startsOn: subject.startsOn,
          endsOn: subject.endsOn,
          ...(course.level === null ? {} : { level: course.level }),
          waitingSessions: waiting.length,
          plannedSeconds,
          ...(cuts.length > 0 ? { cuts } : {}),
        },
        postings,
      },
      complete: (entry) => ({
        rows: [
          {
            target: UPSERT_COMPLETION,
            rows: [[entry.learnerId, course.courseId, grade, entry.version, entry.recordedAt, 1]],
          },
        ],
        answer: {
          entryId: entryId(entry.learnerId, entry.version),
          attendedSessions: visits.length,
          plannedSessions: course.plannedSessions,
          creditType: creditType.code,
          creditCenti: entry.postings.reduce((sum, { unit, amount }) => (unit === 'centi' ? sum + amount : sum), 0),
          cuts,
          policyVersion: version,
        },
      }),
    };
  },
};

/** The course as its completion counts it, from the first session attended to the end of the course. */
function subjectOf(
  { course, grade }: CompletionInput,
  visits: { startsAt: number }[],
  endsAt: number,
): CompletionSubject {
  const startsOn = shanghaiDay(Math.min(...visits.map(({ startsAt }) => startsAt)));
  // The end is not part of the session: what ends at midnight was on the day before.
  return { ...course, grade, startsOn, endsOn: shanghaiDay(endsAt - 1) };
}

function lastEndOf(visits: { endsAt: number }[]): number {
  return Math.max(...visits.map(({ endsAt }) => endsAt));
}
