import { Refusal } from '../kernel/refusal.js';
import type { FeatureRows } from '../ledger/book-command.js';
import { entryId, type Entry } from '../ledger/domain/entry.js';
import type { ReversalPlan } from '../ledger/reversal.port.js';
import type { Sql } from '../platform/database/sql.js';
import { type ActivityType } from '../policy/domain/activity-types.js';
import { type CreditType } from '../policy/domain/credit-types.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import type { CompletionInput } from './complete-course.command.js';
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
import { historyNeed, requireWithinCaps, type Cut } from './domain/apply-caps.js';
import { outcomeOnDay, requireGates, requireSeat, type VisitedSession } from './domain/evaluate-visit.js';
import { decidedCompletion, type CompletionDetail } from './domain/completion-detail.js';
import { requirePassed } from './domain/complete-course.js';
import { earnedBy, outcomeOfCompletion, outcomeOfVisit } from './domain/outcome-of.js';
import { requireNoDuplicate } from './domain/require-no-duplicate.js';
import { pendingBucket, reversalStep } from './domain/visit-postings.js';
import { readCompletions, readHistory } from './learning-history.store.js';
import { recognisedTitles } from './recognised-titles.js';

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
  if (!isUndoing) await requireStillFree(sql, entry, restored, seats.get(session.sessionId) ?? 0, under);
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

/** A visit that comes back passes the gates again and fits under every cap as it is: it is not cut a second time. */
async function requireStillFree(
  sql: Sql,
  entry: Entry,
  visit: Record<string, string | number | null>,
  seatsTaken: number,
  { session, activity, pack, nowMs }: DecidedUnder & { session: VisitedSession; nowMs: number },
): Promise<void> {
  const { learnerId } = entry;
  const sameDay = (await visitsOnDays(sql, [{ learnerId, day: String(visit['activity_day']) }])).get(learnerId) ?? [];
  requireGates({
    session,
    activity,
    pack,
    submittedSeconds: Number(visit['submitted_seconds']),
    evidence: visit['evidence'] as ActivityType['evidence'][number],
    sameDay,
    seatsTaken,
    nowMs,
  });
  const facts = outcomeOfVisit(session, entry.recordedAt);
  const history = await readHistory(
    sql,
    learnerId,
    historyNeed(pack, () => facts),
    session.courseId,
  );
  const { acceptedSeconds: seconds } = secondsOf(entry);
  requireWithinCaps(
    pack,
    { sameDay: sameDay.map((other) => outcomeOnDay(other, facts.startsOn)), history },
    { ...facts, seconds, ...earnedBy(attendedTo(entry), seconds, issuedCenti(entry)) },
  );
}

/** Account that the study time of a visit went to. */
function attendedTo({ postings }: Entry): string {
  return postings.find(({ source }) => source === 'attended')?.destination ?? '';
}

function issuedCenti({ postings }: Entry): number {
  return postings.reduce((sum, { source, amount }) => (source === 'issued' ? sum + amount : sum), 0);
}

/** Undoes a completion: its time waits in the course again. Brought back, it must pass its gates again. */
export async function reverseCompletion(
  sql: Sql,
  entry: Entry,
  isUndoing: boolean,
  under: DecidedUnder & Pick<CompletionInput, 'course' | 'sources'>,
): Promise<ReversalPlan> {
  const courseId = entry.subject ?? '';
  const completed = await completionOf(sql, entry.learnerId, courseId);
  if (!isUndoing && completed) throw new Refusal('course-already-completed', { entryId: completed.entryId });
  const { grade, plannedSessions } = entry.detail as Pick<CompletionDetail, 'grade' | 'plannedSessions'>;
  if (!isUndoing && under.activity.completion) {
    const { length: attendedSessions } = await visitsToCourse(sql, entry.learnerId, courseId);
    requirePassed(under.activity.completion, { plannedSessions, attendedSessions, grade });
    await requireRoomForCompletion(sql, entry, under);
  }
  return {
    step: reversalStep(entry, under, decidedCompletion(entry.detail, entry.occurredAt).endsOn),
    rows: (reversal) => [
      {
        target: UPSERT_COMPLETION,
        rows: [[entry.learnerId, courseId, grade, entry.version, reversal.recordedAt, isUndoing ? 0 : 1]],
      },
    ],
  };
}

/** A completion that comes back fits under every cap as it is, and no course of the same title took its place. */
async function requireRoomForCompletion(
  sql: Sql,
  entry: Entry,
  { course, pack, sources }: DecidedUnder & Pick<CompletionInput, 'course' | 'sources'>,
): Promise<void> {
  if (pack.titleRules.whenDuplicate === 'refuse')
    requireNoDuplicate(
      pack.titleRules,
      course,
      await readCompletions(sql, entry.learnerId),
      await recognisedTitles(sql, entry.learnerId, sources),
    );
  const decided = decidedCompletion(entry.detail, entry.occurredAt);
  const facts = outcomeOfCompletion({ ...course, ...decided }, entry.recordedAt);
  const history = await readHistory(
    sql,
    entry.learnerId,
    historyNeed(pack, () => facts),
    course.courseId,
  );
  const joined = entry.postings.find(({ destination }) => destination.startsWith('time/'));
  const earned = earnedBy(joined?.destination ?? '', joined?.amount ?? 0, issuedCenti(entry));
  requireWithinCaps(pack, { sameDay: [], history }, { ...facts, seconds: 0, ...earned });
}
