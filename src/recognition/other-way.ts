import type { Way } from './domain/take-step.js';

/** A step must be written another way than it was tried: the case has changed since the look at it. */
export class OtherWay extends Error {
  constructor(readonly way: Way) {
    super(`The step goes ${way}`);
    this.name = 'OtherWay';
  }
}
