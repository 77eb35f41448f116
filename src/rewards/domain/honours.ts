import { matchesOutcome } from '../../policy/domain/outcome-pattern.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';
import type { Benefit } from '../../policy/domain/rewards.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import type { RewardedVisit } from './points.js';

const SECONDS_PER_HOUR = 3_600;

/** A visit as ladders count it: under whichever rules it was decided, hours are hours. */
export type CountedVisit = Omit<RewardedVisit, 'pack'>;

/** Where a learner stands on a ladder. */
export interface LadderStanding {
  code: string;
  name: Named;
  seconds: number;
  reached: { title: Named; seconds: number; day: string }[];
  /** Null at the top. */
  next: { title: Named; seconds: number; missingSeconds: number } | null;
}

/** A benefit and whether its threshold is reached; nothing is spent. */
export interface BenefitStanding extends Benefit {
  /** Points, or full hours. */
  have: number;
  isReached: boolean;
}

/** Standing on every ladder of the rules, by the study time of live visits in the order in which they took place. */
export function ladderStandings(
  { rewards, levelSchemes }: Pick<PolicyPack, 'rewards' | 'levelSchemes'>,
  visits: CountedVisit[],
): LadderStanding[] {
  const inOrder = [...visits].sort((a, b) => a.startsAt - b.startsAt || (a.sessionId < b.sessionId ? -1 : 1));
  return rewards.ladders.map(({ code, name, only, steps }) => {
    let seconds = 0;
    const reached: LadderStanding['reached'] = [];
    for (const visit of inOrder) {
      if (!matchesOutcome(only, visit.outcome, levelSchemes)) continue;
      seconds += visit.seconds;
      for (let step = steps[reached.length]; step && step.seconds <= seconds; step = steps[reached.length]) {
        reached.push({ ...step, day: visit.outcome.startsOn });
      }
    }
    const next = steps[reached.length];
    return { code, name, seconds, reached, next: next ? { ...next, missingSeconds: next.seconds - seconds } : null };
  });
}

/** Every benefit of the rules against what a learner has. */
export function benefitStandings(benefits: Benefit[], points: number, studySeconds: number): BenefitStanding[] {
  return benefits.map((benefit) => {
    const have = benefit.reads === 'points' ? points : Math.floor(studySeconds / SECONDS_PER_HOUR);
    return { ...benefit, have, isReached: have >= benefit.atLeast };
  });
}
