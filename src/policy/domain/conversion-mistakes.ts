import { capMistakes } from './caps.js';
import type { ConversionRule, ConversionTarget } from './conversion-rules.js';
import type { CreditType } from './credit-types.js';
import { duplicates, itemMistake, unknownName, type Mistake } from './mistake.js';
import { patternMistakes, type KnownNames, type OutcomePattern } from './outcome-pattern.js';
import type { Programme } from './programmes.js';
import type { CatalogueItem } from './recognition-rules.js';

interface PackNames {
  creditTypes: CreditType[];
  programmes: Programme[];
  /** Outcomes of elsewhere that sources may name. */
  catalogue: CatalogueItem[];
  known: KnownNames;
}

/** Everything that is wrong in the conversion rules of a pack, each rule alone and all together. */
export function conversionRuleMistakes(rules: ConversionRule[], pack: PackNames): Mistake[] {
  const mistakes = rules.flatMap((rule, index) => [
    ...nameMistakes(rule, index, pack),
    ...directionMistakes(rule, index, pack),
    ...amountMistakes(rule, index),
    ...limitMistakes(rule, index, pack),
    ...rule.targets.flatMap((target) => targetMistakes(rule, target, index, pack)),
  ]);
  return [...duplicates('conversionRules', rules), ...mistakes, ...overlaps(rules), ...leaks(rules, pack)];
}

function nameMistakes(rule: ConversionRule, index: number, { known, programmes }: PackNames): Mistake[] {
  const found = rule.sources.flatMap(({ only }) => patternMistakes('conversionRules', index, rule.code, only, known));
  const types = [...rule.targets.map(({ creditType }) => creditType), ...(rule.surplusType ? [rule.surplusType] : [])];
  for (const type of new Set(types))
    if (!known.creditTypes.has(type))
      found.push(unknownName('conversionRules', index, rule.code, 'credit type', type, known.creditTypes));
  const codes = programmes.map(({ code }) => code);
  const named = [
    ...rule.targets.flatMap(({ programme }) => programme ?? []),
    ...(rule.cap ? [rule.cap.programme] : []),
  ];
  for (const code of new Set(named))
    if (!codes.includes(code)) found.push(unknownName('conversionRules', index, rule.code, 'programme', code, codes));
  return found;
}

function directionMistakes(rule: ConversionRule, index: number, pack: PackNames): Mistake[] {
  const wrong = (what: string) => itemMistake('conversionRules', index, rule.code, what);
  const found: Mistake[] = [];
  const named = new Set(rule.sources.flatMap(({ only }) => typesOf(only, pack.catalogue)));
  for (const { creditType } of rule.targets.filter(({ programme }) => programme === null))
    if (named.has(creditType)) found.push(wrong(`converts ${creditType} into itself`));
  const isLeisure = [...named].some((type) => categoryOf(pack.creditTypes, type) === 'leisure');
  if (isLeisure && rule.targets.some((target) => isDegree(target, pack)))
    found.push(wrong('leisure credit can never become degree credit'));
  if (isLeisure && rule.surplusType !== null && categoryOf(pack.creditTypes, rule.surplusType) === 'degree')
    found.push(wrong('leisure credit can never become degree credit, not as a surplus either'));
  if (rule.effectiveTo !== null && rule.effectiveTo < rule.effectiveFrom) found.push(wrong('ends before it begins'));
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

function amountMistakes({ code, mode, ...rule }: ConversionRule, index: number): Mistake[] {
  const wrong = (what: string, suggestion?: string) => itemMistake('conversionRules', index, code, what, suggestion);
  const found: Mistake[] = [];
  if (mode === 'ratio' && rule.targets.length > 1)
    found.push(wrong('a ratio has one target', 'amount: fixed, with the credit of each target'));
  for (const { creditType, programme, item, centi } of rule.targets) {
    if (mode === 'fixed' && !centi) found.push(wrong(`${creditType} needs a fixed credit`, "credit: '1.00'"));
    if (mode !== 'fixed' && centi !== null)
      found.push(wrong(`the credit of ${creditType} follows from the amount ${mode}`, 'amount: fixed, or no credit'));
    if (mode === 'ratio' && item !== null)
      found.push(wrong(`a ratio cannot stand in for the item ${item}`, 'amount: replaced'));
    if (mode === 'replaced' && (programme === null || item === null))
      found.push(wrong(`${creditType} must name the programme and item it replaces`));
  }
  const isExact = mode === 'ratio' && !rule.isWholeOnly;
  if (!isExact && [rule, ...rule.caps].some(({ whenOver }) => whenOver === 'cut'))
    found.push(wrong('only an amount by ratio, not whole, can be cut', 'whenOver: refuse'));
  if (mode === 'ratio' && rule.surplusType !== null) found.push(wrong('a ratio leaves no surplus'));
  return found;
}

function limitMistakes(rule: ConversionRule, index: number, { known, programmes }: PackNames): Mistake[] {
  const wrong = (what: string, suggestion?: string) =>
    itemMistake('conversionRules', index, rule.code, what, suggestion);
  const found = capMistakes(`conversionRules/${index}/caps`, rule.caps, known).map((mistake) => ({
    ...mistake,
    message: `${rule.code}: ${mistake.message}`,
  }));
  for (const { code, limit } of rule.caps)
    if (limit.unit === 'second')
      found.push(wrong(`${code} counts study time, a conversion has credit`, 'credit or count'));
  if (rule.cap && rule.cap.numerator > rule.cap.denominator) found.push(wrong('a cap is at most the whole'));
  if (rule.singleUse === 'per-programme' && rule.targets.some(({ programme }) => programme === null))
    found.push(wrong('single use for each programme needs a programme on every target', 'singleUse: ever'));
  if (rule.holdDays !== null && rule.approval !== 'required')
    found.push(wrong('only a rule with approval holds', 'approval: required'));
  if (rule.level !== 'none')
    for (const { programme, item } of rule.targets)
      if (levelAsked(programmes, { programme, item }) === null)
        found.push(wrong(`asks for a level, but ${item ?? programme ?? 'its target'} has none`));
  return found;
}

/** Level that a target asks for: its item's, else its programme's; null when neither has one. */
export function levelAsked(
  programmes: Programme[],
  { programme: code, item: itemCode }: Pick<ConversionTarget, 'programme' | 'item'>,
): string | null {
  const programme = programmes.find((candidate) => candidate.code === code);
  return programme?.items.find((item) => item.code === itemCode)?.level ?? programme?.level ?? null;
}

function targetMistakes(rule: ConversionRule, target: ConversionTarget, index: number, pack: PackNames): Mistake[] {
  const wrong = (what: string) => itemMistake('conversionRules', index, rule.code, what);
  if (target.item === null) return [];
  const programme = pack.programmes.find(({ code }) => code === target.programme);
  if (target.programme === null) return [wrong(`the item ${target.item} needs its programme`)];
  if (!programme) return [];
  const item = programme.items.find(({ code }) => code === target.item);
  const codes = programme.items.map(({ code }) => code);
  if (!item) return [unknownName('conversionRules', index, rule.code, 'item', target.item, codes)];
  const found: Mistake[] = [];
  if (!item.isExemptible) found.push(wrong(`nothing can stand in for ${item.code}: it is not exemptible`));
  if (item.creditType !== target.creditType)
    found.push(wrong(`the item ${item.code} is ${item.creditType} credit, not ${target.creditType}`));
  return found;
}

/** Two rules for the same pair on the same day would make the answer depend on their order. */
function overlaps(rules: ConversionRule[]): Mistake[] {
  const pair = ({ sources, targets }: ConversionRule) =>
    JSON.stringify([sources, targets.map(({ creditType, programme, item }) => [creditType, programme, item])]);
  return rules.flatMap((a, index) =>
    rules
      .slice(index + 1)
      .filter(
        (b) =>
          pair(a) === pair(b) &&
          a.effectiveFrom <= (b.effectiveTo ?? '9999') &&
          b.effectiveFrom <= (a.effectiveTo ?? '9999'),
      )
      .map((b) => ({
        pointer: `/conversionRules/${rules.indexOf(b)}`,
        message: `${a.code} and ${b.code} are in force for the same pair at the same time`,
      })),
  );
}

/** One step of a chain: a type that a rule may draw on and one that it gives. */
interface Step {
  from: string;
  to: string;
  /** False: the rule takes only credit that was not converted before. */
  takesConverted: boolean;
}

/** A pattern without a type speaks of all but what the rule gives; leisure into a degree is refused when it is asked. */
function stepsOf(
  rule: ConversionRule,
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
    return types.flatMap((from) => [...given].map((to) => ({ from, to, takesConverted })));
  });
}

/** Leisure credit must not reach a degree by way of a third type either, and no chain may come back to its start. */
function leaks(rules: ConversionRule[], pack: Pick<PackNames, 'creditTypes' | 'programmes'>): Mistake[] {
  const { creditTypes } = pack;
  const toProgramme = new Set(rules.filter(({ targets }) => targets.every(({ programme }) => programme !== null)));
  const steps = rules.flatMap((rule) =>
    // Credit of a type that is set aside for a programme of the same type has not gone anywhere.
    stepsOf(rule, pack).filter(({ from, to }) => !(toProgramme.has(rule) && from === to)),
  );
  return creditTypes.flatMap((start) => {
    const first = steps.filter(({ from }) => from === start.code).map(({ to }) => to);
    const reached = new Set<string>();
    const waiting = [...first];
    while (waiting.length > 0) {
      const code = waiting.pop()!;
      if (reached.has(code)) continue;
      reached.add(code);
      waiting.push(...steps.filter(({ from, takesConverted }) => from === code && takesConverted).map(({ to }) => to));
    }
    const found: string[] = [];
    if (reached.has(start.code)) found.push(`${start.code} can be converted back into itself`);
    if (start.category === 'leisure') {
      for (const { code, category } of creditTypes)
        if (category === 'degree' && reached.has(code) && !first.includes(code))
          found.push(`${start.code} reaches the degree type ${code} through other rules`);
    }
    const suggestion = 'a later rule may leave out what was converted: origins: [attendance, recognition]';
    return found.map((message) => ({ pointer: '/conversionRules', message, suggestion }));
  });
}
