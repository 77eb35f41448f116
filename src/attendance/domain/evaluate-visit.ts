import { shanghaiDay, toIsoInstant } from '../../kernel/clock.js';
import { Refusal } from '../../kernel/refusal.js';
import type { ActivityType, Evidence } from '../../policy/domain/activity-types.js';
import type { CountedOutcome } from '../../policy/domain/caps.js';
import type { CreditType } from '../../policy/domain/credit-types.js';
import { worthSeconds } from '../../policy/domain/evidence-worth.js';
import { tariffOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import { applyCaps, type Cut } from './apply-caps.js';
import { outcomeOfVisit, type VisitSubject } from './outcome-of.js';
import { incomingVisit } from './visit-postings.js';

/** What a visit is measured against: the session, its approvals and its planned hours. */
export interface VisitedSession extends VisitSubject {
  sessionId: string;
  endsAt: number;
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

/** Everything the gates look at. */
export interface GateCase {
  session: VisitedSession;
  activity: ActivityType;
  pack: Pick<PolicyPack, 'activityTypes'>;
  submittedSeconds: number;
  evidence: Evidence;
  /** Live visits of the same day. */
  sameDay: EarlierVisit[];
  seatsTaken: number;
  nowMs: number;
}

/** Everything the gates and caps look at. */
export interface VisitCase extends GateCase {
  pack: PolicyPack;
  creditType: CreditType;
  /** The learner has passed the course already, so its gate has nothing left to decide. */
  isCoursePassed: boolean;
  /** Earlier learning that caps ask for besides the visits of the day (see `historyNeed`). */
  history: CountedOutcome[];
}

/** Calendar day (Asia/Shanghai) on which a visit counts: the session's first. */
export function activityDay(session: Pick<VisitedSession, 'startsAt'>): string {
  return shanghaiDay(session.startsAt);
}

/**
 * Seconds of a visit that count, with what was cut off, or a refusal. Gates come first (nothing may count), then caps
 * (how much counts), then what the evidence is worth.
 */
export function evaluateVisit(visit: VisitCase): { acceptedSeconds: number; cuts: Cut[] } {
  requireGates(visit);
  const { session, activity, pack, creditType, submittedSeconds, evidence, nowMs } = visit;
  const facts = outcomeOfVisit(session, nowMs);
  const earlier = {
    sameDay: visit.sameDay.map((earlier) => outcomeOnDay(earlier, facts.startsOn)),
    history: visit.history,
  };
  const earns = incomingVisit(activity, tariffOf(pack, activity, creditType), visit.isCoursePassed);
  const { seconds, cuts } = applyCaps(pack, earlier, { facts, seconds: submittedSeconds, ...earns });
  const acceptedSeconds = worthSeconds(pack.evidenceWorth, evidence, seconds);
  if (acceptedSeconds === 0) throw new Refusal('evidence-not-accepted', { evidence });
  if (acceptedSeconds === seconds) return { acceptedSeconds, cuts };
  const worth: Cut = {
    cap: 'evidence',
    worthPercent: pack.evidenceWorth[evidence],
    cutSeconds: seconds - acceptedSeconds,
  };
  return { acceptedSeconds, cuts: [...cuts, worth] };
}

/**
 * Refuses a visit that must not count at all. No credit before approval and none before the session took place
 * (Children's University: never stamp before the activity).
 */
export function requireGates(visit: GateCase): void {
  requireApproval(visit);
  requireOver(visit);
  requirePlausible(visit);
  requireNew(visit);
  requireSeat(visit.session, visit.seatsTaken);
}

/**
 * A visit of the same day as far as its row tells. What it does not tell is not asked by the caps that are counted with
 * these visits: the others are counted with the history.
 */
export function outcomeOnDay({ activityType, acceptedSeconds }: EarlierVisit, day: string): CountedOutcome {
  return {
    origin: 'attendance',
    outcomeClass: 'activity',
    creditType: '',
    activityType,
    item: null,
    title: '',
    provider: null,
    level: null,
    isAssessed: false,
    grade: null,
    startsOn: day,
    endsOn: day,
    postedOn: day,
    seconds: acceptedSeconds,
    centi: 0,
  };
}

function requireApproval({ session }: GateCase): void {
  const day = activityDay(session);
  const check = (code: 'provider-not-approved' | 'course-not-approved', { from, to }: ApprovalPeriod) => {
    if (day < from || (to !== null && day > to)) throw new Refusal(code, { approvedFrom: from, approvedTo: to, day });
  };
  check('provider-not-approved', session.providerApproval);
  check('course-not-approved', session.courseApproval);
}

function requireOver({ session, nowMs }: GateCase): void {
  if (session.endsAt > nowMs) throw new Refusal('session-not-over', { endsAt: toIsoInstant(session.endsAt) });
}

function requirePlausible({ session, activity, submittedSeconds, evidence }: GateCase): void {
  if (!activity.evidence.includes(evidence)) throw new Refusal('evidence-not-accepted', { evidence });
  const sessionSeconds = (session.endsAt - session.startsAt) / 1000;
  if (submittedSeconds > Math.ceil(sessionSeconds / 60) * 60) {
    throw new Refusal('minutes-exceed-session', { sessionMinutes: Math.ceil(sessionSeconds / 60) });
  }
  if (submittedSeconds < activity.minimumVisitSeconds) {
    throw new Refusal('visit-too-short', { minimumMinutes: Math.ceil(activity.minimumVisitSeconds / 60) });
  }
}

function requireNew({ session, activity, pack, sameDay }: GateCase): void {
  const same = sameDay.find(({ sessionId }) => sessionId === session.sessionId);
  if (same) throw new Refusal('attendance-already-recorded', recordedFacts(same));
  if (!activity.isDropIn) {
    const dropIns = new Set(pack.activityTypes.filter(({ isDropIn }) => isDropIn).map(({ code }) => code));
    const clash = sameDay.find(
      (other) => !dropIns.has(other.activityType) && other.startsAt < session.endsAt && session.startsAt < other.endsAt,
    );
    if (clash) throw new Refusal('attendance-overlaps', { entryId: clash.entryId });
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
