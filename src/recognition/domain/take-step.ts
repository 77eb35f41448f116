import { shanghaiDay } from '../../kernel/clock.js';
import { Refusal } from '../../kernel/refusal.js';
import { policyVersion, type PolicyPack } from '../../policy/domain/policy-pack.js';
import type { ReasonUse, RecognitionRules } from '../../policy/domain/recognition-rules.js';
import { appealResult, appealVotesOf, voteOnAppeal, type AppealVote } from './appeal-panel.js';
import { clockAfter } from './case-clock.js';
import { CLAIMING_STATES, requireTransition, TRANSITIONS, type CaseState } from './case-states.js';
import type { PersonRole, StepName } from './case-states.js';
import { worthCheck } from './check-item.js';
import { decideWorth, itemOf, rulesOf } from './decide-worth.js';
import { objectionsOf, requireNone } from './objections.js';
import { panelAsked, stateAfterVote, takeSeat, type PanelVote } from './panel.js';
import { requireOpenPanel, requirePerson } from './require-person.js';
import type { CaseStep, OutcomeContent, RecognitionCase } from './recognition-case.js';
import { REVIEW_STEPS, reviewedWorth, withLaterWord } from './review-round.js';
import { submissionMistakes, type OnRecord } from './submission-mistakes.js';
import type { ReviewedWorth } from './worth.js';
import { addDays } from './review-clock.js';

/** What a reviewer or a newcomer decided. */
export type ReviewOutcome = 'approved' | 'returned' | 'rejected' | 'upheld' | 'dismissed';

/** A step that somebody asks for. */
export interface AskedStep {
  step: StepName;
  actor: string;
  role: PersonRole;
  /** Since when the actor has been in their trade, where they are an expert of it. */
  expertSince?: string | null;
  /** Of reviews, votes and appeal decisions. */
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
  /** Of a submission: what the records say; left out where it is only asked which way the step goes. */
  onRecord?: OnRecord;
}

/**
 * The case after a step; the case given stays as it is. Refuses, in this order: a step that is not its turn, a role that
 * has no part in it, a person who must not act, and what the step itself asks for. When the new state is `recognised`,
 * what it is worth is still to be decided (`decideWorth`).
 */
export function takeStep(before: RecognitionCase, asked: AskedStep, context: StepContext): RecognitionCase {
  const { step, actor, role } = asked;
  requireOpenPanel(before, step);
  const { party } = requireTransition(before.state, step, role);
  requirePerson(before, party, actor);
  requireReason(asked, rulesOf(context.pack));
  const today = shanghaiDay(context.nowMs);
  if (step === 'submission') requireNone(submissionMistakes(before, context.pack, today, context.onRecord ?? null));
  if (step === 'appeal') requireAppealable(before, context.pack, today);
  const said = saidOf(before, asked, { ...context, today });
  const state = nextState(before, asked, said, context.pack);
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
    detail: said,
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

/** What a step keeps besides who took it and when: the worth a reviewer names, the panel it goes to, a vote, what was corrected. */
function saidOf(before: RecognitionCase, asked: AskedStep, context: StepContext & { today: string }): unknown {
  const { step, outcome, worth = null, detail } = asked;
  switch (step) {
    case 'correction':
      return { before: before.content };
    case 'preliminary-review': {
      if (outcome === 'approved') requireWorthNamed(before, worth, context);
      const panel = outcome === 'approved' ? panelAsked(before, worth, context) : null;
      return panel ? { ...worth, panel } : worth;
    }
    case 'final-review': {
      const earlier = reviewedWorth(before);
      const panel =
        outcome === 'approved' && worth
          ? panelAsked(before, earlier ? withLaterWord(earlier, worth) : worth, context)
          : null;
      // What one reviewer adds must not make it a case for a panel that was never asked.
      if (panel)
        throw new Refusal('recognition-panel-needed', {
          panel: panel.code,
          nameZh: panel.name.zh,
          nameEn: panel.name.en,
        });
      return worth;
    }
    case 'panel-vote':
      return takeSeat(
        before,
        { vote: outcome === 'approved' ? 'approved' : 'rejected', expertSince: asked.expertSince ?? null },
        context.today,
      );
    case 'appeal-decision': {
      const { expertSince = null } = asked;
      const vote = voteOnAppeal(before, { isUpheld: outcome === 'upheld', worth, expertSince }, context);
      if (!vote) return detail ?? worth;
      // Who is against it names no worth.
      return vote.vote === 'upheld' ? { ...worth, ...vote } : vote;
    }
    default:
      return detail ?? worth;
  }
}

/** A worth that the item does not have, or that the rules would never give, is told to who names it, not to the one after. */
function requireWorthNamed(
  { content }: RecognitionCase,
  reviewed: ReviewedWorth | null,
  { pack, today }: { pack: PolicyPack; today: string },
): void {
  const item = itemOf(rulesOf(pack), content);
  const { checks } = decideWorth({ content, reviewed, pack, earlier: [], today });
  // What one reviewer leaves open the next may say.
  const named = checks.filter(
    ({ check, code }) =>
      check !== 'item' && check !== 'validity' && check !== 'cap' && code !== 'recognition-worth-missing',
  );
  requireNone(objectionsOf(item ? [worthCheck(item, reviewed)] : reviewed ? named : []));
}

/** The state a step leads to; the machine says which are possible. */
function nextState(before: RecognitionCase, { step, outcome }: AskedStep, said: unknown, pack: PolicyPack): CaseState {
  const review = itemOf(rulesOf(pack), before.content)?.review ?? 'two';
  const state = ((): CaseState => {
    switch (step) {
      case 'submission':
        return review === 'automatic' ? 'recognised' : 'submitted';
      case 'preliminary-review':
        if (review !== 'two') return reviewed(outcome, 'recognised');
        return reviewed(outcome, hasPanel(said) ? 'before-panel' : 'preliminarily-approved');
      case 'panel-vote':
        return stateAfterVote(before, said as PanelVote);
      case 'final-review':
        return reviewed(outcome, 'recognised');
      case 'withdrawal':
        return 'withdrawn';
      case 'appeal':
        return before.state === 'recognised' ? 'contested' : 'appealed';
      case 'appeal-decision':
        return stateAfterAppeal(
          before,
          isAppealVote(said) ? appealResult([...appealVotesOf(before), { detail: said }]) : outcome,
        );
      case 'revocation':
        return 'revoked';
      case 'restoration':
        // An appeal that was being heard goes on.
        return before.steps.at(-1)?.stateBefore ?? 'recognised';
      default:
        return before.state;
    }
  })();
  const row = TRANSITIONS.find(({ from, step: name }) => from === before.state && name === step);
  if (!row?.to.includes(state)) throw new RangeError(`${step} cannot lead from ${before.state} to ${state}`);
  return state;
}

/** What was recognised stays so when the appeal against it is dismissed. */
function stateAfterAppeal({ state }: RecognitionCase, result: ReviewOutcome | 'open' | undefined): CaseState {
  if (result === 'open') return state;
  return result === 'upheld' || state === 'contested' ? 'recognised' : 'appeal-dismissed';
}

function isAppealVote(said: unknown): said is AppealVote {
  return typeof said === 'object' && said !== null && 'vote' in said;
}

function reviewed(outcome: ReviewOutcome | undefined, approved: CaseState): CaseState {
  return outcome === 'returned' || outcome === 'rejected' ? outcome : approved;
}

function hasPanel(said: unknown): boolean {
  return typeof said === 'object' && said !== null && 'panel' in said;
}

const REASONED: Partial<Record<ReviewOutcome, ReasonUse>> = {
  returned: 'returned',
  rejected: 'rejected',
  dismissed: 'dismissed',
};

/** To return, reject or dismiss needs a reason; where the rules list reasons, one of theirs, and else a comment. */
function requireReason({ outcome, reasonCode, comment }: AskedStep, { reasons }: RecognitionRules): void {
  const use = outcome && REASONED[outcome];
  if (!use) return;
  const codes = reasons.filter((reason) => reason.for.includes(use)).map(({ code }) => code);
  const isGiven = codes.length === 0 ? Boolean(comment ?? reasonCode) : codes.includes(reasonCode ?? '');
  if (isGiven) return;
  throw new Refusal('recognition-reason-needed', {
    reasons: codes.join(', '),
    ...(codes.length === 0
      ? { how: '写明理由（comment）', howEn: 'say why in a comment' }
      : {
          how: `写明规则包中的理由代码，可用：${codes.join('、')}`,
          howEn: `give a reason code of the rules: ${codes.join(', ')}`,
        }),
  });
}

/** Steps that decide by the rules what is recognised, and do not only bring back what was. */
const DECIDING_STEPS: StepName[] = [...REVIEW_STEPS, 'submission', 'batch-recognition'];

/** One appeal, within the days after the decision (DOMAIN REC-5). */
function requireAppealable({ steps }: RecognitionCase, pack: PolicyPack, today: string): void {
  if (steps.some(({ step }) => step === 'appeal')) throw new Refusal('recognition-appeal-used');
  const { appealWithinDays: days } = rulesOf(pack);
  const decided = steps.findLast(
    ({ step, stateAfter }) =>
      DECIDING_STEPS.includes(step) && (stateAfter === 'rejected' || stateAfter === 'recognised'),
  );
  const lastDay = addDays(shanghaiDay(decided?.recordedAt ?? 0), days);
  if (today > lastDay) throw new Refusal('recognition-appeal-too-late', { days, lastDay });
}
