import { Refusal } from '../kernel/refusal.js';
import { creditTypeOf, type PolicyPack } from '../policy/domain/policy-pack.js';

/** Refuses with `credit-type-unknown` the first of these types that the pack does not have; what was not asked is no mistake. */
export function requireTypes(pack: PolicyPack, ...asked: (string | null | undefined)[]): void {
  for (const creditType of asked)
    if (typeof creditType === 'string' && !creditTypeOf(pack, creditType))
      throw new Refusal('credit-type-unknown', { creditType });
}
