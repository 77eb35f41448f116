import { Refusal, type RefusalCode, type RefusalDetails } from '../../kernel/refusal.js';
import type { OnceKey, StoredAnswer } from './idempotency.store.js';

/** An answer that says whether it was given now or is the first one given again. */
export class Receipt<T> {
  constructor(
    readonly answer: T,
    readonly replayed: boolean,
  ) {}

  /** The same answer in other words; whether it is the first one given again stays. */
  map<U>(say: (answer: T) => U): Receipt<U> {
    return new Receipt(say(this.answer), this.replayed);
  }
}

/** A stored refusal given again. */
export class ReplayedRefusal extends Refusal {}

/** Text of an answer or refusal as kept under its key. */
export function storeAnswer(outcome: unknown): string {
  return outcome instanceof Refusal
    ? JSON.stringify({ refused: { code: outcome.code, details: outcome.details } })
    : JSON.stringify({ done: outcome });
}

/** The first answer again. Refuses with `idempotency-key-reused` when the request is another one. */
export function replay<T>(stored: StoredAnswer, once: OnceKey): Receipt<T> | Refusal {
  if (stored.bodyHash !== once.bodyHash) return new Refusal('idempotency-key-reused', {});
  const outcome = JSON.parse(stored.answer) as {
    done?: T;
    refused?: { code: RefusalCode; details: RefusalDetails };
  };
  if (outcome.refused) return new ReplayedRefusal(outcome.refused.code, outcome.refused.details);
  return new Receipt(outcome.done as T, true);
}
