import { Refusal } from '../kernel/refusal.js';
import { shanghaiDay } from '../kernel/clock.js';
import type { FeatureRows } from '../ledger/book-command.js';
import { entryId, type Entry } from '../ledger/domain/entry.js';
import type { ReversalPlan } from '../ledger/reversal.port.js';
import type { Sql } from '../platform/database/sql.js';
import { type ActivityType } from '../policy/domain/activity-types.js';
import { type CreditType } from '../policy/domain/credit-types.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import {
  completionOf,
  freeSeat,
  lockSeats,
  seatsTakenNow,
  storedVisit,
  takeSeat,
  UPSERT_ATTENDANCE,
  UPSERT_COMPLETION,
  visitsOnDays,
  visitsToCourse,
} from './attendance.store.js';
import { evaluateVisit, requireSeat, type Cut, type VisitedSession } from './domain/evaluate-visit.js';
import { requirePassed } from './domain/complete-course.js';
import { pendingBucket, reversalStep } from './domain/visit-postings.js';

/** What an entry of attendance or completion was decided under. */
export interface DecidedUnder {
  pack: PolicyPack;
  activity: ActivityType;
  creditType: CreditType;
}

/**
 * Undoes a visit: its place is free again and it no longer counts for any cap. Done again (by undoing that reversal) it
 * must pass the same gates as a new one, because something else may have taken its time or its place.
 */
export async function reverseVisit(
  sql: Sql,
  entry: Entry,
  isUndoing: boolean,
  under: DecidedUnder & { session: VisitedSession; nowMs: number },
): Promise<ReversalPlan> {
  const { session } = under;
  const visit = await storedVisit(sql, entry.learnerId, session.sessionId);
  if (!visit) throw new Error(`Entry ${entryId(entry.learnerId, entry.version)} has no visit`);
  const isInCourse = entry.postings.some(({ destination }) => destination === pendingBucket(session.courseId));
  const completed = isInCourse ? await completionOf(sql, entry.learnerId, session.courseId) : null;
  if (completed) throw new Refusal('course-already-completed', { entryId: completed.entryId });
  const seats = await lockSeats(sql, [session.sessionId]);
  // A later visit to the same session may have left its own minutes in the row: the entry is the record.
  const { acceptedSeconds, submittedSeconds } = secondsOf(entry);
  const restored: Record<string, string | number | null> = {
    ...visit,
    submitted_seconds: submittedSeconds,
    accepted_seconds: acceptedSeconds,
    version: entry.version,
    recorded_at: entry.recordedAt,
    is_live: 1,
  };
  if (!isUndoing) await requireStillFree(sql, entry.learnerId, restored, seats.get(session.sessionId) ?? 0, under);
  const written = isUndoing ? { ...visit, is_live: 0 } : restored;
  const row: FeatureRows = {
    target: UPSERT_ATTENDANCE,
    rows: [UPSERT_ATTENDANCE.columns.map((column) => written[column] ?? null)],
  };
  return {
    step: reversalStep(entry, under, String(visit['activity_day'])),
    requireRoom(taken) {
      if (isUndoing) return;
      requireSeat(session, (seats.get(session.sessionId) ?? 0) + seatsTakenNow(taken, session.sessionId));
    },
    rows(_, taken) {
      if (session.capacity === null) return [row];
      return [row, isUndoing ? freeSeat(session.sessionId) : takeSeat(taken, session.sessionId)];
    },
  };
}

/** Seconds that a visit was reported with and that counted, as its entry says. */
function secondsOf({ postings, detail }: Entry): { acceptedSeconds: number; submittedSeconds: number } {
  const acceptedSeconds = postings.reduce((sum, { source, amount }) => (source === 'attended' ? sum + amount : sum), 0);
  const { cuts = [] } = (detail ?? {}) as { cuts?: Cut[] };
  return { acceptedSeconds, submittedSeconds: cuts.reduce((sum, { cutSeconds }) => sum + cutSeconds, acceptedSeconds) };
}

async function requireStillFree(
  sql: Sql,
  learnerId: string,
  visit: Record<string, string | number | null>,
  seatsTaken: number,
  { session, activity, pack, nowMs }: DecidedUnder & { session: VisitedSession; nowMs: number },
): Promise<void> {
  const day = String(visit['activity_day']);
  const courseVisits = activity.courseCap ? await visitsToCourse(sql, learnerId, session.courseId) : [];
  const { acceptedSeconds } = evaluateVisit({
    session,
    activity,
    pack,
    submittedSeconds: Number(visit['submitted_seconds']),
    evidence: visit['evidence'] as ActivityType['evidence'][number],
    sameDay: (await visitsOnDays(sql, [{ learnerId, day }])).get(learnerId) ?? [],
    courseSeconds: courseVisits.reduce((sum, other) => sum + other.acceptedSeconds, 0),
    seatsTaken,
    nowMs,
  });
  if (acceptedSeconds !== visit['accepted_seconds']) {
    throw new Refusal('day-cap-reached', { day, limitMinutes: pack.dayCap.seconds / 60 });
  }
}

/** Undoes a completion: its time waits in the course again. Brought back, it must pass its gates again. */
export async function reverseCompletion(
  sql: Sql,
  entry: Entry,
  isUndoing: boolean,
  under: DecidedUnder,
): Promise<ReversalPlan> {
  const courseId = entry.subject ?? '';
  const completed = await completionOf(sql, entry.learnerId, courseId);
  if (!isUndoing && completed) throw new Refusal('course-already-completed', { entryId: completed.entryId });
  const { grade, plannedSessions } = entry.detail as { grade: number | null; plannedSessions: number };
  if (!isUndoing && under.activity.completion) {
    const { length: attendedSessions } = await visitsToCourse(sql, entry.learnerId, courseId);
    requirePassed(under.activity.completion, { plannedSessions, attendedSessions, grade });
  }
  return {
    step: reversalStep(entry, under, shanghaiDay(entry.occurredAt)),
    rows: (reversal) => [
      {
        target: UPSERT_COMPLETION,
        rows: [[entry.learnerId, courseId, grade, entry.version, reversal.recordedAt, isUndoing ? 0 : 1]],
      },
    ],
  };
}
