import { formatCredit } from '../../kernel/credit.js';
import type { ConversionRule } from '../../policy/domain/conversion-rules.js';
import { matchesOutcome } from '../../policy/domain/outcome-pattern.js';
import { creditTypeOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import type { Check, ConversionInputs, PastPart, SourceLot } from './conversion-case.js';
import { conversionNames, givesDegree, namesOf, spentOutcomes, usedOnce, type GateResult } from './lot-gates.js';
import { lotsThatMake, neededCenti, sumCenti, type Need, type Selection } from './select-lots.js';

/** What the checks of lots look at besides the lots. */
export interface LotCase {
  pack: PolicyPack;
  rule: ConversionRule;
  need: Need;
  inputs: ConversionInputs;
  /** Earlier parts that may matter to the rule. */
  history: PastPart[];
  /** Lots the question and the rule both speak of. */
  lots: SourceLot[];
  gated: GateResult;
  selection: Selection | null;
}

/** The checks of lots by their name, each with the lots it let through and what it compared of them. */
export function lotChecks(given: LotCase): (name: Check['check']) => Check[] {
  const checks = given.gated.checks.map((check) => {
    const told = { ...check, facts: { ...check.facts, ...comparedFacts(check, given) } };
    if (check.check === 'category') return categoryCheck(told, given);
    if (check.check === 'single-use') return usedUp(told, given);
    return check.check === 'whole' ? wholeSum(told, given) : told;
  });
  return (name) => checks.filter(({ check }) => check === name);
}

/** Lots that are drawn, or could be; those behind the last one drawn are no part of the decision. */
function lookedAt({ gated, selection }: LotCase): SourceLot[] {
  if (!selection) return gated.lots;
  const drawn = new Set(selection.draws.map(({ lot }) => lot));
  return gated.lots.filter(({ lot }) => drawn.has(lot));
}

function comparedFacts({ check, isPassed }: Check, given: LotCase): Check['facts'] {
  const looked = lookedAt(given);
  const lots = { lots: namesOf(looked.map(({ lot }) => lot)) };
  if (check === 'category')
    return { ...lots, began: distinct(looked.flatMap(({ roots }) => roots.map(({ category }) => category ?? '?'))) };
  if (check === 'recency') return { ...lots, earned: distinct(looked.map(({ facts }) => facts.endsOn).sort()) };
  if (check === 'level') return { ...lots, levels: distinct(looked.map(({ facts }) => facts.level ?? '—')) };
  if (check !== 'single-use') return lots;
  const { rule, history } = given;
  const spent = spentOutcomes(rule, history);
  const used = new Set(
    given.lots.flatMap(({ roots }) => roots.flatMap(({ entry }) => (spent.has(entry) ? [entry] : []))),
  );
  return {
    ...lots,
    outcomes: namesOf([...new Set(looked.flatMap(({ roots }) => roots.map(({ entry }) => entry)))]),
    ...usedOnce(!isPassed),
    usedBy: conversionNames(history.filter(({ outcomes }) => outcomes.some((outcome) => used.has(outcome)))),
  };
}

/** The gate looked at every lot and its roots; the pair of types is refused by itself, whatever lots there are. */
function categoryCheck(gate: Check, { pack, rule, inputs: { asked } }: LotCase): Check {
  const from = creditTypeOf(pack, asked.from ?? '')?.category;
  return { ...gate, isPassed: gate.isPassed && !(from === 'leisure' && givesDegree(pack, rule)) };
}

/** An outcome that is used up has no lot any more; that it served before is still the reason, if there is no other one. */
function usedUp(check: Check, { pack, rule, inputs: { asked }, history, gated, selection }: LotCase): Check {
  const isOtherReason = gated.checks.some((other) => other.check === 'attempt' && !other.isPassed);
  if (selection !== null || rule.singleUse === null || !check.isPassed || isOtherReason) return check;
  const spent = spentOutcomes(rule, history);
  const before = history.filter(
    ({ lot, outcomes, source }) =>
      outcomes.some((outcome) => spent.has(outcome)) &&
      (asked.lots === null || asked.lots.includes(lot)) &&
      rule.sources.some(({ only }) => matchesOutcome(only, source, pack.levelSchemes)),
  );
  if (before.length === 0) return check;
  const leftOut = namesOf([...new Set(before.flatMap(({ lot }) => lot || []))]);
  const facts = { ...check.facts, leftOut, ...usedOnce(true), usedBy: conversionNames(before) };
  return { ...check, isPassed: false, facts };
}

/** Whole outcomes that do not make the asked sum: the nearest sum they make. */
function wholeSum(check: Check, { need, gated, selection }: LotCase): Check {
  const { leftOut } = check.facts;
  const [part, partEn] =
    typeof leftOut === 'string' ? [`批次 ${leftOut} 已用过一部分。`, `Lots ${leftOut} were used in part.`] : ['', ''];
  const isMissed = selection === null && sumCenti(gated.lots) >= neededCenti(need);
  if (!isMissed || need.rule.mode !== 'ratio')
    return check.isPassed ? check : { ...check, facts: { ...check.facts, hint: part, hintEn: partEn } };
  const nearest = formatCredit(sumCenti(lotsThatMake(need.askedCenti ?? 0, gated.lots)));
  const hints = { hint: `${part}整项可凑成 ${nearest}。`, hintEn: `${partEn} Whole ones make ${nearest}.`.trim() };
  return { ...check, isPassed: false, facts: { ...check.facts, nearest, ...hints } };
}

/** Every lot that was named can be used. No check where none was. */
export function namedLotsChecks({ inputs: { asked }, lots }: LotCase): Check[] {
  if (asked.lots === null) return [];
  const missing = asked.lots.filter((number) => !lots.some(({ lot }) => lot === number));
  return [
    {
      ...{ check: 'lots', isPassed: missing.length === 0, code: 'conversion-lots-unsuitable' },
      facts: { lots: namesOf(asked.lots), unsuitable: namesOf(missing) },
    },
  ];
}

function distinct(texts: string[]): string | null {
  return namesOf([...new Set(texts)]);
}
