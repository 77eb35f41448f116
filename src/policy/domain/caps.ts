import { groupBy } from '../../kernel/group-by.js';
import type { OutcomeFacts } from '../../kernel/outcome.js';
import { periodEnd, periodStart, type Calendar } from './calendar.js';
import type { LevelScheme } from './level-schemes.js';
import { duplicates, mistakesIn, type Mistake } from './mistake.js';
import {
  matchesOutcome,
  OUTCOME_PATTERN_SCHEMA,
  patternMistakes,
  readOutcomePattern,
  type KnownNames,
  type OutcomePattern,
  type OutcomePatternFile,
} from './outcome-pattern.js';

import {
  centi,
  CODE,
  CREDIT,
  described,
  integer,
  list,
  NAMED,
  type Named,
  object,
  oneOf,
  type Schema,
  set,
  shared,
  type WhenOver,
} from './schema-parts.js';

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
  whenOver: WhenOver;
}

export const LIMIT_SCHEMA: Schema = shared(
  'limit',
  described(
    {
      type: 'object',
      additionalProperties: false,
      properties: {
        minutes: described(integer(1, 100_000_000), '分钟数（学时）', 'Minutes of study time', { example: 480 }),
        credit: described(CREDIT, '学分', 'Credit', { example: '24' }),
        count: described(integer(1, 1_000_000), '次数或成果个数', 'A number of visits or outcomes', { example: 3 }),
      },
      minProperties: 1,
      maxProperties: 1,
    },
    '限额：分钟（学时）、学分或次数，三者取一',
    'How much: minutes of study time, credit or a count; exactly one',
    { example: { credit: '24' } },
  ),
);

export const CAPS_SCHEMA: Schema = described(
  list(
    object({
      code: CODE,
      name: NAMED,
      limit: LIMIT_SCHEMA,
      per: described(
        oneOf(CAP_PERIODS),
        '计算周期：visit 每次、day 每日、semester 每学期、year 每年度、lifetime 终身',
        'Counted by visit, day, semester, year or lifetime',
      ),
      'each?': described(
        set(oneOf(CAP_DIMENSIONS), 1),
        '分别计算的维度：activity-type 活动类型、item 课程或成果、provider 机构、outcome-class 成果类别、credit-type 学分类型；不写则合并计算',
        'Counted apart for each activity type, course or outcome, provider, class or credit type; together unless said',
        { example: ['provider'] },
      ),
      'only?': OUTCOME_PATTERN_SCHEMA,
      'date?': described(
        oneOf(CAP_DATES),
        '归入哪个周期看哪一天：start 开始、end 结束（校外成果两者都是取得之日）、posting 入账',
        'Day that decides the period: when the learning began, ended (both the day an outcome of elsewhere was obtained) or was posted',
        { example: 'end', default: 'end' },
      ),
      whenOver: described(
        oneOf(['cut', 'refuse']),
        '超出时：cut 截去超出部分，refuse 整笔拒绝；按次数的上限只能 refuse',
        'When more comes: cut counts up to the limit; refuse refuses all of what came; a cap on a count can only refuse',
      ),
    }),
  ),
  '上限：某些学习在一段时间内最多计入多少。在 caps 下计考勤、结业和认定；在转换规则下只计按该规则转换的',
  'Caps: at most so much of some learning in a period. Under caps they count sessions, passed courses and recognised outcomes; within a conversion rule what it converted',
);

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
  const mistakes = caps.flatMap(({ code, limit, per, only, whenOver }, index) => {
    const wrong = mistakesIn(`${pointer}/${index}`, owner === undefined ? code : `${owner}: ${code}`);
    const found = patternMistakes(wrong, 'only', only, known);
    if (SHORT_NAMES.includes(code)) found.push(wrong('code', 'short-form-name'));
    if (limit.amount === 0) found.push(wrong(LIMIT_FIELDS[limit.unit], 'limit-of-nothing'));
    if (limit.unit === 'count' && per === 'visit') found.push(wrong('per', 'count-of-one-visit'));
    if (limit.unit === 'count' && whenOver === 'cut') found.push(wrong('whenOver', 'count-cut'));
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

/** First day of the period of a cap that learning falls into, or null where everything ever counts. For queries. */
export function countedFrom(cap: Pick<Cap, 'per' | 'date'>, calendar: Calendar, outcome: OutcomeFacts): string | null {
  const day = countingDay(cap, outcome);
  if (cap.per === 'lifetime') return null;
  return cap.per === 'day' || cap.per === 'visit' ? day : periodStart(calendar, cap.per, day);
}

/** Last day of that period. For explanations. */
export function countedUntil(cap: Pick<Cap, 'per' | 'date'>, calendar: Calendar, outcome: OutcomeFacts): string | null {
  const day = countingDay(cap, outcome);
  if (cap.per === 'lifetime') return null;
  return cap.per === 'day' || cap.per === 'visit' ? day : periodEnd(calendar, cap.per, day);
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
