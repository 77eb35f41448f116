import { addWorkingDays, type Calendar } from '../../policy/domain/calendar.js';

/** Working days after `day` up to and including `dueOn`; 0 when it is past. */
export function workingDaysLeft(calendar: Calendar, day: string, dueOn: string): number {
  let count = 0;
  for (let next = addWorkingDays(calendar, day, 1); next <= dueOn; next = addWorkingDays(calendar, next, 1)) count += 1;
  return count;
}

/**
 * Due day of a case that is handed in on `day` (DOMAIN REC-4: working days, 15 by default). A case that was sent back has
 * what was left of its days when the clock was stopped, and at least one: the bank looks at it again.
 */
export function reviewDue(calendar: Calendar, day: string, reviewDays: number, daysLeft: number | null): string {
  return addWorkingDays(calendar, day, daysLeft === null ? reviewDays : Math.max(1, daysLeft));
}

/** The day `days` calendar days after `day`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
