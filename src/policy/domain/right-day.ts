import { isDay } from '../../kernel/clock.js';

/** A day that was written in another way, as a pack writes it: `2024年9月1日` is `2024-09-01`. Undefined when it is none. */
export function rightDay(text: string): string | undefined {
  const [, year, month, day] =
    /^\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[T ].*)?\s*$/.exec(text) ??
    /^\s*(\d{4})(\d{2})(\d{2})\s*$/.exec(text) ??
    [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const right = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(right) ? right : undefined;
}
