import type { Programme } from '../../policy/domain/programmes.js';
import type { CountableLot } from './countable-lots.js';
import type { Supply } from './lay-out-programme.js';
import { countsOutcomes, traitsOf, type ProgrammeRules } from './programme-traits.js';

/** Lots that the programme cannot tell apart, as one supply; in the order in which they are used. */
export interface LotSupply extends Supply {
  lots: CountableLot[];
}

/**
 * Lots with the same traits become one supply: a learner with two hundred visits has few kinds of credit. With
 * `byValidity` lots that end on different days stay apart, for choosing which are used first.
 */
export function gatherSupplies(
  rules: ProgrammeRules,
  programme: Programme,
  lots: CountableLot[],
  byValidity: boolean,
): LotSupply[] {
  const isNumbered = [...programme.caps, ...programme.floors].some(countsOutcomes);
  const supplies = new Map<string, LotSupply>();
  for (const lot of lots) {
    const traits = traitsOf(rules, programme, lot.facts);
    if (traits.items.length === 0) traits.thing = '';
    const outcome = isNumbered ? `entry ${lot.lot.version}` : '';
    const key = JSON.stringify([traits, outcome, byValidity ? lot.lot.validUntil : null]);
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
export interface CountedPart {
  lot: CountableLot;
  bucket: string;
  amountCenti: number;
}

/** Shares what a supply gives to buckets among its lots, soonest to expire first. */
export function shareOut({ lots }: LotSupply, given: { bucket: string; amountCenti: number }[]): CountedPart[] {
  const parts: CountedPart[] = [];
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
