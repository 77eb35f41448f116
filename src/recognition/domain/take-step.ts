import { shanghaiDay } from '../../kernel/clock.js';
import { Refusal } from '../../kernel/refusal.js';
import { addWorkingDays } from '../../policy/domain/calendar.js';
import { policyVersion, type PolicyPack } from '../../policy/domain/policy-pack.js';
import type { ReasonUse, RecognitionRules } from '../../policy/domain/recognition-rules.js';
import { CLAIMING_STATES, requireTransition, TRANSITIONS, type CaseState, type Party } from './case-states.js';
import type { PersonRole, StepName } from './case-states.js';
import { checkItem } from './check-item.js';
import { itemOf, rulesOf } from './decide-worth.js';
import type { CaseStep, OutcomeContent, RecognitionCase } from './recognition-case.js';
import type { ReviewedWorth } from './worth.js';
import { addDays, reviewDue, workingDaysLeft } from './review-clock.js';

/** What a reviewer or a newcomer decided. */
export type ReviewOutcome = 'approved' | 'returned' | 'rejected' | 'upheld' | 'dismissed';

/** A step that somebody asks for. */
export interface AskedStep {
  step: StepName;
  actor: string;
  role: PersonRole;
  /** Of reviews and appeal decisions. */
  outcome?: ReviewOutcome;
  comment?: string | null;
  reasonCode?: string | null;
  /** Of reviews: what the outcome is worth in the reviewer's eyes. */
  worth?: ReviewedWorth | null;
  /** Of a correction: what the case says from now on. */
  content?: OutcomeContent;
  /** Of evidence: which file. */
  detail?: unknown;
}

/** Rules and time a step is taken under. */
export interface StepContext {
  pack: PolicyPack;
  nowMs: number;
}

/**
 * The case after a step; the case given stays as it is. Refuses, in this order: a step that is not its turn, a role that
 * has no part in it, a person who must not act, and what the step itself asks for. When the new state is `recognised`,
 * what it is worth is still to be decided (`decideWorth`).
 */
export function takeStep(before: RecognitionCase, asked: AskedStep, context: StepContext): RecognitionCase {
  const { step, actor, role } = asked;
  const { party } = requireTransition(before.state, step, role);
  requirePerson(before, party, actor);
  requireReason(asked, rulesOf(context.pack));
  const today = shanghaiDay(context.nowMs);
  if (step === 'submission') requireComplete(before, context.pack, today);
  if (step === 'appeal') requireInTime(before, context.pack, today);
  const state = nextState(before, asked, context.pack);
  const taken: CaseStep = {
    sequence: before.steps.length + 1,
    step,
    stateBefore: before.state,
    stateAfter: state,
    actor,
    role,
    recordedAt: Math.max(context.nowMs, before.steps.at(-1)?.recordedAt ?? 0),
    comment: asked.comment ?? null,
    reasonCode: asked.reasonCode ?? null,
    policyVersion: policyVersion(context.pack),
    detail: asked.detail ?? (step === 'correction' ? { before: before.content } : (asked.worth ?? null)),
  };
  return {
    ...before,
    ...clockAfter(before, state, { ...context, today }),
    state,
    content: asked.content ?? before.content,
    policyVersion: step === 'submission' ? policyVersion(context.pack) : before.policyVersion,
    claim: CLAIMING_STATES.includes(state) ? before.claim : null,
    steps: [...before.steps, taken],
  };
}

/** The state a step leads to; the machine says which are possible. */
function nextState(before: RecognitionCase, { step, outcome }: AskedStep, pack: PolicyPack): CaseState {
  const review = itemOf(rulesOf(pack), before.content)?.review ?? 'two';
  const state = ((): CaseState => {
    switch (step) {
      case 'submission':
        return review === 'automatic' ? 'recognised' : 'submitted';
      case 'preliminary-review':
        return reviewed(outcome, review === 'two' ? 'preliminarily-approved' : 'recognised');
      case 'final-review':
        return reviewed(outcome, 'recognised');
      case 'withdrawal':
        return 'withdrawn';
      case 'appeal':
        return 'appealed';
      case 'appeal-decision':
        return outcome === 'upheld' ? 'recognised' : 'appeal-dismissed';
      case 'revocation':
        return 'revoked';
      case 'restoration':
        return 'recognised';
      default:
        return before.state;
    }
  })();
  const row = TRANSITIONS.find(({ from, step: name }) => from === before.state && name === step);
  if (!row?.to.includes(state)) throw new RangeError(`${step} cannot lead from ${before.state} to ${state}`);
  return state;
}

function reviewed(outcome: ReviewOutcome | undefined, approved: CaseState): CaseState {
  return outcome === 'returned' || outcome === 'rejected' ? outcome : approved;
}

/** Steps by which somebody acts for the applicant. */
const APPLICANT_STEPS: StepName[] = ['entry', 'correction', 'evidence', 'submission', 'appeal', 'withdrawal'];
const REVIEW_STEPS: StepName[] = ['preliminary-review', 'final-review', 'appeal-decision'];

/** Nobody reviews a case of their own, nobody makes both reviews of one round, an appeal needs somebody new. */
function requirePerson({ steps }: RecognitionCase, party: Party, actor: string): void {
  if (party !== 'reviewer' && party !== 'newcomer') return;
  const own = steps.filter((step) => step.actor === actor);
  if (own.some(({ step }) => APPLICANT_STEPS.includes(step))) throw new Refusal('recognition-own-application');
  const round = steps.findLastIndex(({ step }) => step === 'submission');
  const reviews = (from: number) => own.some((each) => REVIEW_STEPS.includes(each.step) && each.sequence > from);
  if (party === 'newcomer' && reviews(0)) throw new Refusal('recognition-appeal-not-new');
  if (party === 'reviewer' && reviews(round + 1)) throw new Refusal('recognition-same-reviewer');
}

const REASONED: Partial<Record<ReviewOutcome, ReasonUse>> = {
  returned: 'returned',
  rejected: 'rejected',
  dismissed: 'dismissed',
};

/** To return, reject or dismiss needs a reason; where the rules list reasons, one of theirs. */
function requireReason({ outcome, reasonCode }: AskedStep, { reasons }: RecognitionRules): void {
  const use = outcome && REASONED[outcome];
  if (!use) return;
  const codes = reasons.filter((reason) => reason.for.includes(use)).map(({ code }) => code);
  if (reasonCode && (codes.length === 0 || codes.includes(reasonCode))) return;
  throw new Refusal('recognition-reason-needed', { reasons: codes.join(', ') });
}

/** A case is whole before it is handed in: what can be known then is refused then, not after three weeks. */
function requireComplete({ content, evidence }: RecognitionCase, pack: PolicyPack, today: string): void {
  const rules = rulesOf(pack);
  if (content.outcomeClass === 'certificate' && content.certificateNumber === null)
    throw new Refusal('certificate-number-missing');
  if (content.obtainedOn > today) throw new Refusal('outcome-not-yet-obtained', { obtainedOn: content.obtainedOn });
  const checks = content.item === null ? [] : checkItem(content, itemOf(rules, content), null);
  const failed = checks.find(({ isPassed }) => !isPassed);
  if (failed) throw new Refusal(failed.code!, failed.facts);
  if (evidence.length < rules.evidenceAtLeast) {
    throw new Refusal('recognition-evidence-missing', { needed: rules.evidenceAtLeast, given: evidence.length });
  }
}

function requireInTime({ steps }: RecognitionCase, pack: PolicyPack, today: string): void {
  const { appealWithinDays: days } = rulesOf(pack);
  const decided = steps.findLast(
    ({ stateAfter, stateBefore }) => stateAfter === 'rejected' && stateBefore !== 'rejected',
  );
  const lastDay = addDays(shanghaiDay(decided?.recordedAt ?? 0), days);
  if (today > lastDay) throw new Refusal('recognition-appeal-too-late', { days, lastDay });
}

/** The clock runs while the bank owes a step: it starts when the case is handed in and stands while the applicant has it. */
function clockAfter(
  before: RecognitionCase,
  state: CaseState,
  { pack, today }: { pack: PolicyPack; today: string },
): Pick<RecognitionCase, 'dueOn' | 'daysLeft'> {
  const { reviewDays, appealDays } = rulesOf(pack);
  if (state === before.state) return { dueOn: before.dueOn, daysLeft: before.daysLeft };
  switch (state) {
    case 'submitted':
      return { dueOn: reviewDue(pack.calendar, today, reviewDays, before.daysLeft), daysLeft: null };
    case 'preliminarily-approved':
      return { dueOn: before.dueOn, daysLeft: null };
    case 'returned':
      return { dueOn: null, daysLeft: workingDaysLeft(pack.calendar, today, before.dueOn ?? today) };
    case 'appealed':
      return { dueOn: addWorkingDays(pack.calendar, today, appealDays), daysLeft: null };
    default:
      return { dueOn: null, daysLeft: null };
  }
}

/** What the last reviewers of this round say it is worth; a later word replaces an earlier one, field by field. */
export function reviewedWorth({ steps }: Pick<RecognitionCase, 'steps'>): ReviewedWorth | null {
  const round = steps.findLastIndex(({ step }) => step === 'submission');
  const said = steps
    .slice(round + 1)
    .filter(({ step }) => REVIEW_STEPS.includes(step))
    .flatMap(({ detail }) => (detail === null ? [] : [detail as ReviewedWorth]));
  if (said.length === 0) return null;
  return {
    creditType: said.findLast(({ creditType }) => creditType !== null)?.creditType ?? null,
    centi: said.findLast(({ centi }) => centi !== null)?.centi ?? null,
    level: said.findLast(({ level }) => level !== null)?.level ?? null,
    isAssessed: said.findLast(({ isAssessed }) => isAssessed !== null)?.isAssessed ?? null,
  };
}
