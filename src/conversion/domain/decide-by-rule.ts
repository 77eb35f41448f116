import { addDays, addYears } from '../../kernel/clock.js';
import { formatCredit } from '../../kernel/credit.js';
import { drawOrder } from '../../ledger/domain/lots.js';
import type { ConversionRule } from '../../policy/domain/conversion-rules.js';
import { attemptKeys } from '../../policy/domain/attempts.js';
import { creditTypeOf, policyVersion, type PolicyPack } from '../../policy/domain/policy-pack.js';
import { attemptGates, CourseAttempts } from './attempt-gate.js';
import { allotParts, newLotsOf, worthTargets, type WorthTarget } from './allot-credit.js';
import { amountCheck, ratioOf } from './amount-checks.js';
import { accountCheck, ruleCheck } from './basic-checks.js';
import type { Check, ConversionDraw, ConversionInputs, PastPart, RuleDecision, SourceLot } from './conversion-case.js';
import { creditCheck, otherCredit } from './credit-check.js';
import { fitLimits } from './fit-limits.js';
import { lotChecks, namedLotsChecks } from './lot-checks.js';
import { leisureGate, levelGates, passGates, recencyGates, singleUseGates, wholeGates } from './lot-gates.js';
import { lotsOfRule, selectLots, sumCenti, type Need, type Selection } from './select-lots.js';
import { itemChecks, targetChecks } from './target-checks.js';

/** What a rule makes of a question: the lots it would draw, what it would give, and every check on the way. */
export function decideByRule(pack: PolicyPack, rule: ConversionRule, given: ConversionInputs): RuleDecision {
  const { asked, today } = given;
  const lots = lotsAsked(pack, rule, given);
  const attempts = new CourseAttempts(pack.titleRules, lots);
  const history = given.history.filter((part) => isRelevant(part, rule, lots) || attempts.othersOf(part).length > 0);
  const need = needOf(pack, rule, given, lots);
  const gates = [
    ...[
      leisureGate(pack, rule, categoryFacts(pack, rule, given)),
      ...levelGates(pack, rule),
      ...recencyGates(pack, rule, today),
    ],
    ...[...wholeGates(rule), ...singleUseGates(rule, history), ...attemptGates(pack, rule, attempts, history)],
  ];
  const gated = passGates(gates, lots, need);
  const selection = selectLots(need, gated.lots);
  const askedCenti = rule.mode === 'ratio' ? need.askedCenti : selection && sumDraws(selection.draws);
  const byNumber = new Map(lots.map((lot) => [lot.lot, lot]));
  const draws =
    selection?.draws ??
    lots.map(({ lot, creditType, availableCenti }) => ({ lot, creditType, amountCenti: availableCenti }));
  const limits = fitLimits(
    { pack, rule, history, today },
    { draws, lots: byNumber, askedCenti: askedCenti ?? 0, isReal: selection !== null },
  );
  const taken = selection ? limits.draws : [];
  const targets = worthTargets(pack, rule, ratioOf(rule, sumDraws(taken)).toCenti);
  const surplus = surplusOf(rule, targets, taken);
  const otherCenti = otherCredit(rule, given, lots);
  const inputs: ConversionInputs = { ...given, ...(otherCenti > 0 ? { otherCenti } : {}) };
  const lotCase = { pack, rule, need, inputs, history, lots, gated, selection };
  const ofLots = lotChecks(lotCase);
  const checks = finish(selection, [
    accountCheck(given),
    ...ofLots('category'),
    ruleCheck(pack, given, rule),
    ...targetChecks(pack, rule),
    ...ofLots('level'),
    ...ofLots('recency'),
    amountCheck(rule, need, selection, asked.fromCenti),
    ...ofLots('single-use'),
    ...itemChecks(pack, rule, history),
    ...ofLots('attempt'),
    ...namedLotsChecks(lotCase),
    ...ofLots('whole'),
    ...limits.checks,
    ...(surplus ? [surplusCheck(rule, surplus)] : []),
    creditCheck(need, lots, inputs),
  ]);
  const validUntil = selection ? validityOf(pack, rule, taken, byNumber, today) : null;
  return {
    decision: {
      isAllowed: checks.every(({ isPassed }) => isPassed),
      checks,
      rule: rule.code,
      policyVersion: policyVersion(pack),
      from: asked.from ?? onlyOne(rule.sources.flatMap(({ only }) => only.creditTypes)),
      to: asked.to ?? onlyOne(rule.targets.map(({ creditType }) => creditType)),
      askedCenti: askedCenti ?? null,
      fromCenti: selection ? sumDraws(taken) : (askedCenti ?? 0),
      toCenti: selection ? sumWorth(targets) : rule.mode === 'ratio' ? limits.askedToCenti : 0,
      draws: taken,
      newLots: newLotsOf(pack, rule, surplus ? [...targets, surplus] : targets, {
        draws: taken,
        lots: byNumber,
        today,
      }),
      parts: allotParts(targets, taken, byNumber),
      validUntil,
      approval: rule.approval,
      holdUntil: selection ? holdEnd(rule, taken, byNumber, today) : null,
    },
    inputs: { ...inputs, history, ...withoutRest(pack, rule, given, { lots, left: gated.lots, selection }) },
  };
}

/** Usable lots that the question and the rule both speak of, in the order of drawing. */
function lotsAsked(pack: PolicyPack, rule: ConversionRule, { asked, lots }: ConversionInputs): SourceLot[] {
  const meant = lots.filter(
    ({ lot, creditType }) =>
      (asked.from === null || creditType === asked.from) && (asked.lots === null || asked.lots.includes(lot)),
  );
  return lotsOfRule(rule, meant, pack.levelSchemes).sort(drawOrder);
}

function needOf(pack: PolicyPack, rule: ConversionRule, given: ConversionInputs, lots: SourceLot[]): Need {
  const isNamed = given.asked.lots !== null;
  const whole = isNamed ? sumCenti(lots) : null;
  return {
    ...{ rule, schemes: pack.levelSchemes, isNamed, restCenti: given.restCenti },
    askedCenti: rule.mode === 'ratio' ? (given.asked.fromCenti ?? whole) : null,
    worthCenti: sumWorth(worthTargets(pack, rule, 0)),
  };
}

/** Earlier parts that any check of this rule may look at. */
function isRelevant(part: PastPart, rule: ConversionRule, lots: SourceLot[]): boolean {
  const isSameCap = part.capProgramme !== null && part.capProgramme === rule.cap?.programme;
  const isSameProgramme = rule.targets.some(({ programme }) => programme !== null && programme === part.programme);
  if (part.rule === rule.code || isSameCap || isSameProgramme) return true;
  return (
    (part.isEver || rule.singleUse === 'ever') &&
    lots.some(({ roots }) => roots.some(({ entry }) => part.outcomes.includes(entry)))
  );
}

function categoryFacts(pack: PolicyPack, rule: ConversionRule, { asked }: ConversionInputs): Check['facts'] {
  const from = asked.from ?? onlyOne(rule.sources.flatMap(({ only }) => only.creditTypes));
  const to = asked.to ?? onlyOne(rule.targets.map(({ creditType }) => creditType));
  const category = (code: string | null) => creditTypeOf(pack, code ?? '')?.category ?? null;
  return { from, to, fromCategory: category(from), toCategory: category(to) };
}

function surplusOf(rule: ConversionRule, targets: WorthTarget[], draws: ConversionDraw[]): WorthTarget | null {
  if (rule.surplusType === null) return null;
  const worthCenti = sumDraws(draws) - sumWorth(targets);
  return worthCenti > 0 ? { creditType: rule.surplusType, programme: null, item: null, centi: null, worthCenti } : null;
}

/** Not a gate: it tells what becomes of the worth above the target's. */
function surplusCheck(rule: ConversionRule, { worthCenti }: WorthTarget): Check {
  const facts = { surplus: formatCredit(worthCenti), becomes: rule.surplusType };
  return { check: 'surplus', isPassed: true, code: 'insufficient-credit', facts };
}

/** When nothing could be selected, some check says so: the last one, when no other does. */
function finish(selection: Selection | null, checks: Check[]): Check[] {
  if (selection !== null || checks.some(({ isPassed }) => !isPassed)) return checks;
  return checks.map((check, index) => (index === checks.length - 1 ? { ...check, isPassed: false } : check));
}

/**
 * Converted credit lives no longer than the shortest-lived credit it came from, and than its own type lives from today,
 * unless the rule gives it years of its own (UGC 2021: at most seven, shorter where who awards or accepts it says so).
 */
function validityOf(
  pack: PolicyPack,
  rule: ConversionRule,
  draws: ConversionDraw[],
  lots: Map<number, SourceLot>,
  today: string,
): string | null {
  if (rule.validityYears !== null) return addYears(today, rule.validityYears);
  const types = [...rule.targets.map(({ creditType }) => creditType), ...(rule.surplusType ? [rule.surplusType] : [])];
  const years = types.flatMap((type) => creditTypeOf(pack, type)?.validityYears ?? []);
  const ends = [soonest(draws, lots), ...years.map((each) => addYears(today, each))];
  return ends.flatMap((end) => end ?? []).sort()[0] ?? null;
}

/** A hold never outlives the credit in it: it is approved in time or given back whole. */
function holdEnd(
  rule: ConversionRule,
  draws: ConversionDraw[],
  lots: Map<number, SourceLot>,
  today: string,
): string | null {
  if (rule.approval === 'automatic') return null;
  const ends = [rule.holdDays === null ? null : addDays(today, rule.holdDays), soonest(draws, lots)];
  return ends.flatMap((end) => end ?? []).sort()[0] ?? null;
}

function soonest(draws: ConversionDraw[], lots: Map<number, SourceLot>): string | null {
  return draws.flatMap(({ lot }) => lots.get(lot)!.validUntil ?? []).sort()[0] ?? null;
}

/**
 * Lots behind the last one drawn matter by their sum alone; leaving them out keeps a stored decision small. One that stands
 * for a course of which another outcome was left out stays: without it the other one would serve.
 */
function withoutRest(
  pack: PolicyPack,
  rule: ConversionRule,
  given: ConversionInputs,
  { lots, left, selection }: { lots: SourceLot[]; left: SourceLot[]; selection: Selection | null },
): Pick<ConversionInputs, 'lots' | 'restCenti'> {
  const isBySum = rule.mode === 'ratio' && !rule.isWholeOnly && rule.sources.length === 1 && given.asked.lots === null;
  const last = selection?.draws.at(-1)?.lot;
  if (!isBySum || last === undefined) return { lots, restCenti: given.restCenti };
  const kept = new Set(left);
  const others = new Set(lots.flatMap((lot) => (kept.has(lot) ? [] : attemptKeys(pack.titleRules, lot.facts))));
  const behind = left.slice(left.findIndex(({ lot }) => lot === last) + 1);
  const rest = new Set(
    behind.filter(({ facts }) => !attemptKeys(pack.titleRules, facts).some((key) => others.has(key))),
  );
  return { lots: lots.filter((lot) => !rest.has(lot)), restCenti: given.restCenti + sumCenti([...rest]) };
}

function onlyOne(codes: string[]): string | null {
  return new Set(codes).size === 1 ? codes[0]! : null;
}

/** Hundredths drawn from all lots together. */
export function sumDraws(draws: ConversionDraw[]): number {
  return draws.reduce((sum, { amountCenti }) => sum + amountCenti, 0);
}

function sumWorth(targets: WorthTarget[]): number {
  return targets.reduce((sum, { worthCenti }) => sum + worthCenti, 0);
}
