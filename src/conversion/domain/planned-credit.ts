import { activityTypeOf, creditTypeOf, tariffOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import type { ShortCap } from '../../policy/domain/caps.js';
import { shortCap } from '../../policy/domain/short-caps.js';
import { completionCenti, sessionSteps, type Tariff } from '../../policy/domain/tariffs.js';

/** A course as it is planned. */
export interface PlannedCourse {
  activityType: string;
  creditType: string;
  /** Study time of one session, seconds. */
  plannedSeconds: number;
  sessions: number;
}

/** What a course would bring when all of it is attended, and passed where that is asked. */
export interface PlannedCredit {
  seconds: number;
  centi: number;
  /** True: it counts only once the course is passed. */
  isGated: boolean;
}

/**
 * Study time and credit of a planned course under the tariff of its activity, from an empty remainder: caps of the visit and
 * of the course are applied, those of the day are not, because the days are not known. Null when the pack does not know its
 * activity or type.
 */
export function plannedCredit(pack: PolicyPack, course: PlannedCourse): PlannedCredit | null {
  const activity = activityTypeOf(pack, course.activityType);
  const creditType = creditTypeOf(pack, course.creditType);
  if (!activity || !creditType) return null;
  const limit = (form: ShortCap) => shortCap(pack, form, activity.code)?.limit.amount ?? Infinity;
  const each = Math.min(course.plannedSeconds, limit('visit'), limit('day'));
  const seconds = Math.min(each * course.sessions, limit('course'));
  const tariff = tariffOf(pack, activity, creditType);
  const isGated = activity.completion !== null;
  return { seconds, centi: creditOf(tariff, { ...course, seconds, each }), isGated };
}

function creditOf(
  tariff: Tariff,
  { plannedSeconds, seconds, each, sessions }: PlannedCourse & { seconds: number; each: number },
): number {
  if (tariff.kind === 'per-visit') return tariff.centiPerVisit * sessions;
  if (tariff.kind === 'on-completion') return completionCenti(tariff, plannedSeconds * sessions);
  const { secondsPerQuantum, quantumCenti, rounding } = tariff;
  if (rounding === 'cumulative') return Math.floor(seconds / secondsPerQuantum) * quantumCenti;
  return sessionSteps(tariff, each) * quantumCenti * sessions;
}
