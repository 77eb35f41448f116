import { formatCredit } from '../../kernel/credit.js';
import { largestDivisor } from '../../kernel/largest-divisor.js';
import type { ConversionRule } from '../../policy/domain/conversion-rules.js';
import type { Check } from './conversion-case.js';
import type { Need, Selection } from './select-lots.js';

/** What a ratio makes of so many hundredths, rounded down, and whether nothing was lost by it. */
export function ratioOf(
  { ratio }: Pick<ConversionRule, 'ratio'>,
  fromCenti: number,
): { toCenti: number; isWhole: boolean } {
  const product = BigInt(fromCenti) * BigInt(ratio.to);
  const parts = BigInt(ratio.from);
  return { toCenti: Number(product / parts), isWhole: product % parts === 0n };
}

/** Smallest source amount of a ratio that gives whole hundredths. */
export function stepOf({ ratio }: Pick<ConversionRule, 'ratio'>): number {
  return ratio.from / largestDivisor(ratio.from, ratio.to);
}

/** The amount fits the rule: whole hundredths under a ratio, and what a fixed amount takes where one was named. */
export function amountCheck(
  rule: ConversionRule,
  need: Need,
  selection: Selection | null,
  askedCenti: number | null,
): Check {
  if (rule.mode === 'ratio') return ratioCheck(rule, need.askedCenti);
  const takes = selection?.draws.reduce((sum, { amountCenti }) => sum + amountCenti, 0) ?? null;
  const isOther = askedCenti !== null && takes !== null && askedCenti !== takes;
  const taken = takes === null ? null : formatCredit(takes);
  return {
    check: 'amount',
    isPassed: !isOther,
    code: 'conversion-amount-not-whole',
    facts: {
      amount: rule.mode,
      worth: formatCredit(need.worthCenti),
      takes: taken,
      ...(isOther ? { step: taken, nearest: taken } : {}),
    },
  };
}

function ratioCheck(rule: ConversionRule, askedCenti: number | null): Check {
  const ratio = `${rule.ratio.from}:${rule.ratio.to}`;
  if (askedCenti === null)
    return { check: 'ratio', isPassed: false, code: 'conversion-amount-missing', facts: { ratio } };
  const step = stepOf(rule);
  const nearest = Math.max(step, Math.floor(askedCenti / step) * step);
  return {
    check: 'ratio',
    isPassed: ratioOf(rule, askedCenti).isWhole && askedCenti > 0,
    code: 'conversion-amount-not-whole',
    facts: { ratio, asked: formatCredit(askedCenti), step: formatCredit(step), nearest: formatCredit(nearest) },
  };
}
