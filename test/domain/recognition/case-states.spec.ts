import { Refusal } from '../../../src/kernel/refusal.js';
import {
  CASE_STATES,
  FINAL_STATES,
  requireTransition,
  STEP_NAMES,
  transitionFaults,
  TRANSITIONS,
  type CaseState,
  type PersonRole,
  type StepName,
  type Transition,
} from '../../../src/recognition/domain/case-states.js';

const ROLES: PersonRole[] = ['learner', 'provider', 'registrar', 'auditor', 'administrator'];
const L: PersonRole[] = ['learner', 'provider', 'registrar'];
const R: PersonRole[] = ['registrar'];

/** Every state and step by which somebody may leave it, written a second time by hand. */
const ALLOWED: [CaseState | null, StepName, PersonRole[]][] = [
  [null, 'entry', L],
  [null, 'batch-recognition', R],
  ['draft', 'correction', L],
  ['draft', 'evidence', L],
  ['draft', 'submission', L],
  ['draft', 'withdrawal', L],
  ['submitted', 'preliminary-review', R],
  ['submitted', 'withdrawal', L],
  ['preliminarily-approved', 'final-review', R],
  ['preliminarily-approved', 'withdrawal', L],
  ['before-panel', 'panel-vote', R],
  ['before-panel', 'withdrawal', L],
  ['returned', 'correction', L],
  ['returned', 'evidence', L],
  ['returned', 'submission', L],
  ['returned', 'withdrawal', L],
  ['rejected', 'appeal', L],
  ['appealed', 'evidence', L],
  ['appealed', 'appeal-decision', R],
  ['recognised', 'appeal', L],
  ['contested', 'evidence', L],
  ['contested', 'appeal-decision', R],
  ['contested', 'revocation', R],
  ['recognised', 'revocation', R],
  ['revoked', 'restoration', R],
];

const EVERY = [null, ...CASE_STATES].flatMap((from) =>
  STEP_NAMES.flatMap((step) => ROLES.map((role) => [from, step, role] as const)),
);

describe('the states of a case', () => {
  it('make a machine that cannot get stuck', () => {
    expect(transitionFaults(TRANSITIONS)).toEqual([]);
  });

  it.each(EVERY)('from %s by %s for a %s are as the table says', (from, step, role) => {
    const row = ALLOWED.find(([state, name]) => state === from && name === step);
    const refusal = ((): string | null => {
      try {
        requireTransition(from, step, role);
        return null;
      } catch (error) {
        return (error as Refusal).code;
      }
    })();
    const outOfTurn = from === 'withdrawn' ? 'recognition-withdrawn' : 'recognition-step-out-of-turn';
    expect(refusal).toBe(!row ? outOfTurn : row[2].includes(role) ? null : 'forbidden');
  });

  const without = (from: CaseState | null, step: StepName): Transition[] =>
    TRANSITIONS.filter((row) => row.from !== from || row.step !== step);
  const changed = (from: CaseState, step: StepName, change: Partial<Transition>): Transition[] =>
    TRANSITIONS.map((row) => (row.from === from && row.step === step ? { ...row, ...change } : row));

  it.each<[string, Transition[], string]>([
    ['a state that cannot be reached', without('rejected', 'appeal'), 'appealed cannot be reached'],
    ['a dead end', without('rejected', 'appeal'), 'rejected is a dead end'],
    [
      'a step nobody may take',
      changed('submitted', 'preliminary-review', { roles: [] }),
      'submitted by preliminary-review: nobody may do it',
    ],
    [
      'a step that leads nowhere',
      changed('returned', 'withdrawal', { to: [] }),
      'returned by withdrawal: it leads nowhere',
    ],
    ['a step that stands twice', [...TRANSITIONS, TRANSITIONS[2]!], 'draft by correction: it stands twice'],
    ['a step that is never possible', without('revoked', 'restoration'), 'restoration is never possible'],
    [
      'a way out of an end',
      [...TRANSITIONS, { from: 'withdrawn', step: 'submission', to: ['submitted'], party: 'applicant', roles: L }],
      'withdrawn is final and can be left',
    ],
  ])('are refused with %s', (_, transitions, fault) => {
    expect(transitionFaults(transitions)).toContain(fault);
  });

  it('end in two states only', () => {
    expect(FINAL_STATES).toEqual(['withdrawn', 'appeal-dismissed']);
  });
});
