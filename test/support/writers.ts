import { randomUUID } from 'node:crypto';
import { Refusal } from '../../src/kernel/refusal.js';
import type { Caller } from '../../src/platform/auth/caller.js';
import type { OnceKey } from '../../src/platform/idempotency/idempotency.store.js';

/** Who writes where it does not matter who. */
export const REGISTRAR: Caller = { keyId: randomUUID(), role: 'registrar', providerId: null, learnerId: null };

/** A key of the registrar that nobody has used. */
export function newOnce(): OnceKey {
  return { scope: REGISTRAR.keyId, key: randomUUID(), bodyHash: 'test' };
}

/** The same call so many times at once. */
export function atOnce<T>(times: number, call: (index: number) => Promise<T>): Promise<T>[] {
  return Array.from({ length: times }, (_, index) => call(index));
}

/** How each of many parallel calls ended: `done`, or the code of its refusal. */
export async function endings(calls: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const result of await Promise.allSettled(calls)) {
    if (result.status === 'rejected' && !(result.reason instanceof Refusal)) throw result.reason;
    const ending = result.status === 'fulfilled' ? 'done' : (result.reason as Refusal).code;
    counts[ending] = (counts[ending] ?? 0) + 1;
  }
  return counts;
}

/** The refusal that a call ends with. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refusal)) throw new Error('It was not refused', { cause: error });
  return error;
}

/**
 * An error of the database that says so. Not for `toThrow`: an error of the driver belongs to the first test file that
 * loaded it, and is no error to the others.
 */
export function saying(what: RegExp): object {
  return { message: expect.stringMatching(what) as string };
}
