import type { ConversionRule } from '../../policy/domain/conversion-rules.js';
import type { LevelScheme } from '../../policy/domain/level-schemes.js';
import { matchesOutcome } from '../../policy/domain/outcome-pattern.js';
import type { ConversionDraw, SourceLot } from './conversion-case.js';

/** What a rule needs of the lots it draws on. Hundredths. */
export interface Need {
  rule: ConversionRule;
  schemes: LevelScheme[];
  /** Amount to give up under a ratio; null where the rule knows it itself. */
  askedCenti: number | null;
  /** Sum of what the targets are worth, for fixed amounts and replaced items. */
  worthCenti: number;
  /** True when the learner named the lots: then all of them are meant. */
  isNamed: boolean;
  /** Usable credit that follows the given lots. */
  restCenti: number;
}

/** Lots chosen, and what is taken of each. */
export interface Selection {
  draws: ConversionDraw[];
  /** Worth of all that was chosen, drawn or not. Hundredths. */
  chosenCenti: number;
}

/** Lots that one of the rule's sources speaks of. */
export function lotsOfRule(rule: ConversionRule, lots: SourceLot[], schemes: LevelScheme[]): SourceLot[] {
  return lots.filter(({ facts }) => rule.sources.some(({ only }) => matchesOutcome(only, facts, schemes)));
}

/** Lots of a rule apart for each of its sources; with one source they are all its own. */
function lotsBySource(rule: ConversionRule, lots: SourceLot[], schemes: LevelScheme[]): SourceLot[][] {
  if (rule.sources.length === 1) return [lots];
  return rule.sources.map(({ only }) => lots.filter(({ facts }) => matchesOutcome(only, facts, schemes)));
}

/** Hundredths of all together. */
export function sumCenti(lots: SourceLot[]): number {
  return lots.reduce((sum, { availableCenti }) => sum + availableCenti, 0);
}

/** Least worth that must be there besides the sources' own minimums. A whole outcome counts as the rule says, whatever its size. */
export function neededCenti({ rule, askedCenti, worthCenti }: Need): number {
  if (rule.mode === 'ratio') return askedCenti ?? 1;
  return rule.mode === 'fixed' && rule.isWholeOnly ? 1 : worthCenti;
}

/** Takes what a rule needs from lots in their order, or null when they do not have it. */
export function selectLots(need: Need, lots: SourceLot[]): Selection | null {
  const { rule, schemes } = need;
  const bySource = lotsBySource(rule, lots, schemes);
  const rest = rule.sources.length === 1 ? need.restCenti : 0;
  if (rule.sources.some(({ minimumCenti }, index) => sumCenti(bySource[index]!) + rest < minimumCenti)) return null;
  if (sumCenti(lots) < neededCenti(need)) return null;
  return rule.mode === 'ratio' ? selectByRatio(need, lots, bySource) : selectByWorth(need, lots, bySource);
}

function selectByRatio(need: Need, lots: SourceLot[], bySource: SourceLot[][]): Selection | null {
  const askedCenti = need.askedCenti ?? (need.isNamed ? sumCenti(lots) : 0);
  if (!need.rule.isWholeOnly) {
    const draws = fill(askedCenti, lots, firsts(bySource));
    return { draws, chosenCenti: askedCenti };
  }
  const whole = need.isNamed ? lots : lotsThatMake(askedCenti, lots);
  return sumCenti(whole) === askedCenti ? { draws: allOf(whole), chosenCenti: askedCenti } : null;
}

/** Whole lots in order, each taken when it still fits. */
export function lotsThatMake(centi: number, lots: SourceLot[]): SourceLot[] {
  let left = centi;
  return lots.filter(({ availableCenti }) => {
    if (availableCenti > left) return false;
    left -= availableCenti;
    return true;
  });
}

function selectByWorth(need: Need, lots: SourceLot[], bySource: SourceLot[][]): Selection {
  const { rule, worthCenti } = need;
  const chosen = need.isNamed ? lots : chooseEnough(need, lots, bySource);
  const chosenCenti = sumCenti(chosen);
  if (rule.surplusType !== null) return { draws: allOf(chosen), chosenCenti };
  const first = firsts(bySource.map((some) => some.filter((lot) => chosen.includes(lot))));
  return { draws: fill(Math.min(chosenCenti, worthCenti), chosen, first), chosenCenti };
}

/** As few lots, in order, as give every source its minimum and all together what is needed. */
function chooseEnough(need: Need, lots: SourceLot[], bySource: SourceLot[][]): SourceLot[] {
  const chosen = new Set<SourceLot>();
  need.rule.sources.forEach(({ minimumCenti }, index) => {
    let sum = 0;
    for (const lot of bySource[index]!) {
      if (sum >= minimumCenti) break;
      chosen.add(lot);
      sum += lot.availableCenti;
    }
  });
  for (const lot of lots) {
    if (sumCenti([...chosen]) >= neededCenti(need)) break;
    chosen.add(lot);
  }
  return lots.filter((lot) => chosen.has(lot));
}

/** The first lot of every source, where a rule has several: each must give something. */
function firsts(bySource: SourceLot[][]): SourceLot[] {
  return bySource.length > 1 ? [...new Set(bySource.flatMap(([first]) => first ?? []))] : [];
}

function allOf(lots: SourceLot[]): ConversionDraw[] {
  return lots.map(({ lot, creditType, availableCenti }) => ({ lot, creditType, amountCenti: availableCenti }));
}

/** Takes an amount from lots in order, one hundredth of each of `first` before anything else. */
function fill(centi: number, lots: SourceLot[], first: SourceLot[]): ConversionDraw[] {
  const reserved = new Set(first.slice(0, centi));
  let left = centi - reserved.size;
  return lots.flatMap((lot) => {
    const own = reserved.has(lot) ? 1 : 0;
    const taken = Math.min(left, lot.availableCenti - own);
    left -= taken;
    return taken + own > 0 ? [{ lot: lot.lot, creditType: lot.creditType, amountCenti: taken + own }] : [];
  });
}

/** Draws less: `lessCenti` from the last of those whose lot is among `only`. */
export function drawLess(draws: ConversionDraw[], only: Set<number>, lessCenti: number): ConversionDraw[] {
  let left = lessCenti;
  const kept: ConversionDraw[] = [];
  for (const draw of [...draws].reverse()) {
    const cut = only.has(draw.lot) ? Math.min(left, draw.amountCenti) : 0;
    left -= cut;
    if (draw.amountCenti > cut) kept.push({ ...draw, amountCenti: draw.amountCenti - cut });
  }
  return kept.reverse();
}
