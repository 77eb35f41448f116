/** The only source of "now". Instants are epoch milliseconds; calendar days are `YYYY-MM-DD` in Asia/Shanghai. */
export abstract class Clock {
  /** This moment as epoch milliseconds. */
  abstract nowMs(): number;
}

/** The clock of the machine. */
export class SystemClock extends Clock {
  nowMs(): number {
    return Date.now();
  }
}

/** China has kept one zone without daylight saving since 1991; the whole book uses it (DOMAIN OPS-2). */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** Texts of days by number since 1970: a posting asks for the same few days five times over. */
const dayTexts = new Map<number, string>();
const MOST_DAY_TEXTS = 10_000;

/** Calendar day in Asia/Shanghai of an instant. */
export function shanghaiDay(instantMs: number): string {
  const dayNumber = Math.floor((instantMs + SHANGHAI_OFFSET_MS) / DAY_MS);
  let text = dayTexts.get(dayNumber);
  if (text === undefined) {
    text = new Date(dayNumber * DAY_MS).toISOString().slice(0, 10);
    if (dayTexts.size >= MOST_DAY_TEXTS) dayTexts.clear();
    dayTexts.set(dayNumber, text);
  }
  return text;
}

/** `2024-06-03 19:30` in Asia/Shanghai, for pages and printed documents. */
export function shanghaiMinute(instantMs: number): string {
  return new Date(instantMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** Instant in UTC with `Z`, as the API writes it. */
export function toIsoInstant(instantMs: number): string {
  return new Date(instantMs).toISOString();
}

/** The same day `years` later (29 February becomes 28 February), as validity periods are counted. */
export function addYears(day: string, years: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const lastOfMonth = new Date(Date.UTC(year + years, month, 0)).getUTCDate();
  return new Date(Date.UTC(year + years, month - 1, Math.min(date, lastOfMonth))).toISOString().slice(0, 10);
}

/** The day so many days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** True for a real calendar day written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 10) === text;
}

/** Last millisecond of a day in Asia/Shanghai: "as of" a day means everything recorded up to its end. */
export function endOfDayMs(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) - SHANGHAI_OFFSET_MS + DAY_MS - 1;
}
