import { endOfDayMs, isDay, shanghaiDay } from '../kernel/clock.js';
import type { Named } from '../policy/domain/schema-parts.js';

/** The instant a page shows the book at. */
export interface AsOf {
  /** The past day somebody asked for; null for now. */
  day: string | null;
  atMs: number;
  today: string;
}

/** A day as it stood in a form. A mistake shows the book as it is now and says what is wrong. */
export function readAsOf(typed: string, nowMs: number): { asOf: AsOf; mistake: Named | null } {
  const today = shanghaiDay(nowMs);
  const now = { day: null, atMs: nowMs, today };
  if (typed === '') return { asOf: now, mistake: null };
  if (!isDay(typed)) {
    return { asOf: now, mistake: { zh: '日期格式为 2024-06-03。', en: 'A day is written like 2024-06-03.' } };
  }
  if (typed > today) {
    return {
      asOf: now,
      mistake: { zh: `请选择今天（${today}）或更早的日期。`, en: `Choose today (${today}) or earlier.` },
    };
  }
  return { asOf: { day: typed, atMs: Math.min(endOfDayMs(typed), nowMs), today }, mistake: null };
}
