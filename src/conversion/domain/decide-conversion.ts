import { formatCredit } from '../../kernel/credit.js';
import { Refusal, type RefusalCode, type RefusalDetails } from '../../kernel/refusal.js';
import type { PostingDraft } from '../../ledger/domain/entry.js';
import { drawLots, usableCenti, type Draw, type Lot } from '../../ledger/domain/lots.js';
import type { AccountStatus } from '../../ledger/domain/post-entry.js';
import { type ConversionRule } from '../../policy/domain/conversion-rules.js';
import { creditTypeOf, policyVersion, programmeOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import { capLeftCenti, shareLimitCenti } from './share-cap.js';

/** What a learner wants: so much credit of one type turned into another. */
export interface ConversionCase {
  pack: PolicyPack;
  from: string;
  to: string;
  /** Hundredths of the source type to give up. */
  fromCenti: number;
  status: AccountStatus;
  /** The account is closed because it was merged into another one of the same person. */
  isMerged?: boolean;
  lots: Lot[];
  /** Hundredths of the target type that live conversions under the same cap have already brought. */
  usedCenti: number;
  /** Day of the decision. */
  today: string;
}

/** One question the rules ask, with what was compared. */
export interface Check {
  check: 'account' | 'category' | 'rule' | 'ratio' | 'credit' | 'cap';
  isPassed: boolean;
  /** What the answer of a refusal would be. */
  code: RefusalCode;
  facts: RefusalDetails;
}

/** The decision and everything that led to it: kept with the conversion, so that it can be explained for ever. */
export interface ConversionDecision {
  isAllowed: boolean;
  checks: Check[];
  rule: string | null;
  policyVersion: string;
  from: string;
  to: string;
  fromCenti: number;
  /** Hundredths of the target type; 0 when no rule gives any. */
  toCenti: number;
  draws: Draw[];
  /** Converted credit lives no longer than the shortest-lived credit it came from. */
  validUntil: string | null;
}

/**
 * Decides a conversion. The same function answers a quote and an execution. Every check is made and told, also after
 * one has failed. Default deny: no published rule, no conversion; leisure never becomes degree credit, and that check
 * does not look at the rules at all (Shanghai).
 */
export function decideConversion(given: ConversionCase): ConversionDecision {
  const { pack, from, to, fromCenti, lots, today } = given;
  const rule = pack.conversionRules.find(
    (candidate) => candidate.from === from && candidate.to === to && isInForce(candidate, today),
  );
  const exact = rule ? (fromCenti * rule.ratio.to) / rule.ratio.from : 0;
  const toCenti = Math.floor(exact);
  const draws = drawLots(lots, from, fromCenti, today);
  const checks = [
    checkAccount(given),
    checkCategory(given),
    checkRule(given, rule),
    ...(rule ? [checkRatio(rule, fromCenti, Number.isInteger(exact)), ...checkCap(given, rule, toCenti)] : []),
    checkCredit(given),
  ];
  const isAllowed = draws !== null && checks.every(({ isPassed }) => isPassed);
  return {
    isAllowed,
    checks,
    rule: rule?.code ?? null,
    policyVersion: policyVersion(pack),
    from,
    to,
    fromCenti,
    toCenti,
    draws: draws ?? [],
    validUntil: draws ? soonest(lots, draws) : null,
  };
}

/** Refuses with the first check that failed. */
export function requireAllowed(decision: ConversionDecision): void {
  const failed = decision.checks.find(({ isPassed }) => !isPassed);
  if (failed) throw new Refusal(failed.code, failed.facts);
}

/** The drawn lots leave as `converted`; the new credit comes in as one lot. */
export function conversionPostings(decision: ConversionDecision, today: string): PostingDraft[] {
  const { from, to, toCenti, draws, validUntil } = decision;
  return [
    ...draws.map(({ lot, amountCenti }): PostingDraft => ({
      source: 'available',
      destination: 'converted',
      creditType: from,
      amount: amountCenti,
      lot,
    })),
    {
      source: 'issued',
      destination: 'available',
      creditType: to,
      amount: toCenti,
      lot: 'new',
      earnedOn: today,
      validUntil,
    },
  ];
}

function isInForce(rule: ConversionRule, day: string): boolean {
  return rule.effectiveFrom <= day && (rule.effectiveTo === null || day <= rule.effectiveTo);
}

function checkAccount({ status, isMerged }: ConversionCase): Check {
  const code = isMerged ? 'account-merged' : status === 'closed' ? 'account-closed' : 'account-frozen';
  return { check: 'account', isPassed: status === 'active', code, facts: { status } };
}

function checkCategory({ pack, from, to }: ConversionCase): Check {
  const source = creditTypeOf(pack, from)?.category ?? null;
  const target = creditTypeOf(pack, to)?.category ?? null;
  return {
    check: 'category',
    isPassed: !(source === 'leisure' && target === 'degree'),
    code: 'leisure-to-degree-forbidden',
    facts: { from, to, fromCategory: source, toCategory: target },
  };
}

function checkRule({ pack, from, to, today }: ConversionCase, rule: ConversionRule | undefined): Check {
  const other = pack.conversionRules.find((candidate) => candidate.from === from && candidate.to === to);
  const facts = { from, to, day: today, policyVersion: policyVersion(pack) };
  if (rule)
    return { check: 'rule', isPassed: true, code: 'conversion-not-allowed', facts: { ...facts, rule: rule.code } };
  if (!other) return { check: 'rule', isPassed: false, code: 'conversion-not-allowed', facts };
  const { code, effectiveFrom, effectiveTo } = other;
  return {
    check: 'rule',
    isPassed: false,
    code: 'conversion-rule-not-in-force',
    facts: { ...facts, rule: code, effectiveFrom, effectiveTo },
  };
}

function checkRatio(rule: ConversionRule, fromCenti: number, isWhole: boolean): Check {
  const stepCenti = rule.ratio.from / greatestCommonDivisor(rule.ratio.from, rule.ratio.to);
  const nearestCenti = Math.max(stepCenti, Math.floor(fromCenti / stepCenti) * stepCenti);
  return {
    check: 'ratio',
    isPassed: isWhole && fromCenti > 0,
    code: 'conversion-amount-not-whole',
    facts: {
      ratio: `${rule.ratio.from}:${rule.ratio.to}`,
      step: formatCredit(stepCenti),
      nearest: formatCredit(nearestCenti),
    },
  };
}

/** Limit of conversion from → to and what is left of it, or null when no rule limits it. Hundredths. */
export function capLeftOf(
  pack: PolicyPack,
  from: string,
  to: string,
  usedCenti: number,
): { limitCenti: number; leftCenti: number } | null {
  const cap = pack.conversionRules.find((rule) => rule.from === from && rule.to === to && rule.cap)?.cap;
  if (!cap) return null;
  const totalCenti = programmeOf(pack, cap.programme)?.totalCenti ?? 0;
  const limitCenti = shareLimitCenti(totalCenti, cap.numerator, cap.denominator);
  return { limitCenti, leftCenti: capLeftCenti(limitCenti, usedCenti) };
}

function checkCap({ pack, usedCenti }: ConversionCase, rule: ConversionRule, askedCenti: number): Check[] {
  const cap = rule.cap && capLeftOf(pack, rule.from, rule.to, usedCenti);
  if (!cap || !rule.cap) return [];
  const { programme, numerator, denominator } = rule.cap;
  return [
    {
      check: 'cap',
      isPassed: askedCenti <= cap.leftCenti,
      code: 'conversion-cap-exceeded',
      facts: {
        programme,
        share: `${numerator}/${denominator}`,
        limit: formatCredit(cap.limitCenti),
        used: formatCredit(usedCenti),
        left: formatCredit(cap.leftCenti),
        asked: formatCredit(askedCenti),
      },
    },
  ];
}

function checkCredit({ lots, from, fromCenti, today }: ConversionCase): Check {
  const available = usableCenti(lots, from, today);
  return {
    check: 'credit',
    isPassed: available >= fromCenti,
    code: 'insufficient-credit',
    facts: { creditType: from, available: formatCredit(available), needed: formatCredit(fromCenti) },
  };
}

function soonest(lots: Lot[], draws: Draw[]): string | null {
  const drawn = new Set(draws.map(({ lot }) => lot));
  const ends = lots.flatMap((lot) => (drawn.has(lot.lot) && lot.validUntil !== null ? [lot.validUntil] : []));
  return ends.length > 0 ? ends.sort()[0]! : null;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
