import type { OutcomeFacts } from '../../kernel/outcome.js';
import { periodStart, type Calendar } from './calendar.js';
import type { LevelScheme } from './level-schemes.js';
import { duplicates, itemMistake, type Mistake } from './mistake.js';
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
}

/** A limit as the file writes it: exactly one of the three. */
export type LimitFile = { minutes: number } | { credit: string } | { count: number };

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
        '归入哪个周期看哪一天：start 开始、end 结束、posting 入账',
        'Day that decides the period: when the learning began, ended or was posted',
        { example: 'end', default: 'end' },
      ),
      whenOver: described(
        oneOf(['cut', 'refuse']),
        '超出时：cut 截去超出部分，refuse 整笔拒绝；按次数的上限只能 refuse',
        'When more comes: cut counts up to the limit, refuse none of it; a cap on a count can only refuse',
      ),
    }),
  ),
  '上限：某些学习在一段时间内最多计入多少（考勤、结业、认定）',
  'Caps: at most so much of some learning in a period',
);

export function readLimit(file: LimitFile): Limit {
  if ('minutes' in file) return { unit: 'second', amount: file.minutes * 60 };
  if ('credit' in file) return { unit: 'centi', amount: centi(file.credit) };
  return { unit: 'count', amount: file.count };
}

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
  };
}

/** Mistakes of meaning in the caps of a list of the pack. */
export function capMistakes(place: string, caps: Cap[], known: KnownNames): Mistake[] {
  const mistakes = caps.flatMap(({ code, limit, per, only, whenOver }, index) => {
    const found = patternMistakes(place, index, code, only, known);
    if (limit.amount === 0) found.push(itemMistake(place, index, code, 'a limit of nothing', 'leave the cap out'));
    if (limit.unit === 'count' && per === 'visit')
      found.push(itemMistake(place, index, code, 'one visit is always one', 'count by day or longer'));
    if (limit.unit === 'count' && whenOver === 'cut')
      found.push(itemMistake(place, index, code, 'a visit cannot be cut in parts', 'whenOver: refuse'));
    return found;
  });
  return [...duplicates(place, caps), ...mistakes];
}

/** Learning with its size, as caps count it. */
export interface CountedOutcome extends OutcomeFacts {
  /** Study time, seconds. */
  seconds: number;
  /** Credit, hundredths. */
  centi: number;
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

/** The same for any learning: what counts together has the same group. */
function groupOf(cap: Cap, calendar: Calendar, outcome: OutcomeFacts): string {
  const parts: Record<CapDimension, string | null> = {
    'activity-type': outcome.activityType,
    item: outcome.item,
    provider: outcome.provider,
    'outcome-class': outcome.outcomeClass,
    'credit-type': outcome.creditType,
  };
  return JSON.stringify([countedFrom(cap, calendar, outcome), ...cap.each.map((dimension) => parts[dimension])]);
}

/** How a cap stands before something new is counted. Unit of the cap's limit. */
export interface CapUse {
  cap: Cap;
  used: number;
  /** Never below zero, also where a newer pack has lowered the limit. */
  left: number;
}

/**
 * What is used and left of a cap for one new piece of learning, or null when the cap does not speak of it. `earlier` is
 * what already counts (live, not reversed); order does not matter. The one place where caps are counted.
 */
export function capUse(
  cap: Cap,
  { calendar, levelSchemes }: { calendar: Calendar; levelSchemes: LevelScheme[] },
  earlier: CountedOutcome[],
  next: OutcomeFacts,
): CapUse | null {
  if (!matchesOutcome(cap.only, next, levelSchemes)) return null;
  const group = groupOf(cap, calendar, next);
  const together =
    cap.per === 'visit'
      ? []
      : earlier.filter(
          (outcome) => matchesOutcome(cap.only, outcome, levelSchemes) && groupOf(cap, calendar, outcome) === group,
        );
  const size = { second: 'seconds', centi: 'centi', count: null } as const;
  const measure = size[cap.limit.unit];
  const used = together.reduce((sum, outcome) => sum + (measure === null ? 1 : outcome[measure]), 0);
  return { cap, used, left: Math.max(0, cap.limit.amount - used) };
}
