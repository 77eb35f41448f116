import type { RefusalCode } from '../kernel/refusal.js';
import type { Way } from './domain/case-way.js';

/** A step must be written another way than it was tried: the case has changed since the look at it. */
export class OtherWay extends Error {
  /** `because`: what stands against the way it was tried, where the votes are all given and nobody can mend it. */
  constructor(
    readonly way: Way,
    readonly because: RefusalCode | null = null,
  ) {
    super(`The step goes ${way}`);
    this.name = 'OtherWay';
  }
}
