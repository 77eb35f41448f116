import { addYears } from '../../kernel/clock.js';
import { Refusal } from '../../kernel/refusal.js';
import { panelFor, type Panel, type PanelSeats, type StandardKind } from '../../policy/domain/panel-rules.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';
import type { CaseState } from './case-states.js';
import { decideWorth, itemOf, rateFor, rawAmount, requireWorth, rulesOf } from './decide-worth.js';
import type { CaseStep, RecognitionCase } from './recognition-case.js';
import { stepsOfRound } from './review-round.js';
import type { ReviewedWorth } from './worth.js';

/** How one member of a panel voted. */
export interface PanelVote {
  vote: 'approved' | 'rejected';
  isExpert: boolean;
}

/** The panel that the first review of this round put the case to, with its numbers of that day; null where there is none. */
export function panelOf(file: Pick<RecognitionCase, 'steps'>): Panel | null {
  const review = stepsOfRound(file).find(({ step }) => step === 'preliminary-review');
  return (review?.detail as { panel?: Panel } | null | undefined)?.panel ?? null;
}

/** Votes of this round, in the order they were given. */
export function votesOf(file: Pick<RecognitionCase, 'steps'>): (CaseStep & { detail: PanelVote })[] {
  return stepsOfRound(file).filter(
    (step): step is CaseStep & { detail: PanelVote } => step.step === 'panel-vote' && step.detail !== null,
  );
}

/**
 * The panel that decides such a case; null where one final reviewer does. Where a panel does, the worth it votes on must
 * be said by then: refuses as `decideWorth` does for this outcome alone (caps of the whole are met at the decision).
 */
export function panelAsked(
  { content }: Pick<RecognitionCase, 'content'>,
  worth: ReviewedWorth | null,
  { pack, today }: { pack: PolicyPack; today: string },
): Panel | null {
  const rules = rulesOf(pack);
  const item = itemOf(rules, content);
  if (item && item.review !== 'two') return null;
  const panelOn = (standard: StandardKind) => panelFor(rules.panels, content.outcomeClass, standard);
  const isOpen = !item && !worth?.creditType;
  // Unsaid worth must not lead past a panel to one reviewer who says it later.
  if (isOpen && (panelOn('rate') ?? panelOn('new'))) throw new Refusal('recognition-worth-missing');
  const rate = rateFor(rules, content, worth?.creditType);
  const isByRate = rate !== undefined && rawAmount(rate, content) !== null && worth?.centi == null;
  const panel = panelOn(item ? 'catalogue' : isByRate ? 'rate' : 'new');
  if (panel) requireWorth(decideWorth({ content, reviewed: worth, pack, earlier: [], today }));
  return panel;
}

/**
 * A vote that may be given. An expert is who has been in the trade for the years the panel asks for. Refuses with
 * `recognition-expert-needed` where the seats that are left are those of experts.
 */
export function takeSeat(
  before: RecognitionCase,
  { vote, expertSince }: { vote: PanelVote['vote']; expertSince: string | null },
  today: string,
): PanelVote {
  return { vote, ...seatOf(requirePanel(before), votesOf(before), expertSince, today) };
}

/** The seat that the next member of a panel takes; refuses as `takeSeat` does. */
export function seatOf(
  { seats, expertSeats, expertYears }: PanelSeats,
  votes: { detail: { isExpert: boolean } }[],
  expertSince: string | null,
  today: string,
): { isExpert: boolean } {
  const isExpert = expertSince !== null && addYears(expertSince, expertYears) <= today;
  const experts = votes.filter(({ detail }) => detail.isExpert).length;
  const left = seats - votes.length;
  if (!isExpert && left <= expertSeats - experts)
    throw new Refusal('recognition-expert-needed', { seats: left, years: expertYears });
  return { isExpert };
}

/** Where a case stands after a vote: undecided while a seat is empty. */
export function stateAfterVote(before: RecognitionCase, { vote }: PanelVote): CaseState {
  const { seats, inFavour } = requirePanel(before);
  const votes = [...votesOf(before).map(({ detail }) => detail.vote), vote];
  if (votes.length < seats) return 'before-panel';
  return votes.filter((each) => each === 'approved').length >= inFavour ? 'recognised' : 'rejected';
}

function requirePanel(file: RecognitionCase): Panel {
  const panel = panelOf(file);
  if (!panel) throw new Error(`The case ${file.recognitionId} is before a panel that nobody put it to`);
  return panel;
}
