import { accrue, creditIn, type AccrualStep } from '../../ledger/domain/accrue.js';
import type { Posting, PostingDraft } from '../../ledger/domain/entry.js';
import { addYears } from '../../kernel/clock.js';
import { type ActivityType } from '../../policy/domain/activity-types.js';
import { type CreditType } from '../../policy/domain/credit-types.js';
import { tariffOf, timeBucketOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import { sessionSteps, type Tariff, type TimeTariff } from '../../policy/domain/tariffs.js';
import type { Incoming } from './apply-caps.js';
import { earnedBy } from './outcome-of.js';

/** A visit whose seconds have passed gates and caps. */
export interface AcceptedVisit {
  pack: PolicyPack;
  activity: ActivityType;
  creditType: CreditType;
  courseId: string;
  acceptedSeconds: number;
  /** The learner has passed the course already, so its gate has nothing left to decide. */
  isCoursePassed: boolean;
  /** Day of the activity. */
  day: string;
}

/** Account in which the time of a gated course waits until the course is passed. */
export function pendingBucket(courseId: string): string {
  return `pending/${courseId}`;
}

/** The step under which time of this kind becomes credit, dated for what is earned on `day`. */
export function accrualStep(tariff: TimeTariff, creditType: CreditType, day: string): AccrualStep {
  return {
    timeBucket: timeBucketOf(tariff),
    creditType: creditType.code,
    secondsPerQuantum: tariff.secondsPerQuantum,
    quantumCenti: tariff.quantumCenti,
    ...lotDates(creditType, day),
  };
}

/** Every step under which study time gathers by these rules: one for each tariff and type of credit, dated for `day`. */
export function gatheringSteps(pack: PolicyPack, day: string): AccrualStep[] {
  return pack.creditTypes.flatMap((creditType) =>
    pack.tariffs.flatMap((tariff) =>
      tariff.kind === 'per-time' && tariff.rounding === 'cumulative' ? [accrualStep(tariff, creditType, day)] : [],
    ),
  );
}

/** Course whose time waits in an account; null for every other account. */
export function courseOfBucket(bucket: string): string | null {
  return bucket.startsWith('pending/') ? bucket.slice('pending/'.length) : null;
}

/** When a lot was earned and the last day it can be used. */
export function lotDates(creditType: CreditType, day: string): { earnedOn: string; validUntil: string | null } {
  const { validityYears } = creditType;
  return { earnedOn: day, validUntil: validityYears === null ? null : addYears(day, validityYears) };
}

/**
 * Postings of an accepted visit: the time attended, and the credit it completes. `timeBefore` gives the balance of a
 * time account before this visit, in seconds.
 * Promise (DOMAIN invariant 15): time moved to `accrued` plus time left in the account is the time attended.
 */
export function visitPostings(visit: AcceptedVisit, timeBefore: (bucket: string) => number): PostingDraft[] {
  const { pack, activity, creditType, acceptedSeconds, day } = visit;
  const attend = (bucket: string): PostingDraft => ({
    source: 'attended',
    destination: bucket,
    creditType: creditType.code,
    amount: acceptedSeconds,
  });
  if (activity.completion && !visit.isCoursePassed) return [attend(pendingBucket(visit.courseId))];

  const tariff = tariffOf(pack, activity, creditType);
  const bucket = timeBucketOf(tariff);
  if (tariff.kind === 'per-visit') {
    return [
      attend(bucket),
      { source: bucket, destination: 'accrued', creditType: creditType.code, amount: acceptedSeconds },
      creditIn({ creditType: creditType.code, ...lotDates(creditType, day) }, tariff.centiPerVisit),
    ];
  }
  // The course's credit was given once, when it was passed: what comes after stays on record as time.
  if (tariff.kind === 'on-completion') return [attend(bucket)];
  return [attend(bucket), ...creditOfTime(tariff, creditType, acceptedSeconds, timeBefore(bucket), day)];
}

/** What a visit earns, for caps of credit: nothing as long as its course must still be passed. */
export function incomingVisit(
  activity: ActivityType,
  tariff: Tariff,
  isCoursePassed: boolean,
): Pick<Incoming, 'earns' | 'secondsFor'> {
  const waits = activity.completion !== null && !isCoursePassed;
  if (waits || tariff.kind === 'on-completion') return { earns: () => ({ centi: 0 }), secondsFor: () => 0 };
  if (tariff.kind === 'per-visit') return { earns: () => ({ centi: tariff.centiPerVisit }), secondsFor: () => 0 };
  const bucket = timeBucketOf(tariff);
  return {
    earns: (seconds) => earnedBy(bucket, seconds, sessionSteps(tariff, seconds) * tariff.quantumCenti),
    secondsFor: (centi) => Math.floor(centi / tariff.quantumCenti) * tariff.secondsPerQuantum,
  };
}

function creditOfTime(
  tariff: TimeTariff,
  creditType: CreditType,
  visitSeconds: number,
  timeBeforeSeconds: number,
  day: string,
): PostingDraft[] {
  const step = accrualStep(tariff, creditType, day);
  const { secondsPerQuantum, quantumCenti } = step;
  if (tariff.rounding === 'cumulative') {
    const quanta = Math.floor((timeBeforeSeconds + visitSeconds) / secondsPerQuantum);
    return quanta > 0 ? accrue(step, quanta) : [];
  }
  const quanta = sessionSteps(tariff, visitSeconds);
  if (quanta === 0) return [];
  // Rounded up, a visit is used up whole; what a visit does not fill stays in the account as recorded time.
  const usedSeconds = Math.min(visitSeconds, quanta * secondsPerQuantum);
  return [
    { source: step.timeBucket, destination: 'accrued', creditType: creditType.code, amount: usedSeconds },
    creditIn(step, quanta * quantumCenti),
  ];
}

/**
 * The step that must be kept whole when an entry of a visit or completion is undone; null when the entry's time never
 * waited for a step. `day` dates credit that comes in anew.
 */
export function reversalStep(
  { postings }: { postings: Posting[] },
  { pack, activity, creditType }: Pick<AcceptedVisit, 'pack' | 'activity' | 'creditType'>,
  day: string,
): AccrualStep | null {
  const tariff = tariffOf(pack, activity, creditType);
  if (tariff.kind !== 'per-time' || tariff.rounding !== 'cumulative') return null;
  const bucket = timeBucketOf(tariff);
  const touches = postings.some(({ source, destination }) => source === bucket || destination === bucket);
  return touches ? accrualStep(tariff, creditType, day) : null;
}
