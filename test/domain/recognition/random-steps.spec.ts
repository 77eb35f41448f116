import fc from 'fast-check';
import { Refusal } from '../../../src/kernel/refusal.js';
import { CLAIMING_STATES, type StepName } from '../../../src/recognition/domain/case-states.js';
import type { RecognitionCase } from '../../../src/recognition/domain/recognition-case.js';
import { reviewedWorth } from '../../../src/recognition/domain/review-round.js';
import { takeStep, type AskedStep, type ReviewOutcome } from '../../../src/recognition/domain/take-step.js';
import { aDraft, packWith } from './a-case.js';

const RULES = {
  'one final reviewer': { pack: packWith(), worth: null },
  'a panel of three with an expert': {
    pack: packWith((file) => {
      const experts = { seats: 1, years: 5 };
      file.recognition!.panels = [{ code: 'three', name: { zh: '评议', en: 'Panel' }, seats: 3, experts }];
    }),
    worth: { creditType: 'vocational', centi: null, level: null, isAssessed: null },
  },
};
type Rules = (typeof RULES)[keyof typeof RULES];
const START = Date.parse('2024-06-03T01:00:00Z');
const PEOPLE = ['applicant', 'clerk', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'expert', 'other expert'];
const STEPS: StepName[] = [
  'correction',
  'evidence',
  'submission',
  'preliminary-review',
  'panel-vote',
  'panel-vote',
  'final-review',
  'withdrawal',
  'appeal',
  'appeal-decision',
  'revocation',
  'restoration',
];
const REVIEWS: StepName[] = ['preliminary-review', 'panel-vote', 'final-review', 'appeal-decision'];
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

function asked({ step, actor, outcome, isUpheld }: Try, { worth }: Rules): AskedStep {
  const role = actor === 'applicant' ? ('learner' as const) : ('registrar' as const);
  const decided = step === 'appeal-decision' ? (isUpheld ? 'upheld' : 'dismissed') : outcome;
  return {
    ...{ step, actor, role, outcome: REVIEWS.includes(step) ? decided : undefined, reasonCode: 'DETAILS-DIFFER' },
    ...{
      expertSince: actor.endsWith('expert') ? '2015-03-01' : null,
      worth: step === 'preliminary-review' ? worth : null,
    },
  };
}

/** All that could be done of a list of tries, in order. */
function live(list: Try[], rules: Rules): RecognitionCase[] {
  const told = [aDraft()];
  let nowMs = START;
  for (const each of list) {
    nowMs += each.hours * 3_600_000;
    try {
      told.push(takeStep(told.at(-1)!, asked(each, rules), { pack: rules.pack, nowMs }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return told;
}

describe.each(Object.entries(RULES))('any sequence of steps with %s', (_, rules) => {
  it('never has the same reviewer twice in a round, nor a reviewer who acted for the applicant', () => {
    fc.assert(
      fc.property(tries, (list) => {
        const { steps } = live(list, rules).at(-1)!;
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
        const { steps } = live(list, rules).at(-1)!;
        const appeals = steps.filter(({ step }) => step === 'appeal');
        const decisions = steps.filter(
          ({ step, stateAfter }) => REVIEWS.includes(step) && ['recognised', 'rejected'].includes(stateAfter),
        );
        const heard = steps.filter(({ step }) => step === 'appeal-decision');
        const decided = heard.find(({ stateBefore, stateAfter }) => stateAfter !== stateBefore);
        const before = steps.filter(({ step }) => REVIEWS.includes(step) && step !== 'appeal-decision');
        const judges = heard.map(({ actor }) => actor);
        return (
          appeals.length <= 1 &&
          decisions.length <= 1 + (decided?.stateAfter === 'recognised' ? 1 : 0) &&
          new Set(judges).size === judges.length &&
          !before.some(({ actor }) => judges.includes(actor))
        );
      }),
    );
  });

  it('is told without a gap, with the clock running exactly while the bank owes a step', () => {
    fc.assert(
      fc.property(tries, (list) =>
        live(list, rules).every(({ steps, state, dueOn, claim }) => {
          const isChained = steps.every(
            (step, index) =>
              step.sequence === index + 1 &&
              step.stateBefore === (steps[index - 1]?.stateAfter ?? null) &&
              step.recordedAt >= (steps[index - 1]?.recordedAt ?? 0),
          );
          const owes = ['submitted', 'preliminarily-approved', 'before-panel', 'appealed', 'contested'].includes(state);
          return isChained && (dueOn !== null) === owes && (claim === null || CLAIMING_STATES.includes(state));
        }),
      ),
    );
  });

  it('says of worth what the first reviewer has said, and nothing before', () => {
    fc.assert(
      fc.property(tries, (list) =>
        live(list, rules).every((file) => {
          const round = file.steps.slice(file.steps.findLastIndex(({ step }) => step === 'submission'));
          const isReviewed = round.some(({ step }) => step === 'preliminary-review');
          return JSON.stringify(reviewedWorth(file)) === JSON.stringify(isReviewed ? rules.worth : null);
        }),
      ),
    );
  });

  it('recognises by a panel when all have voted and enough are for it, one of them an expert', () => {
    fc.assert(
      fc.property(tries, (list) =>
        live(list, rules).every(({ steps, state }) => {
          const round = steps.slice(steps.findLastIndex(({ step }) => step === 'submission'));
          const votes = round.filter(({ step }) => step === 'panel-vote');
          const isFor = votes.filter(({ detail }) => (detail as { vote: string }).vote === 'approved').length >= 2;
          const after = votes.at(-1)?.stateAfter;
          if (state === 'before-panel') return votes.length < 3;
          if (votes.length < 3) return votes.every(({ stateAfter }) => stateAfter === 'before-panel');
          const hasExpert = votes.some(({ actor }) => actor === 'expert');
          return votes.length === 3 && hasExpert && after === (isFor ? 'recognised' : 'rejected');
        }),
      ),
      { numRuns: 500 },
    );
  });
});
