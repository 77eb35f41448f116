import { canonicalJson } from '../../kernel/canonical-json.js';
import type { Check, ConversionDecision } from './conversion-case.js';

/**
 * Whether a decision made again is the stored one: the same answer, draws, amounts and lots, and every check with the same
 * result from the same facts. A later version of the bank may compare and tell more than was stored, never otherwise: a
 * book that was sound stays sound.
 */
export function isSameDecision(stored: ConversionDecision, again: ConversionDecision): boolean {
  const { checks: before, ...said } = asKept(stored);
  const { checks: now, ...says } = asKept(again);
  return canonicalJson(said) === canonicalJson(says) && areSameChecks(before, now);
}

/** Each stored check in its place; one in between that is new has passed. */
function areSameChecks(before: Check[], now: Check[]): boolean {
  let next = 0;
  for (const check of now) {
    const stored = before[next];
    if (stored && isSameCheck(stored, check)) next += 1;
    else if (!check.isPassed) return false;
  }
  return next === before.length;
}

function isSameCheck(stored: Check, again: Check): boolean {
  if (stored.check !== again.check || stored.isPassed !== again.isPassed || stored.code !== again.code) return false;
  return Object.entries(stored.facts).every(([name, fact]) => fact === again.facts[name]);
}

/** A value as it comes back from its JSON. */
function asKept<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
