import { shanghaiDay, toIsoInstant } from '../../kernel/clock.js';
import { Refusal } from '../../kernel/refusal.js';
import type { ActivityType, Evidence, TimeCap } from '../../policy/domain/activity-types.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';

/** What a visit is measured against: the session, its approvals and its planned hours. */
export interface VisitedSession {
  sessionId: string;
  startsAt: number;
  endsAt: number;
  activityType: string;
  courseId: string;
  capacity: number | null;
  providerApproval: ApprovalPeriod;
  courseApproval: ApprovalPeriod;
}

/** Days on which credit may be earned, both included; an open end is null. */
export interface ApprovalPeriod {
  from: string;
  to: string | null;
}

/** A visit already in the learner's book and not reversed. */
export interface EarlierVisit {
  sessionId: string;
  courseId: string;
  activityType: string;
  startsAt: number;
  endsAt: number;
  acceptedSeconds: number;
  submittedSeconds: number;
  /** Its public entry id and when it was recorded, for the sentence that names it. */
  entryId: string;
  recordedAt: number;
}

/** Everything the gates and caps look at. */
export interface VisitCase {
  session: VisitedSession;
  activity: ActivityType;
  pack: Pick<PolicyPack, 'dayCap' | 'activityTypes'>;
  submittedSeconds: number;
  evidence: Evidence;
  /** Live visits of the same day. */
  sameDay: EarlierVisit[];
  /** Study time already accepted for this course on any day; looked at only under a course cap. */
  courseSeconds: number;
  seatsTaken: number;
  nowMs: number;
}

/** A limit that cut something off: named in the entry so that the number can be explained. */
export interface Cut {
  cap: 'visit' | 'course' | 'day';
  limitSeconds: number;
  usedSeconds: number;
  cutSeconds: number;
}

/** Calendar day (Asia/Shanghai) on which a visit counts: the session's first. */
export function activityDay(session: Pick<VisitedSession, 'startsAt'>): string {
  return shanghaiDay(session.startsAt);
}

/**
 * Seconds of a visit that count, with what was cut off, or a refusal. Gates come first (nothing may count), then caps
 * (how much counts) in the order visit, course, day. No credit before approval and none before the session took place
 * (Children's University: never stamp before the activity).
 */
export function evaluateVisit(visit: VisitCase): { acceptedSeconds: number; cuts: Cut[] } {
  requireApproval(visit);
  requireOver(visit);
  requirePlausible(visit);
  requireNew(visit);
  requireSeat(visit.session, visit.seatsTaken);
  return applyCaps(visit);
}

function requireApproval({ session }: VisitCase): void {
  const day = activityDay(session);
  const check = (code: 'provider-not-approved' | 'course-not-approved', { from, to }: ApprovalPeriod) => {
    if (day < from || (to !== null && day > to)) throw new Refusal(code, { approvedFrom: from, approvedTo: to, day });
  };
  check('provider-not-approved', session.providerApproval);
  check('course-not-approved', session.courseApproval);
}

function requireOver({ session, nowMs }: VisitCase): void {
  if (session.endsAt > nowMs) throw new Refusal('session-not-over', { endsAt: toIsoInstant(session.endsAt) });
}

function requirePlausible({ session, activity, submittedSeconds, evidence }: VisitCase): void {
  if (!activity.evidence.includes(evidence)) throw new Refusal('evidence-not-accepted', { evidence });
  const sessionSeconds = (session.endsAt - session.startsAt) / 1000;
  if (submittedSeconds > Math.ceil(sessionSeconds / 60) * 60) {
    throw new Refusal('minutes-exceed-session', { sessionMinutes: Math.ceil(sessionSeconds / 60) });
  }
  if (submittedSeconds < activity.minimumVisitSeconds) {
    throw new Refusal('visit-too-short', { minimumMinutes: Math.ceil(activity.minimumVisitSeconds / 60) });
  }
}

function requireNew({ session, activity, pack, sameDay }: VisitCase): void {
  const same = sameDay.find(({ sessionId }) => sessionId === session.sessionId);
  if (same) throw new Refusal('attendance-already-recorded', recordedFacts(same));
  if (!activity.isDropIn) {
    const dropIns = new Set(pack.activityTypes.filter(({ isDropIn }) => isDropIn).map(({ code }) => code));
    const clash = sameDay.find(
      (other) => !dropIns.has(other.activityType) && other.startsAt < session.endsAt && session.startsAt < other.endsAt,
    );
    if (clash) throw new Refusal('attendance-overlaps', { entryId: clash.entryId });
  }
  const used = sameDay.filter(({ activityType }) => activityType === activity.code).length;
  if (activity.visitsPerDay !== null && used >= activity.visitsPerDay) {
    throw new Refusal('visits-per-day-reached', { day: activityDay(session), used, limit: activity.visitsPerDay });
  }
}

/** Facts of an earlier record of the same visit; also used to answer a repeated row. */
export function recordedFacts(earlier: EarlierVisit): { minutes: number; entryId: string; recordedAt: string } {
  return {
    minutes: earlier.submittedSeconds / 60,
    entryId: earlier.entryId,
    recordedAt: toIsoInstant(earlier.recordedAt),
  };
}

/** Refuses with `session-full` when every place is taken; a session without a capacity has room for everybody. */
export function requireSeat({ capacity }: Pick<VisitedSession, 'capacity'>, seatsTaken: number): void {
  if (capacity !== null && seatsTaken >= capacity) throw new Refusal('session-full', { capacity });
}

function applyCaps({ session, activity, pack, submittedSeconds, sameDay, courseSeconds }: VisitCase): {
  acceptedSeconds: number;
  cuts: Cut[];
} {
  const day = activityDay(session);
  const daySeconds = sameDay.reduce((sum, { acceptedSeconds }) => sum + acceptedSeconds, 0);
  const cuts: Cut[] = [];
  let accepted = submittedSeconds;
  const apply = (name: Cut['cap'], cap: TimeCap | null, usedSeconds: number, refusal: () => Refusal) => {
    if (!cap) return;
    const leftSeconds = Math.max(0, cap.seconds - usedSeconds);
    if (accepted <= leftSeconds) return;
    if (cap.whenOver === 'refuse' || leftSeconds === 0) throw refusal();
    cuts.push({ cap: name, limitSeconds: cap.seconds, usedSeconds, cutSeconds: accepted - leftSeconds });
    accepted = leftSeconds;
  };
  const facts = (cap: TimeCap | null, usedSeconds: number) => ({
    day,
    usedMinutes: Math.floor(usedSeconds / 60),
    limitMinutes: Math.floor((cap?.seconds ?? 0) / 60),
  });
  apply(
    'visit',
    activity.visitCap,
    0,
    () => new Refusal('minutes-out-of-range', { limit: facts(activity.visitCap, 0).limitMinutes }),
  );
  apply(
    'course',
    activity.courseCap,
    courseSeconds,
    () => new Refusal('course-cap-reached', facts(activity.courseCap, courseSeconds)),
  );
  apply('day', pack.dayCap, daySeconds, () => new Refusal('day-cap-reached', facts(pack.dayCap, daySeconds)));
  return { acceptedSeconds: accepted, cuts };
}
