import fc from 'fast-check';
import { Refusal } from '../../../src/kernel/refusal.js';
import { CLAIMING_STATES, type StepName } from '../../../src/recognition/domain/case-states.js';
import type { RecognitionCase } from '../../../src/recognition/domain/recognition-case.js';
import {
  reviewedWorth,
  takeStep,
  type AskedStep,
  type ReviewOutcome,
} from '../../../src/recognition/domain/take-step.js';
import { aDraft, packWith } from './a-case.js';

const pack = packWith();
const START = Date.parse('2024-06-03T01:00:00Z');
const PEOPLE = ['applicant', 'clerk', 'first', 'second', 'third'];
const STEPS: StepName[] = [
  'correction',
  'evidence',
  'submission',
  'preliminary-review',
  'final-review',
  'withdrawal',
  'appeal',
  'appeal-decision',
  'revocation',
  'restoration',
];
const REVIEWS: StepName[] = ['preliminary-review', 'final-review', 'appeal-decision'];
const OUTCOMES: ReviewOutcome[] = ['approved', 'returned', 'rejected'];

interface Try {
  step: StepName;
  actor: string;
  outcome: ReviewOutcome;
  isUpheld: boolean;
  hours: number;
}

const tries = fc.array(
  fc.record({
    step: fc.constantFrom(...STEPS),
    actor: fc.constantFrom(...PEOPLE),
    outcome: fc.constantFrom(...OUTCOMES),
    isUpheld: fc.boolean(),
    hours: fc.integer({ min: 0, max: 200 }),
  }),
  { maxLength: 60 },
);

function asked({ step, actor, outcome, isUpheld }: Try): AskedStep {
  const role = actor === 'applicant' ? ('learner' as const) : ('registrar' as const);
  const decided = step === 'appeal-decision' ? (isUpheld ? 'upheld' : 'dismissed') : outcome;
  return { step, actor, role, outcome: REVIEWS.includes(step) ? decided : undefined, reasonCode: 'DETAILS-DIFFER' };
}

/** All that could be done of a list of tries, in order. */
function live(list: Try[]): RecognitionCase[] {
  const told = [aDraft()];
  let nowMs = START;
  for (const each of list) {
    nowMs += each.hours * 3_600_000;
    try {
      told.push(takeStep(told.at(-1)!, asked(each), { pack, nowMs }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return told;
}

describe('any sequence of steps', () => {
  it('never has the same reviewer twice in a round, nor a reviewer who acted for the applicant', () => {
    fc.assert(
      fc.property(tries, (list) => {
        const { steps } = live(list).at(-1)!;
        let round = new Set<string>();
        const applicants = new Set<string>();
        for (const { step, actor } of steps) {
          if (step === 'submission') round = new Set();
          if (!REVIEWS.includes(step)) {
            if (step !== 'revocation' && step !== 'restoration') applicants.add(actor);
            continue;
          }
          if (round.has(actor) || applicants.has(actor)) return false;
          round.add(actor);
        }
        return true;
      }),
    );
  });

  it('has one decision at a time: recognised after a rejection only by an appeal, once, by somebody new', () => {
    fc.assert(
      fc.property(tries, (list) => {
        const { steps } = live(list).at(-1)!;
        const appeals = steps.filter(({ step }) => step === 'appeal');
        const decisions = steps.filter(
          ({ step, stateAfter }) => REVIEWS.includes(step) && ['recognised', 'rejected'].includes(stateAfter),
        );
        const decided = steps.find(({ step }) => step === 'appeal-decision');
        const before = steps.filter(({ step }) => REVIEWS.includes(step)).filter((step) => step !== decided);
        return (
          appeals.length <= 1 &&
          decisions.length <= 1 + (decided?.stateAfter === 'recognised' ? 1 : 0) &&
          !before.some(({ actor }) => actor === decided?.actor)
        );
      }),
    );
  });

  it('is told without a gap, with the clock running exactly while the bank owes a step', () => {
    fc.assert(
      fc.property(tries, (list) =>
        live(list).every(({ steps, state, dueOn, claim }) => {
          const isChained = steps.every(
            (step, index) =>
              step.sequence === index + 1 &&
              step.stateBefore === (steps[index - 1]?.stateAfter ?? null) &&
              step.recordedAt >= (steps[index - 1]?.recordedAt ?? 0),
          );
          const owes = ['submitted', 'preliminarily-approved', 'appealed'].includes(state);
          return isChained && (dueOn !== null) === owes && (claim === null || CLAIMING_STATES.includes(state));
        }),
      ),
    );
  });

  it('says nothing of worth while no reviewer has', () => {
    fc.assert(fc.property(tries, (list) => live(list).every((file) => reviewedWorth(file) === null)));
  });
});
