import type { Programme } from '../../policy/domain/programmes.js';
import type { CountableLot } from './countable-lots.js';
import type { Supply } from './lay-out-programme.js';
import type { ProgrammeRules } from '../../policy/domain/programme-items.js';
import { isNumbered, traitsOf } from './programme-traits.js';

/** Lots that the programme cannot tell apart, as one supply; in the order in which they are used. */
export interface LotSupply<L extends CountableLot = CountableLot> extends Supply {
  lots: L[];
}

/**
 * Lots with the same traits become one supply: a learner with two hundred visits has few kinds of credit. Lots for which
 * `apartBy` says something else stay apart.
 */
export function gatherSupplies<L extends CountableLot>(
  rules: ProgrammeRules,
  programme: Programme,
  lots: L[],
  { apartBy = () => '' }: { apartBy?: (lot: L) => string } = {},
): LotSupply<L>[] {
  const supplies = new Map<string, LotSupply<L>>();
  for (const lot of lots) {
    const traits = traitsOf(rules, programme, lot.facts);
    if (traits.items.length === 0) traits.thing = '';
    const outcome = isNumbered(programme, traits) ? `entry ${lot.lot.version}` : '';
    const key = JSON.stringify([traits, outcome, apartBy(lot)]);
    const supply = supplies.get(key);
    if (supply) {
      supply.lots.push(lot);
      supply.amountCenti += lot.amountCenti;
    } else {
      supplies.set(key, { traits, outcome, lots: [lot], amountCenti: lot.amountCenti });
    }
  }
  return [...supplies.values()];
}

/** So much of a lot in a bucket. */
export interface CountedPart<L extends CountableLot = CountableLot> {
  lot: L;
  bucket: string;
  amountCenti: number;
}

/** Shares what a supply gives to buckets among its lots, soonest to expire first. */
export function shareOut<L extends CountableLot>(
  { lots }: LotSupply<L>,
  given: { bucket: string; amountCenti: number }[],
): CountedPart<L>[] {
  const parts: CountedPart<L>[] = [];
  let index = 0;
  let left = lots[0]?.amountCenti ?? 0;
  for (const { bucket, amountCenti } of given) {
    let missing = amountCenti;
    while (missing > 0) {
      if (left === 0) left = lots[++index]!.amountCenti;
      const taken = Math.min(missing, left);
      parts.push({ lot: lots[index]!, bucket, amountCenti: taken });
      missing -= taken;
      left -= taken;
    }
  }
  return parts;
}
