import { allotParts, worthTargets } from './allot-credit.js';
import { ratioOf, stepOf } from './amount-checks.js';
import type { Check, ConversionDraw, Part, SourceLot } from './conversion-case.js';
import { limitCheck, limitUses, type LimitCase, type LimitUse } from './conversion-limits.js';
import { drawLess } from './select-lots.js';

/** Draws that fit under every limit that cuts, and the checks that tell how each limit stood. */
interface FittedDraws {
  draws: ConversionDraw[];
  checks: Check[];
  /** Hundredths of the targets before anything was cut. */
  askedToCenti: number;
}

interface AskedDraws {
  draws: ConversionDraw[];
  lots: Map<number, SourceLot>;
  /** Hundredths asked for under a ratio, also where there is not so much. */
  askedCenti: number;
  /** False: there is too little credit; the draws only say where it would come from. */
  isReal: boolean;
}

/**
 * Measures a conversion by every limit. Over one that cuts, the last lots drawn under it are drawn less, in whole steps of
 * the ratio, until it fits: never more is cut than must be, to a step, and the check says how much. What is cut off stays available.
 */
export function fitLimits(
  given: Pick<LimitCase, 'pack' | 'rule' | 'history' | 'today'>,
  asked: AskedDraws,
): FittedDraws {
  const { rule } = given;
  const uses = (draws: ConversionDraw[]) => {
    const centi = asked.isReal ? draws.reduce((sum, { amountCenti }) => sum + amountCenti, 0) : asked.askedCenti;
    const targets = worthTargets(given.pack, rule, ratioOf(rule, centi).toCenti);
    const toCenti = targets.reduce((sum, { worthCenti }) => sum + worthCenti, 0);
    const parts = allotParts(targets, draws, asked.lots);
    return { toCenti, parts, all: limitUses({ ...given, parts, toCenti }) };
  };
  const first = uses(asked.draws);
  let { draws } = asked;
  let now = first;
  while (asked.isReal) {
    const over = now.all.find(mayCut);
    if (!over) break;
    draws = cutDraws(draws, over, rule.ratio, stepOf(rule));
    now = uses(draws);
  }
  const checks = first.all.map((use) => limitCheck(use, now.all.find(({ id }) => id === use.id)?.asked ?? 0));
  return { draws, checks, askedToCenti: first.toCenti };
}

function mayCut({ whenOver, unit, asked, left }: LimitUse): boolean {
  return whenOver === 'cut' && unit === 'centi' && asked > left;
}

/** Draws less for a limit: enough that its parts fit, and a whole number of steps in all. */
function cutDraws(
  draws: ConversionDraw[],
  over: LimitUse,
  ratio: { from: number; to: number },
  step: number,
): ConversionDraw[] {
  const lots = lotsBehind(draws, over.parts);
  const less = Number((BigInt(over.asked - over.left) * BigInt(ratio.from) + BigInt(ratio.to) - 1n) / BigInt(ratio.to));
  const fewer = drawLess(draws, lots, less);
  const sum = fewer.reduce((total, { amountCenti }) => total + amountCenti, 0);
  return drawLess(fewer, new Set(fewer.map(({ lot }) => lot)), sum % step);
}

/** Lots whose parts count under a limit; all of them where it counts the whole conversion. */
function lotsBehind(draws: ConversionDraw[], parts: Part[]): Set<number> {
  const own = new Set(parts.map(({ lot }) => lot));
  const found = draws.filter(({ lot }) => own.has(lot)).map(({ lot }) => lot);
  return new Set(found.length > 0 ? found : draws.map(({ lot }) => lot));
}
