import type { RefusalCode } from '../../kernel/refusal.js';
import type { ConversionRule } from '../../policy/domain/conversion-rules.js';
import { matchesOutcome } from '../../policy/domain/outcome-pattern.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';
import { attemptGates, CourseAttempts } from './attempt-gate.js';
import { allotParts, newLotsOf, worthTargets } from './allot-credit.js';
import { ratioOf, stepOf } from './amount-checks.js';
import { accountCheck } from './basic-checks.js';
import type { ConversionInputs, NewLot, SourceLot } from './conversion-case.js';
import { limitUses } from './conversion-limits.js';
import { leisureGate, levelGates, recencyGates, singleUseGates, wholeGates } from './lot-gates.js';
import { itemChecks, targetChecks } from './target-checks.js';

/** A book as far as rules look at it besides the lots. */
export type ProbedBook = Pick<ConversionInputs, 'status' | 'isMerged' | 'today' | 'history'>;

/** What one rule says of some credit, whatever amount there is of it. */
export interface RuleProbe {
  /** Why no amount helps: account, target, level, single use, category, or the rule speaks of other learning. */
  refusedBy: RefusalCode | null;
  /** What comes in for what is drawn. */
  newLots: NewLot[];
  /** Limits it meets: hundredths or outcomes that are left, and how many the drawn amount asks. */
  limits: { id: string; unit: 'centi' | 'count'; left: number; asked: number }[];
}

/**
 * Asks a rule what it makes of some credit, by the functions that decide conversions, without choosing lots: for
 * planning with it. `drawn` hundredths are taken of each lot; of a rule with several sources one lot for each.
 */
export function probeRule(
  pack: PolicyPack,
  rule: ConversionRule,
  book: ProbedBook,
  { lots, drawn }: { lots: SourceLot[]; drawn: number[] },
): RuleProbe {
  const { today, history } = book;
  const asked = { from: null, to: null, rule: rule.code, programme: null, fromCenti: null, lots: null };
  const checks = [
    accountCheck({ ...book, asked, lots, restCenti: 0 }),
    ...targetChecks(pack, rule),
    ...itemChecks(pack, rule, history),
  ];
  const gates = [
    ...[leisureGate(pack, rule, {}), ...levelGates(pack, rule), ...recencyGates(pack, rule, today)],
    ...[
      ...wholeGates(rule),
      ...singleUseGates(rule, history),
      ...attemptGates(pack, rule, new CourseAttempts(pack.titleRules, lots), history),
    ],
  ];
  const refusedBy =
    checks.find(({ isPassed }) => !isPassed)?.code ??
    gates.find(({ fits }) => !lots.every(fits))?.code ??
    (fitsSources(pack, rule, lots) ? null : 'conversion-lots-unsuitable');
  if (refusedBy !== null) return { refusedBy, newLots: [], limits: [] };
  const draws = lots.map(({ lot, creditType }, index) => ({ lot, creditType, amountCenti: drawn[index]! }));
  const sum = drawn.reduce((total, each) => total + each, 0);
  const targets = worthTargets(pack, rule, ratioOf(rule, sum).toCenti);
  const toCenti = targets.reduce((total, { worthCenti }) => total + worthCenti, 0);
  const byNumber = new Map(lots.map((lot) => [lot.lot, lot]));
  const surplus = rule.surplusType === null ? 0 : sum - toCenti;
  const all =
    surplus > 0
      ? [...targets, { creditType: rule.surplusType!, programme: null, item: null, centi: null, worthCenti: surplus }]
      : targets;
  const parts = allotParts(targets, draws, byNumber);
  const types = [...new Set(rule.targets.map(({ creditType }) => creditType))].sort().join();
  return {
    refusedBy,
    newLots: newLotsOf(pack, rule, all, { draws, lots: byNumber, today }),
    limits: limitUses({ pack, rule, parts, history, today, toCenti }).map(({ id, unit, left, asked, facts }) => ({
      id: id === 'share' ? `share ${rule.cap!.programme} ${types}` : facts['programme'] ? id : `${rule.code} ${id}`,
      ...{ unit, left, asked },
    })),
  };
}

/** Hundredths that one use of a rule draws: a step of its ratio, else what its targets are worth together. */
export function drawnByUse(pack: PolicyPack, rule: ConversionRule): number {
  if (rule.mode === 'ratio') return stepOf(rule);
  return worthTargets(pack, rule, 0).reduce((sum, { worthCenti }) => sum + worthCenti, 0);
}

function fitsSources({ levelSchemes }: PolicyPack, { sources }: ConversionRule, lots: SourceLot[]): boolean {
  return lots.every(({ facts }, index) =>
    lots.length === sources.length
      ? matchesOutcome(sources[index]!.only, facts, levelSchemes)
      : sources.some(({ only }) => matchesOutcome(only, facts, levelSchemes)),
  );
}
