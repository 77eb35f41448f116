import { shanghaiDay } from '../../kernel/clock.js';
import type { OutcomeFacts } from '../../kernel/outcome.js';
import { rateOfBucket } from '../../kernel/study-time.js';
import type { CountedOutcome } from '../../policy/domain/caps.js';

/** What rules may ask of a visit, besides when it was. */
export interface VisitSubject {
  creditType: string;
  activityType: string;
  level: string | null;
  courseCode: string;
  courseTitle: string;
  providerCode: string;
  startsAt: number;
}

/** What was learnt at a session: attended, not assessed. */
export function outcomeOfVisit(session: VisitSubject, recordedAt: number): OutcomeFacts {
  // A session begins and ends on one day (see `session-times`), and midnight is its end.
  const day = shanghaiDay(session.startsAt);
  return {
    origin: 'attendance',
    outcomeClass: 'activity',
    creditType: session.creditType,
    activityType: session.activityType,
    item: session.courseCode,
    title: session.courseTitle,
    provider: session.providerCode,
    level: session.level,
    isAssessed: false,
    grade: null,
    startsOn: day,
    endsOn: day,
    postedOn: shanghaiDay(recordedAt),
  };
}

/** A course as its completion counts it, with its first and last day. */
export interface CompletionSubject {
  creditType: string;
  activityType: string;
  level: string | null;
  code: string;
  title: string;
  providerCode: string;
  startsOn: string;
  endsOn: string;
  grade: number | null;
}

/** What was learnt in a course that was passed: assessed, with the grade where one was given. */
export function outcomeOfCompletion(course: CompletionSubject, recordedAt: number): OutcomeFacts {
  return {
    origin: 'attendance',
    outcomeClass: 'course',
    creditType: course.creditType,
    activityType: course.activityType,
    item: course.code,
    title: course.title,
    provider: course.providerCode,
    level: course.level,
    isAssessed: true,
    grade: course.grade,
    startsOn: course.startsOn,
    endsOn: course.endsOn,
    postedOn: shanghaiDay(recordedAt),
  };
}

/**
 * What study time earned, as caps of credit count it, from its postings: time that gathers by its seconds, because one
 * hundredth may belong to several visits; other time by the credit it brought. Time that waits for a course earns nothing.
 */
export function earnedBy(
  bucket: string,
  seconds: number,
  issuedCenti: number,
): Pick<CountedOutcome, 'centi' | 'gathered'> {
  const rate = rateOfBucket(bucket);
  return rate ? { centi: 0, gathered: { seconds, ...rate } } : { centi: issuedCenti };
}
