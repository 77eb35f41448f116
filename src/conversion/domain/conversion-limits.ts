import { formatCredit } from '../../kernel/credit.js';
import type { OutcomeFacts } from '../../kernel/outcome.js';
import type { RefusalCode } from '../../kernel/refusal.js';
import {
  capGroup,
  capUse,
  countedFrom,
  countedUntil,
  type Cap,
  type CountedOutcome,
} from '../../policy/domain/caps.js';
import type { ConversionRule } from '../../policy/domain/conversion-rules.js';
import { programmesOf } from '../../policy/domain/conversion-rules.js';
import { plain } from '../../policy/domain/pack-words.js';
import { matchesOutcome } from '../../policy/domain/outcome-pattern.js';
import { programmeOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import { programmeLimitAmount } from '../../policy/domain/programme-limits.js';
import type { Programme } from '../../policy/domain/programmes.js';
import type { Check, Part, PastPart } from './conversion-case.js';
import { conversionNames } from './lot-gates.js';
import { capLeftCenti, shareLimitCenti } from './share-cap.js';

/** How one limit stands, and what a conversion asks of it. Hundredths, or a number of outcomes. */
export interface LimitUse {
  /** Tells limits, and the groups one counts apart, from each other. */
  id: string;
  check: 'cap' | 'floor';
  unit: 'centi' | 'count';
  limit: number;
  used: number;
  left: number;
  asked: number;
  whenOver: 'cut' | 'refuse';
  /** Parts that count under it. */
  parts: Part[];
  facts: Check['facts'];
}

/** What the limits of a conversion are counted from. */
export interface LimitCase {
  pack: PolicyPack;
  rule: ConversionRule;
  parts: Part[];
  history: PastPart[];
  today: string;
  /** Hundredths that the share cap is asked for; the parts may be unknown when there is too little credit. */
  toCenti: number;
}

/**
 * Every limit a conversion meets: the rule's share of a programme, its caps, and the caps and floors of the programmes it
 * counts towards. What is held counts as used, so that limits hold at every moment and in any order of requests.
 */
export function limitUses(given: LimitCase): LimitUse[] {
  return [...shareUse(given), ...ruleCapUses(given), ...programmeUses(given)];
}

function shareUse({ pack, rule, parts, history, toCenti }: LimitCase): LimitUse[] {
  const { cap } = rule;
  if (!cap) return [];
  const types = new Set(rule.targets.map(({ creditType }) => creditType));
  const limit = shareLimitCenti(programmeOf(pack, cap.programme)?.totalCenti ?? 0, cap.numerator, cap.denominator);
  const earlier = history.filter((part) => part.capProgramme === cap.programme && types.has(part.creditType));
  const used = sumOf(earlier);
  const share = `${cap.numerator}/${cap.denominator}`;
  const { zh, en } = programmeOf(pack, cap.programme)?.title ?? plain(cap.programme);
  const facts = {
    ...{ capName: `《${zh}》总学分的 ${share}`, capNameEn: `${share} of the total of "${en}"` },
    ...{ programme: cap.programme, share, per: 'lifetime', usedBy: conversionNames(earlier) },
  };
  return [
    {
      ...{ id: 'share', check: 'cap', unit: 'centi', limit, used, left: capLeftCenti(limit, used) },
      ...{ asked: toCenti, whenOver: rule.whenOver, parts, facts },
    },
  ];
}

/** The rule's own caps speak of the learning that is converted, dated by the conversion where they count by posting. */
function ruleCapUses({ pack, rule, parts, history, today }: LimitCase): LimitUse[] {
  const earlier = history.filter((part) => part.rule === rule.code);
  return rule.caps.flatMap((cap) =>
    capUses(pack, cap, {
      facts: { ...capNames(cap), cap: cap.code },
      parts: parts.map((part) => ({ part, facts: { ...part.source, postedOn: today } })),
      earlier: earlier.map((part) => ({ part, facts: { ...part.source, postedOn: part.decidedOn } })),
    }),
  );
}

/** A programme's limits speak of the credit as it stands in the programme: converted, of the type of the target. */
function programmeUses(given: LimitCase): LimitUse[] {
  return programmesOf(given.rule).flatMap((code) => {
    const programme = programmeOf(given.pack, code);
    if (!programme) return [];
    const own = given.parts.filter((part) => part.programme === code);
    const earlier = given.history.filter((part) => part.programme === code);
    return [...programmeCapUses(given, programme, own, earlier), ...floorUses(given, programme, own, earlier)];
  });
}

function inProgramme(part: Part, postedOn: string): OutcomeFacts {
  return { ...part.source, origin: 'conversion', creditType: part.creditType, item: part.item, postedOn };
}

function programmeCapUses(
  { pack, rule, today }: LimitCase,
  programme: Programme,
  parts: Part[],
  earlier: PastPart[],
): LimitUse[] {
  return programme.caps
    .filter(({ limit }) => limit.unit !== 'second')
    .flatMap(({ code, name, limit, each, only }) => {
      const amount = programmeLimitAmount(programme, limit);
      const unit = limit.unit === 'share' ? 'centi' : limit.unit;
      const cap: Cap = {
        ...{ code, name, each, only, limit: { unit, amount } },
        ...{ per: 'lifetime', date: 'end', whenOver: rule.whenOver, short: null },
      };
      const share: Record<string, string> =
        limit.unit === 'share' ? { share: `${limit.numerator}/${limit.denominator} of ${limit.of}` } : {};
      return capUses(pack, cap, {
        facts: { ...capNames(cap), programme: programme.code, cap: code, ...share },
        parts: parts.map((part) => ({ part, facts: inProgramme(part, today) })),
        earlier: earlier.map((part) => ({ part, facts: inProgramme(part, part.decidedOn) })),
      });
    });
}

/** What a floor asks for in other learning is not there for conversion: at least 18 of 80 evaluated leave 62. */
function floorUses(
  { pack, rule, today }: LimitCase,
  programme: Programme,
  parts: Part[],
  earlier: PastPart[],
): LimitUse[] {
  return programme.floors
    .filter(({ limit, each }) => (limit.unit === 'centi' || limit.unit === 'share') && each.length === 0)
    .flatMap(({ code, name, limit: floor, only }) => {
      const isOutside = (part: Part, day: string) => !matchesOutcome(only, inProgramme(part, day), pack.levelSchemes);
      const outside = parts.filter((part) => isOutside(part, today));
      if (outside.length === 0) return [];
      const least = programmeLimitAmount(programme, floor, 'up');
      const limit = Math.max(0, programme.totalCenti - least);
      const before = earlier.filter((part) => isOutside(part, part.decidedOn));
      const used = sumOf(before);
      const facts = {
        ...{ ...capNames({ name }), programme: programme.code, floor: code, least: formatCredit(least) },
        ...{ per: 'lifetime', usedBy: conversionNames(before) },
      };
      return [
        {
          ...{ id: `floor ${programme.code} ${code}`, check: 'floor', unit: 'centi', limit, used },
          ...{ left: capLeftCenti(limit, used), asked: sumOf(outside), whenOver: rule.whenOver, parts: outside, facts },
        } satisfies LimitUse,
      ];
    });
}

interface Dated<P extends Part> {
  part: P;
  facts: OutcomeFacts;
}

/** A cap over the parts of a conversion, one use for every group it counts apart. */
function capUses(
  pack: PolicyPack,
  cap: Cap,
  given: { facts: Record<string, string>; parts: Dated<Part>[]; earlier: Dated<PastPart>[] },
): LimitUse[] {
  const unit = cap.limit.unit === 'count' ? 'count' : 'centi';
  const counted = <P extends Part>(some: Dated<P>[]): (CountedOutcome & { part: P })[] =>
    (unit === 'count' ? onePerOutcome(some) : some).map(({ part, facts }) => ({
      ...{ ...facts, seconds: 0, centi: part.centi },
      part,
    }));
  const groups = new Map<string, Dated<Part>[]>();
  given.parts.forEach((dated, index) => {
    if (!matchesOutcome(cap.only, dated.facts, pack.levelSchemes)) return;
    const alone = cap.per === 'visit' ? `#${index}` : '';
    const key = `${capGroup(cap, pack.calendar, dated.facts)}${alone}`;
    groups.set(key, [...(groups.get(key) ?? []), dated]);
  });
  return [...groups].flatMap(([key, group]) => {
    const use = capUse(cap, pack, counted(given.earlier), group[0]!.facts);
    if (!use) return [];
    const asked = counted(group);
    return [
      {
        ...{ id: `cap ${given.facts['programme'] ?? ''} ${cap.code} ${key}`, check: 'cap', unit },
        ...{ limit: cap.limit.amount, used: use.used, left: use.left, whenOver: cap.whenOver },
        asked: unit === 'count' ? asked.length : asked.reduce((sum, { centi }) => sum + centi, 0),
        parts: group.map(({ part }) => part),
        facts: {
          ...{ ...given.facts, ...groupFacts(cap, group[0]!.facts), ...periodFacts(cap, pack, group[0]!.facts) },
          usedBy: conversionNames(use.earlier.map(({ part }) => part)),
        },
      } satisfies LimitUse,
    ];
  });
}

/** One certificate that becomes three courses is one certificate. */
function onePerOutcome<P extends Part>(some: Dated<P>[]): Dated<P>[] {
  const seen = new Set<string>();
  return some.filter(({ part }) => {
    const key = JSON.stringify([(part as Partial<PastPart>).conversion ?? 'new', part.outcomes]);
    return !seen.has(key) && seen.add(key);
  });
}

function groupFacts(cap: Cap, facts: OutcomeFacts): Record<string, string> {
  const words = { provider: facts.provider, item: facts.item, 'activity-type': facts.activityType };
  const all: Record<string, string | null> = {
    ...words,
    'outcome-class': facts.outcomeClass,
    'credit-type': facts.creditType,
  };
  return Object.fromEntries(cap.each.flatMap((dimension) => (all[dimension] ? [[dimension, all[dimension]]] : [])));
}

function capNames({ name }: Pick<Cap, 'name'>): Record<string, string> {
  return { capName: name.zh, capNameEn: name.en };
}

/** The period that was counted, and which day of the learning put it there. */
function periodFacts(cap: Cap, { calendar }: PolicyPack, facts: OutcomeFacts): Record<string, string> {
  const [from, to] = [countedFrom(cap, calendar, facts), countedUntil(cap, calendar, facts)];
  return { per: cap.per, ...(from && to ? { countedBy: cap.date, from, to } : {}) };
}

function sumOf(parts: Part[]): number {
  return parts.reduce((sum, { centi }) => sum + centi, 0);
}

/** The check that tells how a limit stood; `taken` is what was left of the asked amount after cuts. */
export function limitCheck(use: LimitUse, taken: number): Check {
  const amount = (value: number) => (use.unit === 'count' ? String(value) : formatCredit(value));
  const { limit, used, left, asked } = use;
  return {
    check: use.check,
    isPassed: taken <= left && (taken > 0 || asked === 0),
    code: limitCode(use),
    facts: {
      ...use.facts,
      ...{ limit: amount(limit), used: amount(used), left: amount(left), asked: amount(asked) },
      ...(taken > 0 && taken < asked ? { cut: amount(asked - taken) } : {}),
    },
  };
}

function limitCode({ check, unit }: LimitUse): RefusalCode {
  if (check === 'floor') return 'conversion-floor-missed';
  return unit === 'count' ? 'conversion-count-exceeded' : 'conversion-cap-exceeded';
}
