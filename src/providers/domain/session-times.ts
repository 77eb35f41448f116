import { isDay, shanghaiDay } from '../../kernel/clock.js';
import { Refusal } from '../../kernel/refusal.js';

const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Epoch milliseconds of an ISO 8601 instant with `Z` or an offset, or null: a time without an offset names no instant. */
export function parseInstant(text: string): number | null {
  const match = INSTANT.exec(text);
  return match && isDay(match[1]!) ? Date.parse(text) : null;
}

/**
 * Refuses with `session-times-invalid` unless the end follows the start on the same day in Asia/Shanghai (midnight is its
 * end). Daily limits and overlaps are counted by that day, so what lasts longer is several sessions. Epoch milliseconds.
 */
export function checkSessionTimes(startsAt: number, endsAt: number): void {
  if (endsAt <= startsAt || shanghaiDay(startsAt) !== shanghaiDay(endsAt - 1))
    throw new Refusal('session-times-invalid');
}
