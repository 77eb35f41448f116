import { accrue, type AccrualStep } from '../../ledger/domain/accrue.js';
import type { PostingDraft } from '../../ledger/domain/entry.js';
import { Refusal } from '../../kernel/refusal.js';
import type { CompletionGate } from '../../policy/domain/activity-types.js';

/** Percent of the planned sessions that must be attended in a course of this length (Seoul: 80 % of 5, 70 % of 10). */
export function requiredPercent(gate: CompletionGate, plannedSessions: number): number {
  return gate.attendance.find(({ upToSessions }) => plannedSessions <= upToSessions)?.percent ?? gate.otherwisePercent;
}

/** Refuses unless enough sessions were attended and the grade, where one is asked, is high enough. */
export function requirePassed(
  gate: CompletionGate,
  course: { plannedSessions: number; attendedSessions: number; grade: number | null },
): void {
  const { plannedSessions, attendedSessions, grade } = course;
  const percent = requiredPercent(gate, plannedSessions);
  if (attendedSessions === 0 || attendedSessions * 100 < percent * plannedSessions) {
    throw new Refusal('attendance-gate-not-met', {
      attended: attendedSessions,
      planned: plannedSessions,
      requiredPercent: percent,
    });
  }
  if (gate.gradeMinimum !== null && (grade === null || grade < gate.gradeMinimum)) {
    throw new Refusal('grade-gate-not-met', { requiredGrade: gate.gradeMinimum });
  }
}

/**
 * Postings of a passed course: its waiting time joins the learner's other time of this tariff, and every full step
 * becomes credit. Nothing is lost: what does not fill a step stays as time.
 */
export function completionPostings(
  pending: { bucket: string; seconds: number },
  step: AccrualStep,
  timeBeforeSeconds: number,
): PostingDraft[] {
  if (pending.seconds === 0)
    throw new Refusal('attendance-gate-not-met', { attended: 0, planned: 0, requiredPercent: 0 });
  const quanta = Math.floor((timeBeforeSeconds + pending.seconds) / step.secondsPerQuantum);
  return [
    { source: pending.bucket, destination: step.timeBucket, creditType: step.creditType, amount: pending.seconds },
    ...(quanta > 0 ? accrue(step, quanta) : []),
  ];
}
