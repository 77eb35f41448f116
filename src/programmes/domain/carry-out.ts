import type { OutcomeFacts } from '../../kernel/outcome.js';
import { availableOf, type Lot } from '../../ledger/domain/lots.js';
import {
  activityTypeOf,
  creditTypeOf,
  tariffOf,
  timeBucketOf,
  type PolicyPack,
} from '../../policy/domain/policy-pack.js';
import type { PlanStep, Taken } from './plan-path.js';

/** A learner's credit as far as a plan changes it. */
export interface PlannedBook {
  lots: Lot[];
  sources: Map<number, OutcomeFacts>;
}

/** Study time that waits for its next hundredth, seconds by account and credit type: `time leisure`. */
export type WaitingTime = Map<string, number>;

/**
 * The learner's credit after every step of a plan, done in its order: what the promise is evaluated on. Hours that wait
 * join those of the courses, as they will.
 */
export function carryOut(pack: PolicyPack, before: PlannedBook, waiting: WaitingTime, steps: PlanStep[]): PlannedBook {
  const lots = before.lots.map((lot) => ({ ...lot, buckets: { ...lot.buckets } }));
  const sources = new Map(before.sources);
  const brought = new Map<object, Lot>();
  const time = new Map(waiting);
  const bringIn = (what: object, facts: OutcomeFacts, centi: number, validUntil: string | null) => {
    const number = lots.reduce((highest, { lot }) => Math.max(highest, lot), 0) + 1;
    const version = lots.reduce((highest, lot) => Math.max(highest, lot.version), 0) + 1;
    const lot: Lot = {
      lot: number,
      creditType: facts.creditType,
      version,
      earnedOn: facts.endsOn,
      validUntil,
      fromTime: null,
      recognised: centi,
      buckets: { available: centi },
    };
    lots.push(lot);
    sources.set(number, facts);
    brought.set(what, lot);
  };
  const lotOf = (taken: Taken): Lot => {
    if (taken.from === 'lot') return lots.find(({ lot }) => lot === taken.lot.lot.lot)!;
    return brought.get(taken.from === 'course' ? taken.course : taken.conversion)!;
  };
  for (const step of steps) {
    if (step.do === 'take') {
      bringIn(step.course, step.course.facts, courseCredit(pack, step.course, time), null);
      continue;
    }
    let soonest: string | null = null;
    for (const taken of step.taken) {
      const lot = lotOf(taken);
      if (availableOf(lot) < taken.amountCenti) throw new Error(`The plan takes more of lot ${lot.lot} than there is`);
      lot.buckets['available'] = availableOf(lot) - taken.amountCenti;
      lot.buckets['converted'] = (lot.buckets['converted'] ?? 0) + taken.amountCenti;
      if (lot.validUntil !== null && (soonest === null || lot.validUntil < soonest)) soonest = lot.validUntil;
    }
    bringIn(step.conversion, step.conversion.facts, step.toCenti, soonest);
  }
  return { lots, sources };
}

/** Credit of a course when its hours join what waits in the same account. */
function courseCredit(
  pack: PolicyPack,
  course: { creditCenti: number; creditingSeconds: number; facts: OutcomeFacts },
  time: WaitingTime,
): number {
  const activity = activityTypeOf(pack, course.facts.activityType ?? '')!;
  const creditType = creditTypeOf(pack, course.facts.creditType)!;
  const tariff = tariffOf(pack, activity, creditType);
  if (tariff.kind !== 'per-time' || tariff.rounding !== 'cumulative') return course.creditCenti;
  const account = `${timeBucketOf(tariff)} ${creditType.code}`;
  const seconds = (time.get(account) ?? 0) + course.creditingSeconds;
  const quanta = Math.floor(seconds / tariff.secondsPerQuantum);
  time.set(account, seconds - quanta * tariff.secondsPerQuantum);
  return quanta * tariff.quantumCenti;
}
