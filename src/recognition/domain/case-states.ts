import { Refusal } from '../../kernel/refusal.js';

/** Where a case stands. */
export const CASE_STATES = [
  'draft',
  'submitted',
  'preliminarily-approved',
  'before-panel',
  'returned',
  'recognised',
  'rejected',
  'withdrawn',
  'appealed',
  'contested',
  'appeal-dismissed',
  'revoked',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** What can be done to a case. */
export const STEP_NAMES = [
  'entry',
  'batch-recognition',
  'correction',
  'evidence',
  'submission',
  'preliminary-review',
  'panel-vote',
  'final-review',
  'withdrawal',
  'appeal',
  'appeal-decision',
  'revocation',
  'restoration',
] as const;
export type StepName = (typeof STEP_NAMES)[number];

/** Roles that act in a case; the roles of the whole bank are more. */
export type PersonRole = 'learner' | 'provider' | 'registrar' | 'auditor' | 'administrator';

/**
 * In which part somebody acts. Applicants: the learner, or who enters the case for the learner. Reviewers: nobody who has
 * acted for the applicant; two different people in one round. Panellists: the same, each with one vote. Newcomers: nobody
 * who has acted in the case at all, each with one vote where they are a panel.
 */
export type Party = 'applicant' | 'reviewer' | 'panellist' | 'newcomer' | 'bank';

/** One row of the machine: from a state (null: there is no case yet) by a step to any of some states. */
export interface Transition {
  from: CaseState | null;
  step: StepName;
  to: CaseState[];
  party: Party;
  roles: PersonRole[];
}

const APPLICANTS: PersonRole[] = ['learner', 'provider', 'registrar'];
const REVIEWERS: PersonRole[] = ['registrar'];

function applicant(from: CaseState | null, step: StepName, ...to: CaseState[]): Transition {
  return { from, step, to, party: 'applicant', roles: APPLICANTS };
}

function staff(from: CaseState | null, step: StepName, party: Party, ...to: CaseState[]): Transition {
  return { from, step, to, party, roles: REVIEWERS };
}

/** The whole life of a case (DOMAIN REC-1, REC-5). What is not here cannot happen. */
export const TRANSITIONS: Transition[] = [
  applicant(null, 'entry', 'draft'),
  staff(null, 'batch-recognition', 'bank', 'recognised'),
  applicant('draft', 'correction', 'draft'),
  applicant('draft', 'evidence', 'draft'),
  // An item of the catalogue may need nobody to look.
  applicant('draft', 'submission', 'submitted', 'recognised'),
  applicant('draft', 'withdrawal', 'withdrawn'),
  // The first review leads to one final reviewer, to a panel, or for a plain item of the catalogue to the end.
  staff(
    'submitted',
    'preliminary-review',
    'reviewer',
    'preliminarily-approved',
    'before-panel',
    'recognised',
    'returned',
    'rejected',
  ),
  applicant('submitted', 'withdrawal', 'withdrawn'),
  staff('preliminarily-approved', 'final-review', 'reviewer', 'recognised', 'returned', 'rejected'),
  applicant('preliminarily-approved', 'withdrawal', 'withdrawn'),
  staff('before-panel', 'panel-vote', 'panellist', 'before-panel', 'recognised', 'rejected'),
  applicant('before-panel', 'withdrawal', 'withdrawn'),
  applicant('returned', 'correction', 'returned'),
  applicant('returned', 'evidence', 'returned'),
  applicant('returned', 'submission', 'submitted', 'recognised'),
  applicant('returned', 'withdrawal', 'withdrawn'),
  applicant('rejected', 'appeal', 'appealed'),
  applicant('appealed', 'evidence', 'appealed'),
  // One person decides, or a panel vote by vote.
  staff('appealed', 'appeal-decision', 'newcomer', 'appealed', 'recognised', 'appeal-dismissed'),
  // Recognised all the while: the learner disputes the amount, the type or the level.
  applicant('recognised', 'appeal', 'contested'),
  applicant('contested', 'evidence', 'contested'),
  staff('contested', 'appeal-decision', 'newcomer', 'contested', 'recognised'),
  staff('contested', 'revocation', 'bank', 'revoked'),
  staff('recognised', 'revocation', 'bank', 'revoked'),
  staff('revoked', 'restoration', 'bank', 'recognised', 'contested'),
];

/** States in which nothing more can happen. */
export const FINAL_STATES: CaseState[] = ['withdrawn', 'appeal-dismissed'];

/** States in which a case holds its certificate, so that no other case can be submitted for it. */
export const CLAIMING_STATES: CaseState[] = [
  'submitted',
  'preliminarily-approved',
  'before-panel',
  'returned',
  'recognised',
  'appealed',
  'contested',
];

/** States in which what was recognised counts. */
export const COUNTING_STATES: CaseState[] = ['recognised', 'contested'];

/** What is wrong with a table of transitions; empty when it is a machine that cannot get stuck. Asked at start-up. */
export function transitionFaults(transitions: Transition[]): string[] {
  const faults: string[] = [];
  const reached = new Set<CaseState | null>([null]);
  for (let before = 0; before < reached.size;) {
    before = reached.size;
    for (const { from, to } of transitions) if (reached.has(from)) to.forEach((state) => reached.add(state));
  }
  for (const state of CASE_STATES) {
    const leaving = transitions.filter(({ from }) => from === state);
    const moves = leaving.some(({ to }) => to.some((next) => next !== state));
    const isFinal = FINAL_STATES.includes(state);
    if (!reached.has(state)) faults.push(`${state} cannot be reached`);
    if (isFinal && leaving.length > 0) faults.push(`${state} is final and can be left`);
    if (!isFinal && !moves) faults.push(`${state} is a dead end`);
  }
  const seen = new Set<string>();
  for (const { from, step, to, roles } of transitions) {
    const name = `${from ?? 'nothing'} by ${step}`;
    if (roles.length === 0) faults.push(`${name}: nobody may do it`);
    if (to.length === 0) faults.push(`${name}: it leads nowhere`);
    if (seen.has(name)) faults.push(`${name}: it stands twice`);
    seen.add(name);
  }
  for (const step of STEP_NAMES)
    if (!transitions.some((transition) => transition.step === step)) faults.push(`${step} is never possible`);
  return faults;
}

/**
 * The row of the machine for a step. Refuses with `recognition-withdrawn`, `recognition-step-out-of-turn`, or
 * `forbidden` when the role has no part in it.
 */
export function requireTransition(from: CaseState | null, step: StepName, role: PersonRole): Transition {
  const transition = TRANSITIONS.find((candidate) => candidate.from === from && candidate.step === step);
  if (!transition) {
    if (from === 'withdrawn') throw new Refusal('recognition-withdrawn');
    throw new Refusal('recognition-step-out-of-turn', { state: from, step });
  }
  if (!transition.roles.includes(role)) throw new Refusal('forbidden', { role });
  return transition;
}
