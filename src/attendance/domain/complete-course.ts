import { accrue, creditIn } from '../../ledger/domain/accrue.js';
import type { PostingDraft } from '../../ledger/domain/entry.js';
import { formatCredit } from '../../kernel/credit.js';
import type { OutcomeFacts } from '../../kernel/outcome.js';
import { Refusal } from '../../kernel/refusal.js';
import type { CompletionGate } from '../../policy/domain/activity-types.js';
import type { CountedOutcome } from '../../policy/domain/caps.js';
import type { CreditType } from '../../policy/domain/credit-types.js';
import { timeBucketOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import { completionCenti, sessionSteps, type Tariff } from '../../policy/domain/tariffs.js';
import { applyCaps, capRefusal, cutFacts, type CapRules, type Cut, type Incoming, useOf } from './apply-caps.js';
import { earnedBy } from './outcome-of.js';
import { accrualStep, lotDates } from './visit-postings.js';

/** Percent of the planned sessions that must be attended in a course of this length (Seoul: 80 % of 5, 70 % of 10). */
export function requiredPercent(gate: CompletionGate, plannedSessions: number): number {
  const steps = gate.attendance.filter(({ upToSessions }) => plannedSessions <= upToSessions);
  // Packs published before their order was checked may have steps in any order.
  return steps.sort((a, b) => a.upToSessions - b.upToSessions)[0]?.percent ?? gate.otherwisePercent;
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

/** A passed course whose waiting time is to become credit. */
export interface PassedCourse {
  pack: PolicyPack;
  tariff: Tariff;
  creditType: CreditType;
  /** Account in which the time waits, and how much waits there. */
  pending: { bucket: string; seconds: number };
  /** Study time of each visit that waits, seconds. */
  visitSeconds: number[];
  /** Study time the course was planned with in all, seconds. */
  plannedSeconds: number;
  facts: OutcomeFacts;
  /** Earlier learning that the caps ask for. */
  history: CountedOutcome[];
}

/**
 * Postings of a passed course, with what caps of credit cut off. Under a tariff of gathering time the waiting time joins
 * the learner's other time and every full step becomes credit; nothing is lost but what a cap leaves waiting for ever.
 * Under any other tariff the credit is that of the visits one by one, or of the course, and the time behind it is accrued.
 */
export function completionPostings(
  course: PassedCourse,
  timeBefore: (bucket: string) => number,
): { postings: PostingDraft[]; cuts: Cut[] } {
  const { pack, tariff, creditType, pending, facts, history } = course;
  if (pending.seconds === 0)
    throw new Refusal('attendance-gate-not-met', { attended: 0, planned: 0, requiredPercent: 0 });
  if (tariff.kind === 'per-time' && tariff.rounding === 'cumulative') {
    const step = accrualStep(tariff, creditType, facts.endsOn);
    const earns = incomingCompletion(step.timeBucket);
    const { seconds, cuts } = applyCaps(pack, { sameDay: [], history }, { facts, seconds: pending.seconds, ...earns });
    const quanta = Math.floor((timeBefore(step.timeBucket) + seconds) / step.secondsPerQuantum);
    const join = { source: pending.bucket, destination: step.timeBucket, creditType: creditType.code, amount: seconds };
    return { postings: [join, ...(quanta > 0 ? accrue(step, quanta) : [])], cuts };
  }
  const { usedSeconds, centi, unitCenti } = worthOf(course);
  const capped = capCredit(pack, history, facts, centi, unitCenti);
  const move = (destination: string, amount: number): PostingDraft[] =>
    amount > 0 ? [{ source: pending.bucket, destination, creditType: creditType.code, amount }] : [];
  return {
    postings: [
      ...move(timeBucketOf(tariff), pending.seconds - usedSeconds),
      ...move('accrued', usedSeconds),
      ...(capped.centi > 0
        ? [creditIn({ creditType: creditType.code, ...lotDates(creditType, facts.endsOn) }, capped.centi)]
        : []),
    ],
    cuts: capped.cuts,
  };
}

/** Credit of a course under a tariff that does not gather, the waiting time behind it, and what it is cut in. */
function worthOf({ tariff, visitSeconds, pending, plannedSeconds }: PassedCourse): {
  usedSeconds: number;
  centi: number;
  unitCenti: number;
} {
  if (tariff.kind === 'per-visit')
    return { usedSeconds: pending.seconds, centi: visitSeconds.length * tariff.centiPerVisit, unitCenti: 1 };
  if (tariff.kind === 'on-completion') {
    const unitCenti = tariff.secondsPerQuantum === null ? 1 : tariff.quantumCenti;
    return { usedSeconds: pending.seconds, centi: completionCenti(tariff, plannedSeconds), unitCenti };
  }
  const steps = visitSeconds.map((seconds) => sessionSteps(tariff, seconds));
  const used = visitSeconds.map((seconds, index) => Math.min(seconds, steps[index]! * tariff.secondsPerQuantum));
  return {
    usedSeconds: sum(used),
    centi: sum(steps) * tariff.quantumCenti,
    unitCenti: tariff.quantumCenti,
  };
}

/** What caps leave of the credit of a course, in whole units. */
function capCredit(
  rules: CapRules,
  history: CountedOutcome[],
  facts: OutcomeFacts,
  wholeCenti: number,
  unitCenti: number,
): { centi: number; cuts: Cut[] } {
  const cuts: Cut[] = [];
  let centi = wholeCenti;
  for (const cap of rules.caps) {
    const use = useOf(cap, rules, { sameDay: [], history }, facts);
    if (!use || cap.limit.unit === 'second') continue;
    if (cap.limit.unit === 'count' ? use.left > 0 : centi <= use.left) continue;
    const left = cap.limit.unit === 'count' ? 0 : Math.floor(use.left / unitCenti) * unitCenti;
    if (cap.whenOver === 'refuse' || left === 0) throw capRefusal(use, facts);
    cuts.push({ ...cutFacts(use), cutSeconds: 0, cutCredit: formatCredit(centi - left) });
    centi = left;
  }
  return { centi, cuts };
}

/** Time of a course that was passed is no new study time: it was counted with its visits. */
function incomingCompletion(bucket: string): Pick<Incoming, 'earns' | 'secondsFor' | 'isCountedTime'> {
  return { earns: (seconds) => earnedBy(bucket, seconds, 0), secondsFor: () => 0, isCountedTime: true };
}

function sum(amounts: number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
