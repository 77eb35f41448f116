import { formatCredit } from '../../kernel/credit.js';
import type { ConversionRule } from '../../policy/domain/conversion-rules.js';
import type { Check, ConversionInputs, SourceLot } from './conversion-case.js';
import { lotsOfRule, neededCenti, sumCenti, type Need } from './select-lots.js';

/**
 * Whether there is enough, and of every source where a rule has several. Credit of the type that the rule does not take
 * (converted, not assessed, of another provider) is told beside what it takes.
 */
export function creditCheck(
  need: Need,
  lots: SourceLot[],
  { asked, restCenti, otherCenti = 0 }: ConversionInputs,
): Check {
  const { rule } = need;
  const short = rule.sources
    .map((source) => ({ source, have: haveOf(rule, source, lots, need) }))
    .find(({ source, have }) => have + (rule.sources.length === 1 ? restCenti : 0) < source.minimumCenti);
  const types = (short ? [short.source] : rule.sources).flatMap(({ only }) => only.creditTypes);
  const available = short && rule.sources.length > 1 ? short.have : sumCenti(lots) + restCenti;
  const needed = Math.max(short?.source.minimumCenti ?? 0, rule.sources.length > 1 && short ? 0 : neededCenti(need));
  return {
    check: 'credit',
    isPassed: !short && available >= needed,
    code: 'insufficient-credit',
    facts: {
      creditType: asked.from ?? ([...new Set(types)].join(', ') || null),
      available: formatCredit(available),
      needed: formatCredit(needed),
      ...(otherCenti > 0 ? notTaken(formatCredit(otherCenti)) : {}),
    },
  };
}

function notTaken(amount: string): Check['facts'] {
  return {
    notTaken: amount,
    hint: `另有 ${amount} 学分的学习不在此规则之内。`,
    hintEn: `${amount} more are of learning that the rule does not take.`,
  };
}

/** Usable credit of the types a rule takes that is of learning it does not take. Hundredths. */
export function otherCredit(rule: ConversionRule, given: ConversionInputs, taken: SourceLot[]): number {
  if (given.asked.lots !== null) return 0;
  const types = new Set(rule.sources.flatMap(({ only }) => only.creditTypes));
  const { from } = given.asked;
  const isAsked = (type: string) => (from === null || type === from) && (types.size === 0 || types.has(type));
  const used = new Set(taken);
  const other = given.lots.filter((lot) => isAsked(lot.creditType) && !used.has(lot));
  return (given.otherCenti ?? 0) + sumCenti(other);
}

function haveOf(
  rule: ConversionRule,
  source: ConversionRule['sources'][number],
  lots: SourceLot[],
  need: Need,
): number {
  return sumCenti(rule.sources.length === 1 ? lots : lotsOfRule({ ...rule, sources: [source] }, lots, need.schemes));
}
