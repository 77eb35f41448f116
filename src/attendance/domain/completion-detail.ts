import { shanghaiDay } from '../../kernel/clock.js';

/** What the entry of a completion keeps beside its postings. */
export interface CompletionDetail {
  /** 0–100, or null where no grade was asked. */
  grade: number | null;
  plannedSessions: number;
  /** Study time the course was planned with in all, seconds; entries of before do not say it. */
  plannedSeconds?: number;
  /** First day of the visits; entries of before do not say it. */
  startsOn?: string;
  /** Last day of the course; entries of before do not say it. */
  endsOn?: string;
  /** Level of the course when it was passed; entries of before do not say it. */
  level?: string | null;
}

/**
 * What was decided with a completion, as its entry says it: a session scheduled or a version of the course recorded
 * later moves nothing. An entry of before has no level and its last day is that of the last visit, when it happened.
 */
export function decidedCompletion(
  detail: unknown,
  occurredAt: number,
): { grade: number | null; level: string | null; startsOn: string; endsOn: string } {
  const { grade = null, level = null, ...days } = (detail ?? {}) as Partial<CompletionDetail>;
  const endsOn = days.endsOn ?? shanghaiDay(occurredAt);
  return { grade, level, startsOn: days.startsOn ?? endsOn, endsOn };
}

/**
 * End of a passed course (epoch milliseconds): of its last session that took place up to now, visited or not, because a
 * course ends on the same day for everybody. At least the end of the last visit.
 */
export function endOfCourse(sessionEnds: number[], lastVisitEnd: number, nowMs: number): number {
  return sessionEnds.reduce((last, end) => (end <= nowMs && end > last ? end : last), lastVisitEnd);
}
