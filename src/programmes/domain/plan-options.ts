import { shanghaiDay } from '../../kernel/clock.js';
import type { OutcomeFacts } from '../../kernel/outcome.js';
import { activityTypeOf, creditTypeOf, tariffOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import { completionCenti, sessionSteps, type Tariff } from '../../policy/domain/tariffs.js';
import { shortCap } from '../../policy/domain/short-caps.js';

/** A course of the bank under approval, with the meetings that are still to come. Instants are epoch milliseconds. */
export interface OfferedCourse {
  courseId: string;
  code: string;
  title: string;
  provider: string;
  creditType: string;
  activityType: string;
  level: string | null;
  /** Study time of one session. */
  plannedSeconds: number;
  plannedSessions: number;
  /** Soonest first. */
  sessions: { startsAt: number; endsAt: number }[];
}

/** What a learner has already done in a course. */
export interface CourseAttendance {
  attendedSessions: number;
  acceptedSeconds: number;
  isCompleted: boolean;
}

/** A course that a plan may choose: all that is left of it, to its end. */
export interface PlannableCourse {
  code: string;
  title: string;
  creditType: string;
  sessionsLeft: number;
  /** Study time that is still to come. */
  studySeconds: number;
  creditCenti: number;
  /** Study time of every entry that brings credit, seconds after caps: of each visit, or all of a course that is passed. */
  visits: number[];
  facts: OutcomeFacts;
  /** The meetings that fill what is left; null where too few are scheduled. */
  meetings: { startsAt: number; endsAt: number }[] | null;
}

/** Hundredths of a course by its tariff: of so many visits of so many seconds each, or of the time gathered in all. */
function creditOf(
  tariff: Tariff,
  { course, visits, each, gathered }: { course: OfferedCourse; visits: number; each: number; gathered: number },
): number {
  if (tariff.kind === 'per-visit') return visits * tariff.centiPerVisit;
  if (tariff.kind === 'on-completion') return completionCenti(tariff, course.plannedSeconds * course.plannedSessions);
  const steps =
    tariff.rounding === 'cumulative'
      ? Math.floor(gathered / tariff.secondsPerQuantum)
      : visits * sessionSteps(tariff, each);
  return steps * tariff.quantumCenti;
}

/**
 * What a course would bring by tariff, gate and caps of the pack, or null when it brings nothing (more). Its credit is
 * counted alone, rounded down: waiting time of other courses may add a hundredth, never take one.
 */
export function plannableCourse(
  pack: PolicyPack,
  course: OfferedCourse,
  done: CourseAttendance,
  today: string,
): PlannableCourse | null {
  const activity = activityTypeOf(pack, course.activityType);
  const creditType = creditTypeOf(pack, course.creditType);
  const sessionsLeft = course.plannedSessions - done.attendedSessions;
  if (!activity || !creditType || sessionsLeft <= 0 || done.isCompleted) return null;
  const { completion, minimumVisitSeconds } = activity;
  const [visitCap, courseCap, dayCap] = (['visit', 'course', 'day'] as const).map((form) =>
    shortCap(pack, form, activity.code),
  );
  let each = course.plannedSeconds;
  for (const cap of [visitCap, dayCap]) {
    if (cap && each > cap.limit.amount && cap.whenOver === 'refuse') return null;
    each = Math.min(each, cap?.limit.amount ?? each);
  }
  if (each < minimumVisitSeconds) return null;
  const room = courseCap ? courseCap.limit.amount - done.acceptedSeconds : Infinity;
  const visits = courseCap?.whenOver === 'refuse' ? Math.min(sessionsLeft, Math.floor(room / each)) : sessionsLeft;
  const seconds = Math.min(visits * each, Math.max(0, room));
  const tariff = tariffOf(pack, activity, creditType);
  const earlier = completion ? done.acceptedSeconds : 0;
  const creditCenti = creditOf(tariff, { course, visits, each, gathered: earlier + seconds });
  if (creditCenti === 0) return null;
  const meetings = course.sessions.length < sessionsLeft ? null : course.sessions.slice(0, sessionsLeft);
  const day = meetings ? shanghaiDay(meetings.at(-1)!.endsAt) : today;
  return {
    code: course.code,
    title: course.title,
    creditType: creditType.code,
    sessionsLeft,
    studySeconds: sessionsLeft * course.plannedSeconds,
    creditCenti,
    visits: completion ? [earlier + seconds] : visitsOf(visits, each, seconds),
    meetings,
    facts: {
      origin: 'attendance',
      outcomeClass: completion ? 'course' : 'activity',
      creditType: creditType.code,
      activityType: activity.code,
      item: course.code,
      title: course.title,
      provider: course.provider,
      level: course.level,
      isAssessed: completion !== null,
      grade: completion?.gradeMinimum ?? null,
      startsOn: day,
      endsOn: day,
      postedOn: day,
    },
  };
}

/** Seconds of each visit; the last ones are cut where the course has no more room. */
function visitsOf(visits: number, each: number, seconds: number): number[] {
  return Array.from({ length: visits }, (_, index) => Math.max(0, Math.min(each, seconds - index * each)));
}
