import { groupBy } from '../../kernel/group-by.js';
import type { OutcomeFacts } from '../../kernel/outcome.js';
import { periodEnd, periodStart, type Calendar } from './calendar.js';
import type { LevelScheme } from './level-schemes.js';
import { duplicates, mistakesIn, type Mistake } from './mistake.js';
import {
  matchesOutcome,
  patternMistakes,
  readOutcomePattern,
  type KnownNames,
  type OutcomePattern,
  type OutcomePatternFile,
} from './outcome-pattern.js';
import { centi, type Named, type WhenOver } from './schema-parts.js';

/** How much: seconds of study time, hundredths of credit, or a number of visits or outcomes. */
export interface Limit {
  unit: 'second' | 'centi' | 'count';
  amount: number;
}

/** Periods a limit is counted by; `visit` looks at one visit or outcome alone. */
export const CAP_PERIODS = ['visit', 'day', 'semester', 'year', 'lifetime'] as const;
export type CapPeriod = (typeof CAP_PERIODS)[number];

/** Counted apart for each of these. */
export const CAP_DIMENSIONS = ['activity-type', 'item', 'provider', 'outcome-class', 'credit-type'] as const;
export type CapDimension = (typeof CAP_DIMENSIONS)[number];

/** Which day of the learning decides the period it counts in (Korea: the last day of the course). */
export const CAP_DATES = ['start', 'end', 'posting'] as const;
export type CapDate = (typeof CAP_DATES)[number];

/** At most so much of some learning in a period. */
export interface Cap {
  code: string;
  name: Named;
  limit: Limit;
  per: CapPeriod;
  each: CapDimension[];
  only: OutcomePattern;
  date: CapDate;
  /** `09-01`: first day of its years, where it is not that of the calendar. */
  yearStartsOn?: string;
  whenOver: WhenOver;
  /** The short form in the file that said it, whose refusals have a code of their own; null for a cap written out. */
  short: ShortCap | null;
}

/** Caps that a file may say in one line: of a visit, of a course, of a day, of visits a day. */
export type ShortCap = 'visit' | 'visits-per-day' | 'course' | 'day';

/** A limit as the file writes it: exactly one of the three. */
export type LimitFile = { minutes: number } | { credit: string } | { count: number };

/** A cap as the file writes it. */
export interface CapFile {
  code: string;
  name: Named;
  limit: LimitFile;
  per: CapPeriod;
  each?: CapDimension[];
  only?: OutcomePatternFile;
  date?: CapDate;
  yearStartsOn?: string;
  whenOver: WhenOver;
}

/** A limit in seconds, hundredths or a count. */
export function readLimit(file: LimitFile): Limit {
  if ('minutes' in file) return { unit: 'second', amount: file.minutes * 60 };
  if ('credit' in file) return { unit: 'centi', amount: centi(file.credit) };
  return { unit: 'count', amount: file.count };
}

/** A cap with its defaults: counted together, for all learning, by its last day. */
export function readCap(file: CapFile): Cap {
  return {
    code: file.code,
    name: file.name,
    limit: readLimit(file.limit),
    per: file.per,
    each: file.each ?? [],
    only: readOutcomePattern(file.only),
    date: file.date ?? 'end',
    ...(file.yearStartsOn === undefined ? {} : { yearStartsOn: file.yearStartsOn }),
    whenOver: file.whenOver,
    short: null,
  };
}

/** Names under which entries keep what short forms and evidence cut off. */
const SHORT_NAMES = ['visit', 'visits-per-day', 'course', 'day', 'evidence'];

/** Field of a limit's file that says its amount. */
export const LIMIT_FIELDS: Record<Limit['unit'], string> = {
  second: 'limit/minutes',
  centi: 'limit/credit',
  count: 'limit/count',
};

/** Mistakes of meaning in the caps of the list at a pointer; `owner` is the code of the entry the list belongs to. */
export function capMistakes(pointer: string, all: Cap[], known: KnownNames, owner?: string): Mistake[] {
  // Short forms are checked where they stand.
  const caps = all.filter(({ short }) => short === null);
  const mistakes = caps.flatMap(({ code, limit, per, only, yearStartsOn, whenOver }, index) => {
    const wrong = mistakesIn(`${pointer}/${index}`, owner === undefined ? code : `${owner}: ${code}`);
    const found = patternMistakes(wrong, 'only', only, known);
    if (SHORT_NAMES.includes(code)) found.push(wrong('code', 'short-form-name'));
    if (limit.amount === 0) found.push(wrong(LIMIT_FIELDS[limit.unit], 'limit-of-nothing'));
    if (limit.unit === 'count' && per === 'visit') found.push(wrong('per', 'count-of-one-visit'));
    if (limit.unit === 'count' && whenOver === 'cut') found.push(wrong('whenOver', 'count-cut'));
    if (yearStartsOn !== undefined && per !== 'year') found.push(wrong('yearStartsOn', 'year-start-without-year', per));
    return found;
  });
  return [...duplicates(pointer, caps), ...mistakes];
}

/** Learning with its size, as caps count it. */
export interface CountedOutcome extends OutcomeFacts {
  /** Study time, seconds. */
  seconds: number;
  /** Credit, hundredths, besides what `gathered` is worth. */
  centi: number;
  /** Study time that gathers into credit: it is counted together with all other time of its rate. */
  gathered?: GatheredTime;
}

/** Seconds that gather under a step of `secondsPerQuantum` worth `quantumCenti`. */
export interface GatheredTime {
  seconds: number;
  secondsPerQuantum: number;
  quantumCenti: number;
}

/** Day by which a cap puts learning into a period. */
function countingDay({ date }: Pick<Cap, 'date'>, outcome: OutcomeFacts): string {
  if (date === 'start') return outcome.startsOn;
  return date === 'end' ? outcome.endsOn : outcome.postedOn;
}

/** What says which learning of a cap counts together in time. */
type CapSpan = Pick<Cap, 'per' | 'date' | 'yearStartsOn'>;

/** The calendar with the years of a cap, where it has its own. */
function calendarOf({ yearStartsOn }: CapSpan, calendar: Calendar): Calendar {
  return yearStartsOn === undefined ? calendar : { ...calendar, yearStartsOn };
}

/** First day of the period of a cap that learning falls into, or null where everything ever counts. For queries. */
export function countedFrom(cap: CapSpan, calendar: Calendar, outcome: OutcomeFacts): string | null {
  const day = countingDay(cap, outcome);
  if (cap.per === 'lifetime') return null;
  return cap.per === 'day' || cap.per === 'visit' ? day : periodStart(calendarOf(cap, calendar), cap.per, day);
}

/** Last day of that period. For explanations. */
export function countedUntil(cap: CapSpan, calendar: Calendar, outcome: OutcomeFacts): string | null {
  const day = countingDay(cap, outcome);
  if (cap.per === 'lifetime') return null;
  return cap.per === 'day' || cap.per === 'visit' ? day : periodEnd(calendarOf(cap, calendar), cap.per, day);
}

/** Names what counts together under a cap: learning with the same group shares its limit. */
export function capGroup(cap: Cap, calendar: Calendar, outcome: OutcomeFacts): string {
  const period = countedFrom(cap, calendar, outcome);
  if (cap.each.length === 0) return period ?? '';
  const parts: Record<CapDimension, string | null> = {
    'activity-type': outcome.activityType,
    item: outcome.item,
    provider: outcome.provider,
    'outcome-class': outcome.outcomeClass,
    'credit-type': outcome.creditType,
  };
  return JSON.stringify([period, ...cap.each.map((dimension) => parts[dimension])]);
}

/** How a cap stands before something new is counted. Unit of the cap's limit. */
export interface CapUse<T extends CountedOutcome = CountedOutcome> {
  cap: Cap;
  /** What counts under it together with the new learning. */
  earlier: T[];
  used: number;
  /** Never below zero, also where a newer pack has lowered the limit. */
  left: number;
  /** For a limit of credit: whole seconds of study time at this rate that still fit. */
  secondsLeft: (rate: Rate) => number;
}

type Rate = Omit<GatheredTime, 'seconds'>;

/**
 * What is used and left of a cap for one new piece of learning, or null when the cap does not speak of it. `earlier` is
 * what already counts (live, not reversed); order does not matter. The one place where caps are counted.
 */
export function capUse<T extends CountedOutcome>(
  cap: Cap,
  { calendar, levelSchemes }: { calendar: Calendar; levelSchemes: LevelScheme[] },
  earlier: T[],
  next: OutcomeFacts,
): CapUse<T> | null {
  if (!matchesOutcome(cap.only, next, levelSchemes)) return null;
  const group = cap.per === 'visit' ? null : capGroup(cap, calendar, next);
  const together = earlier.filter(
    (outcome) =>
      group !== null && matchesOutcome(cap.only, outcome, levelSchemes) && capGroup(cap, calendar, outcome) === group,
  );
  const used = sizeOf(cap.limit.unit, together);
  const left = Math.max(0, cap.limit.amount - used);
  return { cap, earlier: together, used, left, secondsLeft: (rate) => secondsLeft(cap.limit.amount, together, rate) };
}

/** Seconds, hundredths or number of some learning. Time that gathers is added up by rate, then rounded up, once. */
function sizeOf(unit: Limit['unit'], outcomes: CountedOutcome[]): number {
  if (unit === 'count') return outcomes.length;
  if (unit === 'second') return outcomes.reduce((sum, { seconds }) => sum + seconds, 0);
  const rates = groupBy(
    outcomes.flatMap(({ gathered }) => gathered ?? []),
    rateOf,
  );
  const gathered = [...rates.values()].map((times) => {
    const { secondsPerQuantum, quantumCenti } = times[0]!;
    const seconds = times.reduce((sum, time) => sum + time.seconds, 0);
    return Math.ceil((seconds * quantumCenti) / secondsPerQuantum);
  });
  return [...outcomes.map(({ centi }) => centi), ...gathered].reduce((sum, centi) => sum + centi, 0);
}

function rateOf({ secondsPerQuantum, quantumCenti }: Rate): string {
  return `${quantumCenti}/${secondsPerQuantum}`;
}

/** Whole seconds of one rate whose worth still fits under a limit of credit. Exact: the rate's own time is not rounded. */
function secondsLeft(limitCenti: number, together: CountedOutcome[], rate: Rate): number {
  const isSame = ({ gathered }: CountedOutcome) => gathered !== undefined && rateOf(gathered) === rateOf(rate);
  const same = together.filter(isSame);
  const others = together.filter((outcome) => !isSame(outcome));
  const left = limitCenti - sizeOf('centi', others) - same.reduce((sum, { centi }) => sum + centi, 0);
  const seconds = Math.floor((left * rate.secondsPerQuantum) / rate.quantumCenti);
  return Math.max(0, seconds - same.reduce((sum, { gathered }) => sum + gathered!.seconds, 0));
}
