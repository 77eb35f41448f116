import type { RefusalCode } from '../../kernel/refusal.js';
import type { CountedOutcome } from '../../policy/domain/caps.js';
import { creditTypeOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import { decideWorth, type WorthDecision } from './decide-worth.js';
import type { OutcomeContent, StandardCredit } from './recognition-case.js';
import type { ReviewedWorth } from './worth.js';

/** What counted when an outcome came in, with the entry it came from. */
export interface EarlierOutcome extends CountedOutcome {
  /** Version of the entry that first brought it in. */
  version: number;
}

/** A recognition as it was decided, with everything that is needed to decide it again. */
export interface RecognitionThen {
  content: OutcomeContent;
  reviewed: ReviewedWorth | null;
  standard: StandardCredit;
  /** Whether it counts now: what was taken back counts for nothing, but it was there when later outcomes came in. */
  isStanding: boolean;
  /** Day on which it was decided. */
  decidedOn: string;
  /** Whether other rules are to decide it; else it stays as it was, and `earlier` is not looked at. */
  isDrafted: boolean;
  earlier: EarlierOutcome[];
}

/** What a learner's standing recognitions are worth as they were decided, and under other rules. */
export interface RecognitionOutcome {
  /** Hundredths by type of credit. */
  before: Map<string, number>;
  after: Map<string, number>;
  /** Standing recognitions that were decided again. */
  decided: number;
  /** Standing recognitions whose number a reviewer had said: no pack decides it, so it was kept. */
  keptAsReviewed: number;
  /** Why the other rules would not have recognised some at all. */
  refused: RefusalCode[];
  /** What those decided again are worth now, by the version of their entry; null where they are not recognised. */
  worths: Map<number, { creditType: string; centi: number } | null>;
}

type Again = { kept: true } | { worth: WorthDecision } | { refused: RefusalCode };

/** Of somebody to whom nothing was recognised. */
export function noRecognitions(): RecognitionOutcome {
  return { before: new Map(), after: new Map(), decided: 0, keptAsReviewed: 0, refused: [], worths: new Map() };
}

/**
 * Decides recognitions again under other rules, in the order of the book; under the rules that decided them the worth is
 * what the book has. Each meets the caps with what counted on its own day, earlier recognitions as decided here. A number
 * that a reviewer said is kept while the rules recognise outcomes and know its type of credit.
 */
export function replayWorth(recognitions: RecognitionThen[], pack: PolicyPack): RecognitionOutcome {
  const outcome = noRecognitions();
  const done = new Map<number, Again>();
  for (const one of [...recognitions].sort((a, b) => a.standard.entryVersion - b.standard.entryVersion)) {
    const again = one.isDrafted ? decideAgain(one, pack, done) : { kept: true as const };
    done.set(one.standard.entryVersion, again);
    if (!('kept' in again)) outcome.worths.set(one.standard.entryVersion, 'worth' in again ? again.worth : null);
    if (one.isStanding) count(outcome, one, again);
  }
  return outcome;
}

function count(outcome: RecognitionOutcome, { standard, isDrafted }: RecognitionThen, again: Again): void {
  addTo(outcome.before, standard);
  if ('kept' in again) {
    addTo(outcome.after, standard);
    if (isDrafted) outcome.keptAsReviewed += 1;
    return;
  }
  outcome.decided += 1;
  if ('refused' in again) outcome.refused.push(again.refused);
  else addTo(outcome.after, again.worth);
}

function addTo(credit: Map<string, number>, { creditType, centi }: { creditType: string; centi: number }): void {
  credit.set(creditType, (credit.get(creditType) ?? 0) + centi);
}

function decideAgain(
  { content, reviewed, standard, decidedOn, earlier }: RecognitionThen,
  pack: PolicyPack,
  done: Map<number, Again>,
): Again {
  if (!pack.recognition) return { refused: 'recognition-not-offered' };
  const isOfCatalogue = content.item !== null;
  if (!isOfCatalogue && reviewed?.centi != null) {
    return creditTypeOf(pack, standard.creditType) ? { kept: true } : { refused: 'credit-type-unknown' };
  }
  const worth = decideWorth({
    content,
    // An item decides its worth by itself; what a reviewer repeated of the old item is no word against the new one.
    reviewed: isOfCatalogue ? null : reviewed,
    pack,
    earlier: earlier.flatMap((lot) => asDecided(lot, done.get(lot.version))),
    today: decidedOn,
  });
  const failed = worth.checks.find(({ isPassed }) => !isPassed);
  return failed ? { refused: failed.code! } : { worth };
}

/** What counted then, as it would have under the other rules. */
function asDecided(lot: EarlierOutcome, again: Again | undefined): CountedOutcome[] {
  if (!again || 'kept' in again) return [lot];
  if ('refused' in again) return [];
  const { creditType, centi, level, isAssessed } = again.worth;
  return [{ ...lot, creditType, centi, level, isAssessed }];
}
