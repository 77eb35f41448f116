import { InvalidArgumentError } from 'commander';
import { isDay } from '../kernel/clock.js';
import { isId } from '../kernel/ids.js';

/** A day given at the command line, as YYYY-MM-DD. */
export function parseDay(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('日期写作 2026-05-31 A day is written 2026-05-31.');
  return text;
}

const MAX_NOTICE_DAYS = 3_650;

/** Numbers of days ahead, as `90,30`. */
export function parseDays(text: string): number[] {
  const days = text.split(',').map(Number);
  if (days.every((each) => Number.isInteger(each) && each >= 1 && each <= MAX_NOTICE_DAYS)) return days;
  throw new InvalidArgumentError(
    `天数写作 90,30，每个 1 至 ${MAX_NOTICE_DAYS} Days are written 90,30, each 1 to ${MAX_NOTICE_DAYS}.`,
  );
}

/** The id of a learner's account. */
export function parseId(text: string): string {
  if (!isId(text)) throw new InvalidArgumentError('这不是账户编号 This is no id of an account.');
  return text;
}
