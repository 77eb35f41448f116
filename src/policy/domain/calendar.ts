import { addDays } from '../../kernel/clock.js';
import { mistakeAt, type Mistake } from './mistake.js';
import { described, integer, MONTH_DAY, object, set, DAY, type Schema } from './schema-parts.js';

/** When periods begin and which days are worked. */
export interface Calendar {
  /** `09-01`: first day of the year that caps count by. */
  yearStartsOn: string;
  /** First days of the semesters, in the order of the calendar year. */
  semestersStartOn: string[];
  /** Days of the week without work, Monday 1 … Sunday 7. */
  weekend: number[];
  /** Days without work besides the weekend. */
  holidays: string[];
  /** Weekend days that are worked, as China moves them around its holidays. */
  workdays: string[];
  /** Last day up to which holidays and worked weekends have been announced; null where the pack does not say. */
  knownUntil: string | null;
}

/** A calendar as the file writes it: what is left out has its default. */
export type CalendarFile = Partial<Omit<Calendar, 'knownUntil'> & { knownUntil: string }>;

export const CALENDAR_SCHEMA: Schema = described(
  object({
    'yearStartsOn?': described(
      MONTH_DAY,
      '年度起始日；某条上限另有年度的，在该上限中写 yearStartsOn',
      'First day of the year that caps count by, unless a cap says its own yearStartsOn',
      {
        example: '09-01',
        default: '01-01',
      },
    ),
    'semestersStartOn?': described(set(MONTH_DAY, 1), '各学期起始日', 'First days of the semesters', {
      example: ['03-01', '09-01'],
      default: ['03-01', '09-01'],
    }),
    'weekend?': described(
      set(integer(1, 7)),
      '周末（1 周一 … 7 周日）',
      'Days of the week without work, Monday 1 … Sunday 7',
      { example: [6, 7], default: [6, 7] },
    ),
    'holidays?': described(
      set(DAY),
      '放假日；落在周末的也可以写',
      'Days without work; a day of the weekend does no harm',
      {
        example: ['2024-10-01'],
        default: [],
      },
    ),
    'workdays?': described(set(DAY), '调休上班的周末', 'Weekend days that are worked', {
      example: ['2024-09-29'],
      default: [],
    }),
    'knownUntil?': described(
      DAY,
      '节假日与调休已公布到哪一天；其后的工作日期限按周末推算并注明',
      'Holidays and worked weekends are announced up to this day; due days after it are counted by weekends and marked',
      { example: '2024-12-31' },
    ),
  }),
  '学年、学期起始日，周末、节假日与调休上班日',
  'First days of year and semesters; weekend, holidays and weekend days that are worked',
);

/** A calendar with its defaults: calendar years, two semesters, Saturday and Sunday free. */
export function readCalendar(file: CalendarFile = {}): Calendar {
  return {
    yearStartsOn: file.yearStartsOn ?? '01-01',
    semestersStartOn: [...(file.semestersStartOn ?? ['03-01', '09-01'])].sort(),
    weekend: file.weekend ?? [6, 7],
    holidays: file.holidays ?? [],
    workdays: file.workdays ?? [],
    knownUntil: file.knownUntil ?? null,
  };
}

/** First day of the year or semester a day lies in. Half-open: the period ends before the next one begins (DOMAIN OPS-2). */
export function periodStart(calendar: Calendar, period: 'semester' | 'year', day: string): string {
  return startsAround(calendar, period, day)
    .filter((start) => start <= day)
    .at(-1)!;
}

/** Last day of the year or semester a day lies in. */
export function periodEnd(calendar: Calendar, period: 'semester' | 'year', day: string): string {
  const next = startsAround(calendar, period, day).find((start) => start > day)!;
  return addDays(next, -1);
}

/** First days of the periods of the year before a day, its own and the next. */
function startsAround(calendar: Calendar, period: 'semester' | 'year', day: string): string[] {
  const starts = period === 'year' ? [calendar.yearStartsOn] : calendar.semestersStartOn;
  const year = Number(day.slice(0, 4));
  return [year - 1, year, year + 1].flatMap((each) =>
    starts.map((start) => `${String(each).padStart(4, '0')}-${start}`),
  );
}

/** The day `count` working days after `day`: a case handed in on Friday with one day is due on Monday. */
export function addWorkingDays(calendar: Calendar, day: string, count: number): string {
  let date = new Date(`${day}T00:00:00Z`);
  for (let left = count; left > 0;) {
    date = new Date(date.getTime() + 86_400_000);
    if (isWorkingDay(calendar, date.toISOString().slice(0, 10))) left -= 1;
  }
  return date.toISOString().slice(0, 10);
}

/** True where every holiday up to a day has been announced, so that what was counted up to it is certain. */
export function isCalendarKnown({ knownUntil }: Pick<Calendar, 'knownUntil'>, day: string): boolean {
  return knownUntil !== null && day <= knownUntil;
}

/** True for a day on which the bank works. */
export function isWorkingDay({ weekend, holidays, workdays }: Calendar, day: string): boolean {
  if (workdays.includes(day)) return true;
  if (holidays.includes(day)) return false;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  return !weekend.includes(weekday);
}

/** Working days that are free as well, and those that are no weekend: one of the two dates is wrong. */
export function calendarMistakes(calendar: Calendar): Mistake[] {
  const usual = { ...calendar, holidays: [], workdays: [] };
  return calendar.workdays.flatMap((day, index) => {
    const pointer = `/calendar/workdays/${index}`;
    if (calendar.holidays.includes(day)) return [mistakeAt(pointer, 'day-free-and-worked', day)];
    return isWorkingDay(usual, day) ? [mistakeAt(pointer, 'day-worked-anyway', day)] : [];
  });
}
