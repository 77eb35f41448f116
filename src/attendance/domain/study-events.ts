import type { Evidence } from '../../policy/domain/activity-types.js';
import type { VisitedSession } from './evaluate-visit.js';

/** Something that happened to a learner's study time. */
export interface StudyEvent {
  /** Version of the entry it left in the book: the order in which things happened. */
  version: number;
  recordedAt: number;
}

/** A visit as it was reported, whatever the rules then made of it. */
export interface StudyVisit extends StudyEvent {
  kind: 'visit';
  session: Omit<VisitedSession, 'capacity' | 'providerApproval' | 'courseApproval'>;
  submittedSeconds: number;
  evidence: Evidence;
}

/** A course said to be passed. */
export interface StudyCompletion extends StudyEvent {
  kind: 'completion';
  courseId: string;
  code: string;
  title: string;
  providerCode: string;
  activityType: string;
  creditType: string;
  level: string | null;
  /** Last day of the course as the entry keeps it; null where it does not: then that of the last visit. */
  endsOn: string | null;
  plannedSessions: number;
  /** Study time the course was planned with in all, seconds. */
  plannedSeconds: number;
  grade: number | null;
}

/** An entry undone: a visit, a completion, or what undid one. */
export interface StudyReversal extends StudyEvent {
  kind: 'reversal';
  reverses: number;
}

/** What happened to a learner's study time, in the order of the book. */
export type StudyHistory = (StudyVisit | StudyCompletion | StudyReversal)[];
