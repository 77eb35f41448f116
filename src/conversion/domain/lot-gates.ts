import { addYears } from '../../kernel/clock.js';
import { isDegree, levelAsked } from '../../policy/domain/conversion-mistakes.js';
import { programmesOf, type ConversionRule } from '../../policy/domain/conversion-rules.js';
import { isAtLeast } from '../../policy/domain/outcome-pattern.js';
import { creditTypeOf, programmeOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import type { Check, OutcomeName, PastPart, SourceLot } from './conversion-case.js';
import { selectLots, type Need } from './select-lots.js';

/** A question asked of every lot alone: those that fail it are left out. */
export interface LotGate {
  check: Check['check'];
  code: Check['code'];
  facts: Check['facts'];
  fits: (lot: SourceLot) => boolean;
}

/** What came of the gates. */
export interface GateResult {
  lots: SourceLot[];
  checks: Check[];
}

/**
 * Asks the gates of the lots in turn. A gate fails when it left out a lot that was named, or when there was enough
 * before it and is not after it; leaving out what nobody needs is told and passes.
 */
export function passGates(gates: LotGate[], lots: SourceLot[], need: Need): GateResult {
  let left = lots;
  const checks = gates.map(({ check, code, facts, fits }): Check => {
    const before = left;
    const out: number[] = [];
    left = before.filter((lot) => fits(lot) || !out.push(lot.lot));
    const isMissed = out.length > 0 && selectLots(need, before) !== null && selectLots(need, left) === null;
    const isPassed = !isMissed && !(need.isNamed && out.length > 0);
    return { check, isPassed, code, facts: { ...facts, ...(out.length > 0 ? { leftOut: namesOf(out) } : {}) } };
  });
  return { lots: left, checks };
}

/** Lots, outcomes or conversions as a sentence names them, the first ten; null for none. */
export function namesOf(names: OutcomeName[]): string | null {
  return names.length === 0 ? null : `${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}`;
}

/** Conversions of this account that parts belong to, by the version of their entry. */
export function conversionNames(parts: PastPart[]): string | null {
  const own = parts.filter(({ lot }) => lot !== 0).map(({ conversion }) => conversion);
  return namesOf([...new Set(own)].sort((a, b) => a - b));
}

/** How a limit of one stands. */
export function usedOnce(isUsed: boolean): Check['facts'] {
  return { limit: '1', used: isUsed ? '1' : '0', left: isUsed ? '0' : '1' };
}

/** True when credit of any of these roots is leisure, was leisure, or is of a kind nobody knows. */
export function isFromLeisure(
  pack: PolicyPack,
  { creditType, roots }: Pick<SourceLot, 'creditType' | 'roots'>,
): boolean {
  const categories = [
    creditTypeOf(pack, creditType)?.category ?? null,
    ...roots.flatMap((root) => [root.category, creditTypeOf(pack, root.creditType)?.category ?? root.category]),
  ];
  return categories.some((category) => category === 'leisure' || category === null);
}

/** True when anything a rule gives is degree credit or counts towards a degree. */
export function givesDegree(pack: PolicyPack, rule: ConversionRule): boolean {
  const surplus = rule.surplusType === null ? [] : [{ creditType: rule.surplusType, programme: null }];
  return [...rule.targets, ...surplus].some((target) => isDegree(target, pack));
}

/** Whatever the rules say: nothing that began as leisure becomes degree credit, by whatever chain (Shanghai). */
export function leisureGate(pack: PolicyPack, rule: ConversionRule, facts: Check['facts']): LotGate {
  const isForDegree = givesDegree(pack, rule);
  return {
    ...{ check: 'category', code: 'leisure-to-degree-forbidden', facts },
    fits: (lot) => !isForDegree || !isFromLeisure(pack, lot),
  };
}

/** Level of the source beside that of every target. */
export function levelGates(pack: PolicyPack, rule: ConversionRule): LotGate[] {
  if (rule.level === 'none') return [];
  const levels = [...new Set(rule.targets.map((target) => levelAsked(pack.programmes, target)))];
  return [
    {
      ...{ check: 'level', code: 'level-too-low' },
      facts: { levelRule: rule.level, level: levels.map((level) => level ?? '—').join(', ') },
      fits: ({ facts }) =>
        levels.every((level) => {
          if (level === null) return false;
          return rule.level === 'same' ? facts.level === level : isAtLeast(pack.levelSchemes, facts.level, level);
        }),
    },
  ];
}

/** A programme counts nothing older than it says: converted into it, an outcome would be lost for nothing. */
export function recencyGates(pack: PolicyPack, rule: ConversionRule, today: string): LotGate[] {
  return programmesOf(rule).flatMap((code) => {
    const years = programmeOf(pack, code)?.recencyYears ?? null;
    if (years === null) return [];
    const notBefore = addYears(today, -years);
    return [
      {
        ...{ check: 'recency', code: 'outcome-too-old', facts: { programme: code, years, notBefore } },
        fits: ({ facts }) => facts.endsOn >= notBefore,
      } satisfies LotGate,
    ];
  });
}

/** Nothing of the outcome may have been used, held or taken back before. */
export function wholeGates(rule: ConversionRule): LotGate[] {
  if (!rule.isWholeOnly) return [];
  return [{ check: 'whole', code: 'outcome-not-whole', facts: { wholeOnly: true }, fits: ({ isWhole }) => isWhole }];
}

/** Outcomes that may not serve a rule again. What was converted from one is the same outcome. */
export function spentOutcomes(rule: ConversionRule, history: PastPart[]): Set<OutcomeName> {
  const programmes = programmesOf(rule);
  const isSpent = ({ isEver, programme }: PastPart) =>
    isEver ||
    rule.singleUse === 'ever' ||
    (rule.singleUse === 'per-programme' && programme !== null && programmes.includes(programme));
  return new Set(history.filter(isSpent).flatMap(({ outcomes }) => outcomes));
}

/** Leaves out outcomes that served where they may serve once (Beijing: one outcome is not converted twice). */
export function singleUseGates(rule: ConversionRule, history: PastPart[]): LotGate[] {
  const spent = spentOutcomes(rule, history);
  if (rule.singleUse === null && spent.size === 0) return [];
  return [
    {
      ...{ check: 'single-use', code: 'outcome-already-converted' },
      facts: { singleUse: rule.singleUse ?? 'ever', programme: programmesOf(rule).join(', ') || null },
      fits: ({ roots }) => !roots.some(({ entry }) => spent.has(entry)),
    },
  ];
}
