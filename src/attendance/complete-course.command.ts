import { shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { CommandKind } from '../ledger/book-command.js';
import { entryId } from '../ledger/domain/entry.js';
import { balanceOf, requireOpenBook } from '../ledger/domain/post-entry.js';
import { type ActivityType } from '../policy/domain/activity-types.js';
import { type CreditType } from '../policy/domain/credit-types.js';
import { policyVersion, tariffOf, type PolicyPack } from '../policy/domain/policy-pack.js';
import { type TimeTariff } from '../policy/domain/tariffs.js';
import { completionOf, UPSERT_COMPLETION, visitsToCourse } from './attendance.store.js';
import { completionPostings, requirePassed } from './domain/complete-course.js';
import type { EarlierVisit } from './domain/evaluate-visit.js';
import { accrualStep, pendingBucket } from './domain/visit-postings.js';

/** A provider says that a learner has passed a gated course. */
export interface CompletionInput {
  course: { courseId: string; providerId: string; plannedSessions: number };
  pack: PolicyPack;
  activity: ActivityType;
  creditType: CreditType;
  /** 0–100; null where no grade was given. */
  grade: number | null;
  source: string | null;
}

/** What a passed course brought. */
export interface CompletionReceipt {
  entryId: string;
  attendedSessions: number;
  plannedSessions: number;
  creditType: string;
  creditCenti: number;
  policyVersion: string;
}

interface CompletionFacts {
  visits: Map<string, EarlierVisit[]>;
  completed: Map<string, { entryId: string } | null>;
}

/** Posts a completion: both gates must be passed; then all time that waited in the course becomes credit. */
export const COMPLETE_COURSE: CommandKind<CompletionInput, CompletionFacts, CompletionReceipt> = {
  action: 'complete-course',
  async loadFacts(sql, asked) {
    const facts: CompletionFacts = { visits: new Map(), completed: new Map() };
    for (const { learnerId, input } of asked) {
      facts.visits.set(learnerId, await visitsToCourse(sql, learnerId, input.course.courseId));
      facts.completed.set(learnerId, await completionOf(sql, learnerId, input.course.courseId));
    }
    return facts;
  },
  decide({ course, pack, activity, creditType, grade, source }, facts, { book, nowMs }) {
    requireOpenBook(book);
    const gate = activity.completion;
    if (!gate) throw new Refusal('course-without-completion');
    const earlier = facts.completed.get(book.learnerId);
    if (earlier) throw new Refusal('course-already-completed', { entryId: earlier.entryId });
    const visits = facts.visits.get(book.learnerId) ?? [];
    requirePassed(gate, { plannedSessions: course.plannedSessions, attendedSessions: visits.length, grade });
    const lastEnd = Math.max(...visits.map(({ endsAt }) => endsAt));
    // The pack check promises a cumulative time tariff for every course with a gate.
    const step = accrualStep(tariffOf(pack, activity, creditType) as TimeTariff, creditType, shanghaiDay(lastEnd));
    const bucket = pendingBucket(course.courseId);
    const version = policyVersion(pack);
    return {
      draft: {
        kind: 'completion',
        occurredAt: Math.min(lastEnd, nowMs),
        subject: course.courseId,
        providerId: course.providerId,
        source,
        policyVersion: version,
        detail: { grade, attendedSessions: visits.length, plannedSessions: course.plannedSessions },
        postings: completionPostings(
          { bucket, seconds: balanceOf(book, bucket, creditType.code) },
          step,
          balanceOf(book, step.timeBucket, creditType.code),
        ),
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
          policyVersion: version,
        },
      }),
    };
  },
};
