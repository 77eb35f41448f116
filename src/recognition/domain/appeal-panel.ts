import { Refusal } from '../../kernel/refusal.js';
import type { Panel, PanelSeats } from '../../policy/domain/panel-rules.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';
import { decideAnew } from './decide-anew.js';
import { panelAsked, panelOf, seatOf } from './panel.js';
import type { CaseStep, RecognitionCase } from './recognition-case.js';
import { reviewedWorth, withLaterWord } from './review-round.js';
import type { ReviewedWorth } from './worth.js';

/** The panel that hears an appeal, with its numbers of that day. */
export interface AppealPanel extends PanelSeats {
  code: string;
}

/** How one member of it voted, and the panel as it stood with that vote. */
export interface AppealVote {
  vote: 'upheld' | 'dismissed';
  isExpert: boolean;
  panel: AppealPanel;
}

/** Votes on the appeal of a case, in the order they were given; none where one person decides it. */
export function appealVotesOf({ steps }: Pick<RecognitionCase, 'steps'>): (CaseStep & { detail: AppealVote })[] {
  return steps.filter(
    (step): step is CaseStep & { detail: AppealVote } =>
      step.step === 'appeal-decision' && (step.detail as Partial<AppealVote> | null)?.vote !== undefined,
  );
}

/** The panel that hears the appeal as far as it is known: that of the last vote, or before there is one that of the old decision. */
export function appealPanelOf(file: Pick<RecognitionCase, 'steps'>): AppealPanel | null {
  const first = panelOf(file);
  return appealVotesOf(file).at(-1)?.detail.panel ?? (first && onAppeal(first));
}

/** Numbers of a panel when it hears an appeal; cases of before there was a word for it have those of the panel itself. */
function onAppeal(panel: Omit<Panel, 'appeal'> & { appeal?: PanelSeats }): AppealPanel {
  const { seats, inFavour, expertSeats, expertYears } = panel.appeal ?? panel;
  return { code: panel.code, seats, inFavour, expertSeats, expertYears };
}

/**
 * A vote on an appeal; null where one person decides it. An appeal against the decision of a panel needs a panel of other
 * people, and so does whatever the pack would have a panel recognise; of two panels that may be meant the larger one. The
 * first who upholds it names the worth, and the others vote on that worth. Refuses with `recognition-expert-needed`,
 * `recognition-worth-named` and, when the worth is named, as `decideWorth` and `decideAnew` do for this outcome alone.
 */
export function voteOnAppeal(
  before: RecognitionCase,
  asked: { isUpheld: boolean; worth: ReviewedWorth | null; expertSince: string | null },
  { pack, today }: { pack: PolicyPack; today: string },
): AppealVote | null {
  const { isUpheld, worth, expertSince } = asked;
  const votes = appealVotesOf(before);
  const earlier = reviewedWorth(before);
  const named = isUpheld && worth ? (earlier ? withLaterWord(earlier, worth) : worth) : earlier;
  const byWorth = isUpheld ? panelAsked(before, named, { pack, today }) : null;
  const panel = largest([byWorth && onAppeal(byWorth), appealPanelOf(before)]);
  if (!panel) return null;
  if (isUpheld && votes.some(({ detail }) => detail.vote === 'upheld')) requireSameWorth(earlier, named);
  else if (isUpheld && before.standard && before.state === 'contested')
    decideAnew({ content: before.content, reviewed: named, pack, earlier: [], today }, before.standard);
  const { isExpert } = seatOf(panel, votes, expertSince, today);
  return { vote: isUpheld ? 'upheld' : 'dismissed', isExpert, panel };
}

function largest(panels: (AppealPanel | null)[]): AppealPanel | null {
  return panels.reduce((most, panel) => {
    if (!most || !panel) return most ?? panel;
    return panel.seats > most.seats || (panel.seats === most.seats && panel.expertSeats > most.expertSeats)
      ? panel
      : most;
  }, null);
}

/** Whoever would have another worth votes against. */
function requireSameWorth(earlier: ReviewedWorth | null, named: ReviewedWorth | null): void {
  const fields = ['creditType', 'centi', 'level', 'isAssessed'] as const;
  if (fields.some((field) => earlier?.[field] !== named?.[field])) throw new Refusal('recognition-worth-named');
}

/** How the votes on an appeal stand: undecided while a seat is empty. */
export function appealResult(votes: { detail: AppealVote }[]): 'open' | 'upheld' | 'dismissed' {
  const { seats, inFavour } = votes.at(-1)!.detail.panel;
  if (votes.length < seats) return 'open';
  return votes.filter(({ detail }) => detail.vote === 'upheld').length >= inFavour ? 'upheld' : 'dismissed';
}
