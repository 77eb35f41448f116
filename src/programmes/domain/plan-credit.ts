import type { OutcomeFacts } from '../../kernel/outcome.js';
import { programmesOf, type ConversionRule } from '../../policy/domain/conversion-rules.js';
import type { CreditCategory } from '../../policy/domain/credit-types.js';
import type { OutcomePattern } from '../../policy/domain/outcome-pattern.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';
import type { Programme } from '../../policy/domain/programmes.js';
import type { Named } from '../../policy/domain/schema-parts.js';

/** An outcome that credit came from first. */
export interface LearningRoot {
  entry: number | string;
  creditType: string;
  category: CreditCategory | null;
}

/** Credit as conversion rules look at it, besides its amount. */
export interface Learning {
  facts: OutcomeFacts;
  roots: LearningRoot[];
  /** Nothing of it was ever used. */
  isWhole: boolean;
}

/** Credit a plan begins with or may earn: a lot, or all of a course. */
export interface StartCredit {
  learning: Learning;
  amountCenti: number;
  /** Entry or course: what single use and numbers of outcomes count as one. */
  outcome: string;
}

/** What a rule says of some credit, whatever amount there is of it. */
export interface Probe {
  refusedBy: string | null;
  newLots: { learning: Learning; programme: string | null; centi: number }[];
  limits: RuleLimit[];
}

/** A limit that a rule meets; ways with the same `id` share it. Hundredths or outcomes. */
export interface RuleLimit {
  id: string;
  unit: 'centi' | 'count';
  left: number;
  asked: number;
}

/** Conversion as a plan asks about it: answered by the functions that decide conversions. */
export interface RuleBook {
  /** Hundredths that one use draws: a step of a ratio, else what the targets are worth. */
  drawnByUse(rule: ConversionRule): number;
  probe(rule: ConversionRule, from: Learning[], drawnCenti: number[]): Probe;
  /** True when an earlier conversion used the outcome. */
  hasServed(outcome: number | string): boolean;
}

/** A rule that a plan leaves out, wholly or in part, and why. */
export interface NotConsidered {
  rule: string;
  name: Named;
  why: Named;
}

/**
 * How much is told apart of what conversions bring in. Loose: nothing for the programme's caps, and no cap on a number of
 * outcomes counts it. Close: all but items and institutions, and outcomes are counted. Fine: everything, at the price of
 * a larger search. What is not told apart is not capped, so that a plan is at least as cheap as any that works. Strict is
 * as close, but leaves out what caps on numbers could count several times: quickly found, and dearer.
 */
export type PlanCare = 'loose' | 'strict' | 'close' | 'fine';

/** Which facts of learning rules may ask of a conversion, or the programme of what comes in: others need not be told apart. */
export function signatureOf(
  pack: Pick<PolicyPack, 'programmes' | 'creditTypes'>,
  programme: Programme,
  rules: ConversionRule[],
  care: PlanCare,
): (learning: Learning) => string {
  // Where credit came from first matters by its category: what began as leisure never becomes degree credit.
  const categoryOf = new Map(pack.creditTypes.map(({ code, category }) => [code, category]));
  const programmes = [...pack.programmes.filter(({ code }) => code !== programme.code), programme];
  const isMet = ({ code }: Programme) => rules.some((rule) => programmesOf(rule).includes(code));
  const limits = [
    ...programmes.filter(isMet).flatMap(({ caps, floors }) => [...caps, ...floors]),
    ...rules.flatMap(({ caps }) => caps),
    ...programme.floors,
    ...(care === 'loose' ? [] : programme.caps).map((cap) =>
      care === 'fine' ? cap : { ...cap, each: [], only: { ...cap.only, items: [], providers: [] } },
    ),
  ];
  const patterns: OutcomePattern[] = [
    ...limits.map(({ only }) => only),
    ...rules.flatMap(({ sources }) => sources.map(({ only }) => only)),
    ...programme.buckets.map(({ accepts }) => accepts),
  ];
  const asks = (of: (pattern: OutcomePattern) => boolean, dimension: string | null) =>
    patterns.some(of) || limits.some(({ each }) => dimension !== null && (each as string[]).includes(dimension));
  const isDated = rules.some(({ caps }) => caps.some(({ per }) => per !== 'lifetime' && per !== 'visit'));
  const asked: ((learning: Learning) => unknown)[] = [
    ({ facts }) => facts.creditType,
    ({ roots }) =>
      [...new Set(roots.flatMap(({ creditType, category }) => [category, categoryOf.get(creditType)]))].sort(),
    ({ isWhole }) => isWhole || !rules.some(({ isWholeOnly }) => isWholeOnly),
  ];
  const ask = (isAsked: boolean, of: (facts: OutcomeFacts) => unknown) => {
    if (isAsked) asked.push(({ facts }) => of(facts));
  };
  ask(
    asks(({ origins }) => origins.length > 0, null),
    ({ origin }) => origin,
  );
  ask(
    asks(({ outcomeClasses }) => outcomeClasses.length > 0, 'outcome-class'),
    ({ outcomeClass }) => outcomeClass,
  );
  ask(
    asks(({ activityTypes }) => activityTypes.length > 0, 'activity-type'),
    ({ activityType }) => activityType,
  );
  ask(
    asks(({ items }) => items.length > 0, 'item'),
    ({ item }) => item,
  );
  ask(
    asks(({ providers }) => providers.length > 0, 'provider'),
    ({ provider }) => provider,
  );
  ask(
    asks(({ assessedOnly }) => assessedOnly, null),
    ({ isAssessed }) => isAssessed,
  );
  ask(
    asks(({ minimumLevel }) => minimumLevel !== null, null) ||
      rules.some(({ level }) => level !== 'none') ||
      programme.items.some(({ level }) => level !== null),
    ({ level }) => level,
  );
  ask(isDated, ({ startsOn, endsOn }) => [startsOn, endsOn]);
  return (learning) => JSON.stringify(asked.map((of) => of(learning)));
}
