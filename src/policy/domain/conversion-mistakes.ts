import { groupBy } from '../../kernel/group-by.js';
import { capMistakes } from './caps.js';
import { programmesOf, type ConversionRule, type ConversionTarget } from './conversion-rules.js';
import type { LevelScheme } from './level-schemes.js';
import { unfitLevels } from './level-fit.js';
import type { CreditType } from './credit-types.js';
import { duplicates, mistakeAt, mistakesIn, unknownName, type FindMistake, type Mistake } from './mistake.js';
import { patternMistakes, type KnownNames, type OutcomePattern } from './outcome-pattern.js';
import type { Programme } from './programmes.js';
import type { CatalogueItem } from './recognition-rules.js';

interface PackNames {
  levelSchemes: LevelScheme[];
  creditTypes: CreditType[];
  programmes: Programme[];
  /** Outcomes of elsewhere that sources may name. */
  catalogue: CatalogueItem[];
  known: KnownNames;
}

/** Everything that is wrong in the conversion rules of a pack, each rule alone and all together. */
export function conversionRuleMistakes(rules: ConversionRule[], pack: PackNames): Mistake[] {
  const mistakes = rules.flatMap((rule, index) => {
    const wrong = mistakesIn(`/conversionRules/${index}`, rule.code);
    return [
      ...nameMistakes(rule, wrong, pack),
      ...directionMistakes(rule, wrong, pack),
      ...amountMistakes(rule, wrong),
      ...limitMistakes(rule, wrong, pack),
      ...levelMistakes(rule, wrong, pack),
      ...overlapMistakes(rule, wrong, pack),
      ...capMistakes(`/conversionRules/${index}/caps`, rule.caps, pack.known, rule.code),
      ...rule.targets.flatMap((target, place) =>
        targetMistakes(target, (field) => `to/${place}/${field}`, wrong, pack),
      ),
    ];
  });
  return [...duplicates('/conversionRules', rules), ...mistakes, ...overlaps(rules), ...leaks(rules, pack)];
}

function nameMistakes(rule: ConversionRule, wrong: FindMistake, { known, programmes }: PackNames): Mistake[] {
  const found = rule.sources.flatMap(({ only }, index) => patternMistakes(wrong, `from/${index}`, only, known));
  const codes = new Set(programmes.map(({ code }) => code));
  const type = (field: string, code: string) =>
    known.creditTypes.has(code) ? [] : [unknownName(wrong, field, 'credit-type', code, known.creditTypes)];
  const programme = (field: string, code: string) =>
    codes.has(code) ? [] : [unknownName(wrong, field, 'programme', code, codes)];
  return [
    ...found,
    ...rule.targets.flatMap((target, index) => [
      ...type(`to/${index}/creditType`, target.creditType),
      ...(target.programme === null ? [] : programme(`to/${index}/programme`, target.programme)),
    ]),
    ...(rule.surplusType === null ? [] : type('surplus/elective', rule.surplusType)),
    ...(rule.cap ? programme('cap/programme', rule.cap.programme) : []),
  ];
}

function directionMistakes(rule: ConversionRule, wrong: FindMistake, pack: PackNames): Mistake[] {
  const { surplusType, effectiveFrom, effectiveTo } = rule;
  const named = new Set(rule.sources.flatMap(({ only }) => typesOf(only, pack.catalogue)));
  const isLeisure = [...named].some((type) => categoryOf(pack.creditTypes, type) === 'leisure');
  const found = rule.targets.flatMap((target, index) => {
    const { creditType, programme } = target;
    return [
      ...(programme === null && named.has(creditType)
        ? [wrong(`to/${index}/creditType`, 'converts-into-itself', creditType)]
        : []),
      ...(isLeisure && isDegree(target, pack) ? [wrong(`to/${index}/creditType`, 'leisure-into-degree')] : []),
    ];
  });
  if (isLeisure && surplusType !== null && categoryOf(pack.creditTypes, surplusType) === 'degree')
    found.push(wrong('surplus/elective', 'leisure-surplus-into-degree'));
  if (effectiveTo !== null && effectiveTo < effectiveFrom)
    found.push(wrong('effectiveTo', 'ends-before-it-begins', effectiveFrom, effectiveTo));
  return found;
}

/** Credit types that a source draws on as far as the pack tells: those it names, or those of the catalogue items it names. */
function typesOf({ creditTypes, items }: OutcomePattern, catalogue: CatalogueItem[]): string[] {
  if (creditTypes.length > 0) return creditTypes;
  return catalogue.filter(({ code }) => items.includes(code)).map(({ creditType }) => creditType);
}

/** True when a target is degree credit, or counts towards a degree. */
export function isDegree(
  target: Pick<ConversionTarget, 'creditType' | 'programme'>,
  pack: { creditTypes: CreditType[]; programmes: Programme[] },
): boolean {
  const programme = pack.programmes.find(({ code }) => code === target.programme);
  return categoryOf(pack.creditTypes, target.creditType) === 'degree' || programme?.category === 'degree';
}

function categoryOf(types: CreditType[], code: string): CreditType['category'] | undefined {
  return types.find((type) => type.code === code)?.category;
}

function amountMistakes(rule: ConversionRule, wrong: FindMistake): Mistake[] {
  const { mode } = rule;
  const found: Mistake[] = [];
  if (mode === 'ratio' && rule.targets.length > 1) found.push(wrong('to/1', 'ratio-of-many'));
  for (const [index, { creditType, programme, item, centi }] of rule.targets.entries()) {
    const at = `to/${index}`;
    if (mode === 'fixed' && !centi) found.push(wrong(`${at}/credit`, 'fixed-without-credit', creditType));
    if (mode !== 'fixed' && centi !== null) found.push(wrong(`${at}/credit`, 'credit-not-fixed', creditType, mode));
    if (mode === 'ratio' && item !== null) found.push(wrong(`${at}/item`, 'ratio-for-item', item));
    if (mode === 'replaced' && (programme === null || item === null))
      found.push(wrong(at, 'replaces-nothing', creditType));
  }
  if (mode !== 'ratio' || rule.isWholeOnly) {
    if (rule.whenOver === 'cut') found.push(wrong('whenOver', 'cut-not-by-ratio'));
    for (const [index, cap] of rule.caps.entries())
      if (cap.whenOver === 'cut') found.push(wrong(`caps/${index}/whenOver`, 'cut-not-by-ratio'));
  }
  if (mode === 'ratio' && rule.surplusType !== null) found.push(wrong('surplus', 'ratio-with-surplus'));
  return found;
}

function limitMistakes(rule: ConversionRule, wrong: FindMistake, { programmes }: PackNames): Mistake[] {
  const found: Mistake[] = [];
  for (const [index, { code, limit }] of rule.caps.entries())
    if (limit.unit === 'second') found.push(wrong(`caps/${index}/limit/minutes`, 'time-of-conversion', code));
  if (rule.cap && rule.cap.numerator > rule.cap.denominator) found.push(wrong('cap/numerator', 'cap-over-whole'));
  if (rule.singleUse === 'per-programme' && rule.targets.some(({ programme }) => programme === null))
    found.push(wrong('singleUse', 'use-without-programme'));
  if (rule.holdDays !== null && rule.approval !== 'required') found.push(wrong('holdDays', 'hold-without-approval'));
  if (rule.level !== 'none')
    for (const { programme, item } of rule.targets) {
      const isKnown = programme === null || programmes.some(({ code }) => code === programme);
      if (isKnown && levelAsked(programmes, { programme, item }) === null)
        found.push(wrong('level', 'level-of-nothing', item ?? programme));
    }
  return found;
}

/** Levels that what the rule draws on can never have. */
function levelMistakes(rule: ConversionRule, wrong: FindMistake, pack: PackNames): Mistake[] {
  const asked = rule.targets.flatMap((target) => levelAsked(pack.programmes, target) ?? []);
  const programmeItems = new Set(pack.programmes.flatMap(({ items }) => items.map(({ code }) => code)));
  return unfitLevels(rule, asked, wrong, { ...pack, programmeItems });
}

/**
 * Overlap that is below what a programme asks refuses every request. Where the rule says what a learner can do about it,
 * that answer is what the rule is for.
 */
function overlapMistakes(rule: ConversionRule, wrong: FindMistake, { programmes }: PackNames): Mistake[] {
  const { overlapPercent, supplement } = rule;
  if (supplement !== null) return [];
  const into = new Set(programmesOf(rule));
  const asking = programmes.flatMap(({ code, minimumOverlapPercent: least }) =>
    into.has(code) && least !== null ? [{ code, least }] : [],
  );
  const most = asking.reduce<(typeof asking)[number] | null>((a, b) => (a && a.least >= b.least ? a : b), null);
  return most === null || (overlapPercent !== null && overlapPercent >= most.least)
    ? []
    : [wrong('overlapPercent', 'overlap-too-low', most.code, overlapPercent, most.least)];
}

/** Level that a target asks for: its item's, else its programme's; null when neither has one. */
export function levelAsked(
  programmes: Programme[],
  { programme: code, item: itemCode }: Pick<ConversionTarget, 'programme' | 'item'>,
): string | null {
  const programme = programmes.find((candidate) => candidate.code === code);
  return programme?.items.find((item) => item.code === itemCode)?.level ?? programme?.level ?? null;
}

function targetMistakes(
  target: ConversionTarget,
  at: (field: string) => string,
  wrong: FindMistake,
  pack: PackNames,
): Mistake[] {
  if (target.item === null) return [];
  const programme = pack.programmes.find(({ code }) => code === target.programme);
  if (target.programme === null) return [wrong(at('item'), 'item-without-programme', target.item)];
  if (!programme) return [];
  const item = programme.items.find(({ code }) => code === target.item);
  const codes = programme.items.map(({ code }) => code);
  if (!item) return [unknownName(wrong, at('item'), 'programme-item', target.item, codes)];
  const found: Mistake[] = [];
  if (!item.isExemptible) found.push(wrong(at('item'), 'not-exemptible', item.code));
  if (item.creditType !== target.creditType)
    found.push(wrong(at('creditType'), 'item-of-other-type', item.code, item.creditType, target.creditType));
  return found;
}

/** Two rules for the same pair on the same day would make the answer depend on their order. */
function overlaps(rules: ConversionRule[]): Mistake[] {
  const pairs = rules.map(({ sources, targets }) =>
    JSON.stringify([
      sources.map((source) => JSON.stringify({ ...source, only: inOrder(source.only) })).sort(),
      targets.map(({ creditType, programme, item }) => JSON.stringify([creditType, programme, item])).sort(),
    ]),
  );
  return rules.flatMap((later, index) =>
    rules.slice(0, index).flatMap((earlier, before) => {
      const isTogether =
        earlier.effectiveFrom <= (later.effectiveTo ?? '9999') &&
        later.effectiveFrom <= (earlier.effectiveTo ?? '9999');
      if (pairs[index] !== pairs[before] || !isTogether) return [];
      const next =
        earlier.effectiveTo !== null && later.effectiveFrom <= earlier.effectiveTo
          ? dayAfter(earlier.effectiveTo)
          : null;
      return [mistakeAt(`/conversionRules/${index}/effectiveFrom`, 'rules-overlap', earlier.code, later.code, next)];
    }),
  );
}

/** The same pattern whatever the order of its names. */
function inOrder(only: OutcomePattern): [string, unknown][] {
  return Object.entries(only).map(([field, value]) => [
    field,
    Array.isArray(value) ? [...(value as string[])].sort() : value,
  ]);
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** One step of a chain: a type that a rule may draw on and one that it gives. */
interface Step {
  from: string;
  to: string;
  /** False: the rule takes only credit that was not converted before. */
  takesConverted: boolean;
  /** Place of the rule in the file. */
  index: number;
}

/** A pattern without a type speaks of all but what the rule gives; leisure into a degree is refused when it is asked. */
function stepsOf(
  rule: ConversionRule,
  index: number,
  { creditTypes, programmes }: Pick<PackNames, 'creditTypes' | 'programmes'>,
): Step[] {
  const itemCodes = new Set(programmes.flatMap(({ items }) => items.map(({ code }) => code)));
  const given = new Set([
    ...rule.targets.map(({ creditType }) => creditType),
    ...(rule.surplusType ? [rule.surplusType] : []),
  ]);
  return rule.sources.flatMap(({ only }) => {
    // Converted credit is called after the item it stands in for, or has no item at all.
    const isNamed = only.items.length > 0 && !only.items.some((item) => itemCodes.has(item));
    const takesConverted = !isNamed && (only.origins.length === 0 || only.origins.includes('conversion'));
    const open = creditTypes.filter(({ code, category }) => {
      const forbidden = category === 'leisure' && [...given].some((to) => categoryOf(creditTypes, to) === 'degree');
      return !given.has(code) && !forbidden;
    });
    const types = only.creditTypes.length > 0 ? only.creditTypes : open.map(({ code }) => code);
    return types.flatMap((from) => [...given].map((to) => ({ from, to, takesConverted, index })));
  });
}

/** Leisure credit must not reach a degree by way of a third type either, and no chain may come back to its start. */
function leaks(rules: ConversionRule[], pack: Pick<PackNames, 'creditTypes' | 'programmes'>): Mistake[] {
  const { creditTypes } = pack;
  const toProgramme = new Set(rules.filter(({ targets }) => targets.every(({ programme }) => programme !== null)));
  const steps = rules.flatMap((rule, index) =>
    // Credit of a type that is set aside for a programme of the same type has not gone anywhere.
    stepsOf(rule, index, pack).filter(({ from, to }) => !(toProgramme.has(rule) && from === to)),
  );
  // Many rules may make the same step; the first of them stands for all.
  const stepsFrom = groupBy(
    new Map(steps.map((step) => [`${step.from} ${step.to} ${step.takesConverted}`, step])).values(),
    ({ from }) => from,
  );
  return creditTypes.flatMap((start) => {
    const first = stepsFrom.get(start.code) ?? [];
    /** Types that are reached, each with the rule that reaches it. */
    const reached = new Map<string, number>();
    const waiting = [...first];
    while (waiting.length > 0) {
      const { to: code, index } = waiting.shift()!;
      if (reached.has(code)) continue;
      reached.set(code, index);
      waiting.push(...(stepsFrom.get(code) ?? []).filter(({ takesConverted }) => takesConverted));
    }
    const circle = reached.get(start.code);
    const found = circle === undefined ? [] : [mistakeAt(`/conversionRules/${circle}`, 'circle-of-rules', start.code)];
    if (start.category !== 'leisure') return found;
    for (const { code, category } of creditTypes) {
      const index = reached.get(code);
      if (category === 'degree' && index !== undefined && !first.some(({ to }) => to === code))
        found.push(mistakeAt(`/conversionRules/${index}`, 'leisure-reaches-degree', start.code, code));
    }
    return found;
  });
}
