import { Refusal } from '../kernel/refusal.js';
import { shanghaiDay } from '../kernel/clock.js';
import type { FeatureRows } from '../ledger/book-command.js';
import type { AccrualStep } from '../ledger/domain/accrue.js';
import { entryId, type Entry } from '../ledger/domain/entry.js';
import type { ReversalPlan } from '../ledger/reversal.port.js';
import type { Sql } from '../platform/database/sql.js';
import {
  tariffOf,
  timeBucketOf,
  type ActivityType,
  type CreditType,
  type PolicyPack,
} from '../policy/domain/policy-pack.js';
import {
  completionOf,
  lockSeats,
  SET_SEATS,
  storedVisit,
  UPSERT_ATTENDANCE,
  UPSERT_COMPLETION,
  visitsOnDays,
  visitsToCourse,
} from './attendance.store.js';
import { evaluateVisit, type VisitedSession } from './domain/evaluate-visit.js';
import { accrualStep } from './domain/visit-postings.js';

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
  const completed = under.activity.completion ? await completionOf(sql, entry.learnerId, session.courseId) : null;
  if (completed?.isLive) {
    throw new Refusal('course-already-completed', { entryId: entryId(entry.learnerId, completed.version) });
  }
  const taken = (await lockSeats(sql, [session.sessionId])).get(session.sessionId) ?? 0;
  if (!isUndoing) await requireStillFree(sql, entry.learnerId, visit, taken, under);
  const row = UPSERT_ATTENDANCE.columns.map((column) => visit[column] ?? null);
  row[UPSERT_ATTENDANCE.columns.indexOf('version')] = entry.version;
  row[UPSERT_ATTENDANCE.columns.indexOf('is_live')] = isUndoing ? 0 : 1;
  const rows: FeatureRows[] = [{ target: UPSERT_ATTENDANCE, rows: [row] }];
  if (session.capacity !== null) {
    rows.push({ target: SET_SEATS, rows: [[session.sessionId, Math.max(0, taken + (isUndoing ? -1 : 1))]] });
  }
  return { step: stepOf(entry, under, String(visit['activity_day'])), rows: () => rows };
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

/** Undoes a completion: its time waits in the course again. */
export async function reverseCompletion(
  sql: Sql,
  entry: Entry,
  isUndoing: boolean,
  under: DecidedUnder,
): Promise<ReversalPlan> {
  const courseId = entry.subject ?? '';
  const completed = await completionOf(sql, entry.learnerId, courseId);
  if (!isUndoing && completed?.isLive) {
    throw new Refusal('course-already-completed', { entryId: entryId(entry.learnerId, completed.version) });
  }
  const { grade } = entry.detail as { grade: number | null };
  return {
    step: stepOf(entry, under, shanghaiDay(entry.occurredAt)),
    rows: (reversal) => [
      {
        target: UPSERT_COMPLETION,
        rows: [[entry.learnerId, courseId, grade, entry.version, reversal.recordedAt, isUndoing ? 0 : 1]],
      },
    ],
  };
}

/** The step that must be kept whole after the reversal; null when the entry's time never waited for a step. */
function stepOf(entry: Entry, { pack, activity, creditType }: DecidedUnder, day: string): AccrualStep | null {
  const tariff = tariffOf(pack, activity, creditType);
  if (tariff.kind !== 'per-time' || tariff.rounding !== 'cumulative') return null;
  const bucket = timeBucketOf(tariff, creditType);
  const touches = entry.postings.some(({ source, destination }) => source === bucket || destination === bucket);
  return touches ? accrualStep(tariff, creditType, day) : null;
}
