import type { OutcomeFacts } from '../../kernel/outcome.js';
import type { ConversionRule, ConversionTarget } from '../../policy/domain/conversion-rules.js';
import { programmeOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import type { ProgrammeItem } from '../../policy/domain/programmes.js';
import type { ConversionDraw, NewLot, Part, Root, SourceLot } from './conversion-case.js';
import { isFromLeisure } from './lot-gates.js';
import { apportion } from './share-cap.js';

/** A target with the hundredths it gets. */
export type WorthTarget = ConversionTarget & { worthCenti: number };

/** Item of a programme that a target stands in for. */
export function itemOf(
  pack: PolicyPack,
  target: Pick<ConversionTarget, 'programme' | 'item'>,
): ProgrammeItem | undefined {
  const programme = target.programme === null ? undefined : programmeOf(pack, target.programme);
  return programme?.items.find(({ code }) => code === target.item);
}

/** What each target is worth: fixed by the rule, as the item replaced, or the given sum under a ratio. Hundredths. */
export function worthTargets(pack: PolicyPack, rule: ConversionRule, ratioCenti: number): WorthTarget[] {
  return rule.targets.map((target) => {
    if (rule.mode === 'ratio') return { ...target, worthCenti: ratioCenti };
    const replaced = rule.mode === 'replaced' ? itemOf(pack, target)?.centi : target.centi;
    return { ...target, worthCenti: replaced ?? 0 };
  });
}

/**
 * Which outcome brought how much to which target: every target is divided over the drawn outcomes as they were drawn.
 * Sums are exact. Surplus is a target like another one, of its own type and no programme.
 */
export function allotParts(targets: WorthTarget[], draws: ConversionDraw[], lots: Map<number, SourceLot>): Part[] {
  const weights = draws.map(({ amountCenti }) => amountCenti);
  return targets.flatMap(({ creditType, programme, item, worthCenti }) => {
    const shares = apportion(worthCenti, weights);
    return draws.map((draw, index): Part => {
      const source = lots.get(draw.lot)!;
      return {
        ...{ lot: draw.lot, programme, item, creditType, centi: shares[index]!, fromCenti: draw.amountCenti },
        ...{ outcomes: [...new Set(source.roots.map(({ entry }) => entry))], source: source.facts },
      };
    });
  });
}

/**
 * The lots that come in: one for each target; where it stands in for no item, one for each institution the learning came
 * from, so that a cap by institution still sees it after the conversion. An item stays one lot: two would look like two
 * attempts at it. Facts are what all sources share.
 */
export function newLotsOf(
  pack: PolicyPack,
  rule: ConversionRule,
  targets: WorthTarget[],
  given: { draws: ConversionDraw[]; lots: Map<number, SourceLot>; today: string },
): NewLot[] {
  return targets.flatMap((target) => {
    const item = itemOf(pack, target);
    const weights = given.draws.map(({ amountCenti }) => amountCenti);
    const shares = apportion(target.worthCenti, weights);
    const drawn = given.draws.map((draw, index) => ({ source: given.lots.get(draw.lot)!, centi: shares[index]! }));
    const byProvider = new Map<string | null, typeof drawn>();
    for (const each of drawn) {
      const key = item ? null : each.source.facts.provider;
      byProvider.set(key, [...(byProvider.get(key) ?? []), each]);
    }
    return [...byProvider.values()].flatMap((some) => {
      const centi = some.reduce((sum, each) => sum + each.centi, 0);
      if (centi === 0) return [];
      const facts = sharedFacts(
        some.map(({ source }) => source.facts),
        { rule, item, today: given.today },
      );
      if (some.some(({ source }) => isFromLeisure(pack, source))) facts.beganAsLeisure = true;
      if (rule.grade === 'exempt') facts.isExempt = true;
      const { creditType, programme } = target;
      const roots = distinctRoots(some.flatMap(({ source }) => source.roots));
      return [{ creditType, centi, programme, item: target.item, facts, roots }];
    });
  });
}

function distinctRoots(roots: Root[]): Root[] {
  return [...new Map(roots.map((root) => [`${root.entry} ${root.creditType}`, root])).values()];
}

function sharedFacts(
  all: OutcomeFacts[],
  { rule, item, today }: { rule: ConversionRule; item: ProgrammeItem | undefined; today: string },
): NewLot['facts'] {
  const shared = <T>(values: T[]): T | null => (new Set(values).size === 1 ? values[0]! : null);
  return {
    origin: 'conversion',
    outcomeClass: shared(all.map(({ outcomeClass }) => outcomeClass)) ?? 'unformatted',
    activityType: shared(all.map(({ activityType }) => activityType)),
    item: item?.code ?? null,
    title: item?.title.zh ?? rule.name.zh,
    provider: shared(all.map(({ provider }) => provider)),
    level: shared(all.map(({ level }) => level)),
    isAssessed: all.every(({ isAssessed }) => isAssessed),
    grade: gradeOf(rule, all),
    startsOn: all.map(({ startsOn }) => startsOn).sort()[0]!,
    endsOn: all
      .map(({ endsOn }) => endsOn)
      .sort()
      .at(-1)!,
    postedOn: today,
  };
}

/** The mark carried over; of several sources the lowest, so that none is improved by company. */
function gradeOf({ grade }: ConversionRule, all: OutcomeFacts[]): number | null {
  if (typeof grade === 'number') return grade;
  if (grade !== 'source') return null;
  const grades = all.flatMap((facts) => facts.grade ?? []);
  return grades.length === all.length ? Math.min(...grades) : null;
}
