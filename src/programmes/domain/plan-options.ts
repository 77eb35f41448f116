import { shanghaiDay } from '../../kernel/clock.js';
import type { OutcomeFacts } from '../../kernel/outcome.js';
import { isRuleInForce } from '../../policy/domain/conversion-rules.js';
import {
  activityTypeOf,
  creditTypeOf,
  programmeOf,
  tariffOf,
  type PolicyPack,
} from '../../policy/domain/policy-pack.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import { completionCenti, sessionSteps, type Tariff } from '../../policy/domain/tariffs.js';
import { shortCap } from '../../policy/domain/short-caps.js';
import { simpleRule, type SimpleRule } from '../../policy/domain/simple-rules.js';

/** A course of the bank under approval, with the meetings that are still to come. Instants are epoch milliseconds. */
export interface OfferedCourse {
  courseId: string;
  code: string;
  title: string;
  provider: string;
  creditType: string;
  activityType: string;
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
  /** Study time behind that credit, seconds: after caps, with what already waits in the course. */
  creditingSeconds: number;
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
    creditingSeconds: earlier + seconds,
    meetings,
    facts: {
      origin: 'attendance',
      outcomeClass: completion ? 'course' : 'activity',
      creditType: creditType.code,
      activityType: activity.code,
      item: course.code,
      title: course.title,
      provider: course.provider,
      level: null,
      isAssessed: completion !== null,
      grade: completion?.gradeMinimum ?? null,
      startsOn: day,
      endsOn: day,
      postedOn: day,
    },
  };
}

/** A conversion that a plan may choose: whole steps of a ratio, under limits. */
export interface PlannableConversion {
  code: string;
  name: Named;
  from: string;
  to: string;
  /** Hundredths of one step. */
  fromStepCenti: number;
  toStepCenti: number;
  /** Hundredths of the target type that may still come in; conversions with the same `limitGroup` share it. */
  leftCenti: number;
  limitGroup: string | null;
  /** What rules may ask of the lot that comes in. */
  facts: OutcomeFacts;
}

/**
 * The simple conversion rules of a pack as a plan sees them: the one place where the planner knows their shape. Rules that
 * ask for more (an approval, whole outcomes, a level, caps of their own …) are left out. `usedCenti` gives what live conversions have already brought under the limit of a rule.
 */
export function plannableConversions(
  pack: PolicyPack,
  usedCenti: (rule: SimpleRule) => number,
  today: string,
): PlannableConversion[] {
  return pack.conversionRules.flatMap((rule): PlannableConversion[] => {
    const simple = simpleRule(rule);
    if (!simple || !isRuleInForce(rule, today)) return [];
    const { code, name, from, to, ratio, cap } = simple;
    const [source, target] = [creditTypeOf(pack, from)?.category, creditTypeOf(pack, to)?.category];
    if (source === 'leisure' && target === 'degree') return [];
    const divisor = greatestCommonDivisor(ratio.from, ratio.to);
    const whole = cap && programmeOf(pack, cap.programme)?.totalCenti;
    const limit = cap ? Math.floor(((whole ?? 0) * cap.numerator) / cap.denominator) : Infinity;
    return [
      {
        code,
        name,
        from,
        to,
        fromStepCenti: ratio.from / divisor,
        toStepCenti: ratio.to / divisor,
        leftCenti: cap ? Math.max(0, limit - usedCenti(simple)) : Infinity,
        limitGroup: cap ? `${cap.programme} ${to}` : null,
        facts: convertedFacts(to, name.zh, today),
      },
    ];
  });
}

function convertedFacts(creditType: string, title: string, today: string): OutcomeFacts {
  return {
    origin: 'conversion',
    outcomeClass: 'unformatted',
    creditType,
    activityType: null,
    item: null,
    title,
    provider: null,
    level: null,
    isAssessed: false,
    grade: null,
    startsOn: today,
    endsOn: today,
    postedOn: today,
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
