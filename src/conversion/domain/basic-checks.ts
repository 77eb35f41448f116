import { Refusal } from '../../kernel/refusal.js';
import { givesTo, programmesOf, takesFrom, type ConversionRule } from '../../policy/domain/conversion-rules.js';
import { policyVersion, type PolicyPack } from '../../policy/domain/policy-pack.js';
import type { Check, ConversionAsked, ConversionDecision, ConversionInputs } from './conversion-case.js';

/** Rules that speak of what is asked, in force or not, in the order of the pack. */
export function rulesAsked(pack: PolicyPack, { rule: code, from, to, programme }: ConversionAsked): ConversionRule[] {
  return pack.conversionRules.filter(
    (rule) =>
      (code === null || rule.code === code) &&
      (from === null || takesFrom(rule, from)) &&
      (to === null || givesTo(rule, to)) &&
      (programme === null || programmesOf(rule).includes(programme)),
  );
}

/** Frozen accounts still earn but do not convert; closed ones do neither (DOMAIN ACC-8). */
export function accountCheck({ status, isMerged }: ConversionInputs): Check {
  const code = isMerged ? 'account-merged' : status === 'closed' ? 'account-closed' : 'account-frozen';
  return { check: 'account', isPassed: status === 'active', code, facts: { status } };
}

/** Default deny: which rule speaks of it today, or why none does. */
export function ruleCheck(pack: PolicyPack, { asked, today }: ConversionInputs, rule?: ConversionRule): Check {
  const { from, to } = asked;
  const facts = { from, to, day: today, policyVersion: policyVersion(pack) };
  const code = 'conversion-not-allowed';
  if (rule) return { check: 'rule', isPassed: true, code, facts: { ...facts, ...ruleNames(rule) } };
  const [other] = rulesAsked(pack, asked);
  if (!other) return { check: 'rule', isPassed: false, code, facts: { ...facts, ...whatIsMissing(asked) } };
  const { effectiveFrom, effectiveTo } = other;
  return {
    check: 'rule',
    isPassed: false,
    code: 'conversion-rule-not-in-force',
    facts: { ...facts, ...ruleNames(other), effectiveFrom, effectiveTo },
  };
}

/** What the rules have not: a rule of that code, or any for the pair. */
function whatIsMissing({ rule, from, to }: ConversionAsked): Check['facts'] {
  if (rule === null) return { what: `从 ${from} 到 ${to} 的规则`, whatEn: `rule from ${from} to ${to}` };
  const pair = from === null && to === null ? '' : ` ${from ?? '*'} → ${to ?? '*'}`;
  return { rule, what: `规则 ${rule}${pair}`, whatEn: `rule ${rule}${pair}` };
}

function ruleNames({ code, name }: ConversionRule): Check['facts'] {
  return { rule: code, ruleName: name.zh, ruleNameEn: name.en };
}

/** The check that says why a decision is no; undefined where it is yes. */
export function firstFailed({ checks }: Pick<ConversionDecision, 'checks'>): Check | undefined {
  return checks.find(({ isPassed }) => !isPassed);
}

/** The refusal that a decision is: its first check that failed, naming the rule that was asked. Null where it is yes. */
export function refusalOf(decision: ConversionDecision): Refusal | null {
  const failed = firstFailed(decision);
  const { rule } = decision;
  return failed ? new Refusal(failed.code, { ...failed.facts, ...(rule === null ? {} : { rule }) }) : null;
}
