import type { RefusalCode } from '../../kernel/refusal.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';
import type { ConversionDecision, ConversionInputs, PastPart } from './conversion-case.js';
import { decideConversion } from './decide-conversion.js';
import { lotsAnew, type BookedLot } from './lots-anew.js';
import { marksOf, pastParts, type ConversionMarks } from './past-parts.js';

/** A conversion as it was decided, with everything that is needed to decide it again. */
export interface ConversionThen extends ConversionMarks {
  /** Version of the entry that names it: the order in which they were decided. */
  version: number;
  decidedOn: string;
  decision: ConversionDecision;
  /** Whether it counts now: moved and not moved back, or waiting. What does not was there for later ones all the same. */
  isStanding: boolean;
  /** Lots that its credit became, in the order of `newLots`; empty where it never moved. */
  lots: number[];
  /** What other rules look at; null where they are not to decide it. */
  looksAt: {
    inputs: Omit<ConversionInputs, 'history' | 'lots' | 'restCenti'>;
    /** All credit of the day, as the book had it: also what was used up. */
    lots: BookedLot[];
    /** Earlier conversions of this account that counted then, by version, and whether their credit had come in. */
    counted: Map<number, { isExecuted: boolean }>;
    /** What other accounts of the person had converted by then. */
    elsewhere: PastPart[];
  } | null;
}

/** What a learner's standing conversions moved as they were decided, and under other rules. */
export interface ConversionOutcome {
  /** Hundredths by type: what came in less what was given up. */
  before: Map<string, number>;
  after: Map<string, number>;
  /** Standing conversions that were decided again. */
  looked: number;
  /** Of them those that move other amounts, and those that are refused, with the reason of each. */
  changed: number;
  refused: RefusalCode[];
}

/** A conversion with what came of it now. */
interface Done {
  one: ConversionThen;
  again: ConversionDecision;
  parts: PastPart[];
}

/** Of somebody who converted nothing. */
export function noConversions(): ConversionOutcome {
  return { before: new Map(), after: new Map(), looked: 0, changed: 0, refused: [] };
}

/**
 * Decides conversions again under other rules, in the order of the book, each asked as it was asked then. Earlier ones
 * count as decided here: for single use, items and limits, and in the lots, so that what is refused now has used nothing up
 * and brought nothing in. All else that happened to lots is as booked. Under the rules of then nothing differs.
 */
export function replayConversions(conversions: ConversionThen[], pack: PolicyPack): ConversionOutcome {
  const outcome = noConversions();
  const done = new Map<number, Done>();
  for (const one of [...conversions].sort((a, b) => a.version - b.version)) {
    const again = one.looksAt ? decideAgain(one.looksAt, pack, done) : one.decision;
    done.set(one.version, { one, again, parts: partsOf(one, again, pack) });
    if (one.isStanding) count(outcome, one, again);
  }
  return outcome;
}

function decideAgain(
  { inputs, lots, counted, elsewhere }: NonNullable<ConversionThen['looksAt']>,
  pack: PolicyPack,
  done: Map<number, Done>,
): ConversionDecision {
  const earlier = [...counted].map(([version, { isExecuted }]) => ({ ...done.get(version)!, isExecuted }));
  const history = [...earlier.flatMap(({ parts }) => parts), ...elsewhere];
  const changed = earlier.filter(({ one }) => one.looksAt !== null);
  const now = lotsAnew(
    lots,
    changed.map(({ one, again, isExecuted }) => ({
      version: one.version,
      then: one.decision,
      lots: one.lots,
      isExecuted,
      now: again,
    })),
  );
  return decideConversion(pack, { ...inputs, lots: now, restCenti: 0, history }).decision;
}

function partsOf(one: ConversionThen, again: ConversionDecision, pack: PolicyPack): PastPart[] {
  const { version, decidedOn } = one;
  if (!again.isAllowed || again.rule === null) return [];
  const marks = one.looksAt ? marksOf(pack.conversionRules.find(({ code }) => code === again.rule)) : one;
  const { capProgramme, isEver } = marks;
  return pastParts({ version, decidedOn, capProgramme, isEver, rule: again.rule, parts: again.parts });
}

function count(outcome: ConversionOutcome, { decision, looksAt }: ConversionThen, again: ConversionDecision): void {
  const before = movedBy(decision);
  const after = again.isAllowed ? movedBy(again) : new Map<string, number>();
  addTo(outcome.before, before);
  addTo(outcome.after, after);
  if (!looksAt) return;
  outcome.looked += 1;
  if (!again.isAllowed) outcome.refused.push(again.checks.find(({ isPassed }) => !isPassed)!.code);
  else if ([...before.keys(), ...after.keys()].some((type) => before.get(type) !== after.get(type)))
    outcome.changed += 1;
}

/** Hundredths by type that a decision brings in, less those it gives up. */
function movedBy({ draws, newLots }: Pick<ConversionDecision, 'draws' | 'newLots'>): Map<string, number> {
  const moved = new Map<string, number>();
  for (const { creditType, amountCenti } of draws) moved.set(creditType, (moved.get(creditType) ?? 0) - amountCenti);
  for (const { creditType, centi } of newLots) moved.set(creditType, (moved.get(creditType) ?? 0) + centi);
  return moved;
}

function addTo(sum: Map<string, number>, more: Map<string, number>): void {
  for (const [creditType, centi] of more) sum.set(creditType, (sum.get(creditType) ?? 0) + centi);
}
