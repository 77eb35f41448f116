import { formatCredit } from '../../kernel/credit.js';
import { isRuleInForce } from '../../policy/domain/conversion-rules.js';
import { creditTypeOf, policyVersion, type PolicyPack } from '../../policy/domain/policy-pack.js';
import { accountCheck, firstFailed, ruleCheck, rulesAsked } from './basic-checks.js';
import type {
  Check,
  ConversionDecision,
  ConversionInputs,
  OtherRule,
  RuleDecision,
  TracedDecision,
} from './conversion-case.js';
import { decideByRule } from './decide-by-rule.js';
import { sumCenti } from './select-lots.js';

/**
 * Decides a conversion: the one function behind quote, execution, advice and re-run. Every check is made and told, also
 * after one has failed. Default deny: no published rule in force, no conversion. Of several rules for the same question
 * the first that allows it decides; when none does, the first of them says why, and what stopped the others is told beside.
 */
export function decideConversion(pack: PolicyPack, given: ConversionInputs): TracedDecision {
  const inForce = rulesAsked(pack, given.asked).filter((rule) => isRuleInForce(rule, given.today));
  let first: RuleDecision | undefined;
  const refused: OtherRule[] = [];
  for (const rule of inForce) {
    const made = decideByRule(pack, rule, given);
    if (made.decision.isAllowed) return { ...made, others: refused };
    refused.push({ rule: rule.code, failed: firstFailed(made.decision)! });
    first ??= made;
  }
  if (first) return { ...first, others: refused.slice(1) };
  const inputs = { ...given, lots: [], history: [], restCenti: usable(given) };
  return { decision: withoutRule(pack, given), inputs, others: [] };
}

/** Makes a decision again from its stored inputs, by the rule that made it. */
export function redecide(pack: PolicyPack, rule: string | null, inputs: ConversionInputs): ConversionDecision {
  const made = pack.conversionRules.find(({ code }) => code === rule);
  return made ? decideByRule(pack, made, inputs).decision : withoutRule(pack, inputs);
}

function usable({ asked, lots, restCenti }: ConversionInputs): number {
  return restCenti + sumCenti(lots.filter(({ creditType }) => asked.from === null || creditType === asked.from));
}

function withoutRule(pack: PolicyPack, given: ConversionInputs): ConversionDecision {
  const { asked } = given;
  const [source, target] = [asked.from, asked.to].map((code) => creditTypeOf(pack, code ?? '')?.category ?? null);
  const names = { from: asked.from, to: asked.to };
  const available = usable(given);
  const checks: Check[] = [
    accountCheck(given),
    {
      check: 'category',
      isPassed: !(source === 'leisure' && target === 'degree'),
      code: 'leisure-to-degree-forbidden',
      facts: { ...names, fromCategory: source!, toCategory: target! },
    },
    ruleCheck(pack, given),
    {
      check: 'credit',
      isPassed: available >= (asked.fromCenti ?? 0),
      code: 'insufficient-credit',
      facts: {
        creditType: asked.from,
        available: formatCredit(available),
        needed: formatCredit(asked.fromCenti ?? 0),
      },
    },
  ];
  return {
    ...{ isAllowed: false, checks, rule: null, policyVersion: policyVersion(pack), ...names },
    ...{ askedCenti: asked.fromCenti, fromCenti: asked.fromCenti ?? 0, toCenti: 0 },
    ...{ draws: [], newLots: [], parts: [], validUntil: null, approval: 'automatic', holdUntil: null },
  };
}
