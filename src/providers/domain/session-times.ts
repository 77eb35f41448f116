import { isDay } from '../../kernel/clock.js';
import { Refusal } from '../../kernel/refusal.js';

const LONGEST_MS = 24 * 3_600_000;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Epoch milliseconds of an ISO 8601 instant with `Z` or an offset, or null: a time without an offset names no instant. */
export function parseInstant(text: string): number | null {
  const match = INSTANT.exec(text);
  return match && isDay(match[1]!) ? Date.parse(text) : null;
}

/** Refuses with `session-times-invalid` unless the end follows the start by at most 24 hours. Epoch milliseconds. */
export function checkSessionTimes(startsAt: number, endsAt: number): void {
  if (endsAt <= startsAt || endsAt - startsAt > LONGEST_MS) throw new Refusal('session-times-invalid');
}
