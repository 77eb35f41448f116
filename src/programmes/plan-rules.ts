import {
  decideConversion,
  drawnByUse,
  probeRule,
  type PastPart,
  type PlanningBook,
  type SourceLot,
} from '../conversion/conversion.port.js';
import { availableOf } from '../ledger/domain/lots.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import type { ConvertOnPaper } from './domain/carry-out.js';
import type { Learning, RuleBook } from './domain/plan-credit.js';

/** What the rules say to a plan, by the functions that decide conversions. */
export function ruleBookOf(pack: PolicyPack, book: PlanningBook): RuleBook {
  const served = new Set(book.history.flatMap(({ outcomes }) => outcomes));
  return {
    drawnByUse: (rule) => drawnByUse(pack, rule),
    hasServed: (outcome) => served.has(outcome),
    probe(rule, from, drawn) {
      const lots = from.map((learning, index) => sourceLot(learning, { lot: index + 1, centi: drawn[index]! }));
      const { refusedBy, newLots, limits } = probeRule(pack, rule, book, { lots, drawn });
      return {
        ...{ refusedBy, limits },
        newLots: newLots.map(({ facts, roots, creditType, programme, centi }) => ({
          ...{ programme, centi },
          learning: { facts: { ...facts, creditType }, roots, isWhole: true },
        })),
      };
    },
  };
}

function sourceLot({ facts, roots, isWhole }: Learning, { lot, centi }: { lot: number; centi: number }): SourceLot {
  const { creditType } = facts;
  return { ...{ lot, creditType, availableCenti: centi, isWhole, validUntil: null }, facts, roots };
}

/** Decides the conversions of a plan one after the other, as the bank will; later ones see the earlier ones. */
export function convertOnPaper(pack: PolicyPack, book: PlanningBook): ConvertOnPaper {
  const history: PastPart[] = [...book.history];
  let count = 0;
  return (lots, { rule: code, lots: named, fromCenti }) => {
    const { decision } = decideConversion(pack, {
      asked: { from: null, to: null, rule: code, programme: null, fromCenti, lots: named },
      ...{ status: book.status, ...(book.isMerged ? { isMerged: true as const } : {}), today: book.today },
      ...{ restCenti: 0, history: [...history] },
      lots: lots.map(({ lot, ...learning }) => ({
        ...sourceLot(learning, { lot: lot.lot, centi: availableOf(lot) }),
        validUntil: lot.validUntil,
      })),
    });
    if (!decision.isAllowed) return null;
    const rule = pack.conversionRules.find((each) => each.code === code)!;
    count += 1;
    const marks = { conversion: -count, rule: code, isEver: rule.singleUse === 'ever', decidedOn: book.today };
    history.push(...decision.parts.map((part) => ({ ...part, ...marks, capProgramme: rule.cap?.programme ?? null })));
    const grants = decision.newLots.map(({ creditType, centi, facts, roots }) => ({
      ...{ centi, roots },
      facts: { ...facts, creditType },
    }));
    return { draws: decision.draws, grants, validUntil: decision.validUntil };
  };
}
