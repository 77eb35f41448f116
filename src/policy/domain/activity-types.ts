import type { CreditType } from './credit-types.js';
import { duplicates, mistakesIn, stepMistakes, unknownName, type Mistake } from './mistake.js';
import {
  CODE,
  described,
  integer,
  list,
  NAMED,
  type Named,
  object,
  oneOf,
  PERCENT,
  shared,
  type Schema,
  set,
  type WhenOver,
} from './schema-parts.js';
import type { Tariff } from './tariffs.js';

/** Codes of {@link Evidence}, as files and requests write them. */
export const EVIDENCE_LEVELS = ['card', 'list', 'qr', 'self', 'import'] as const;
/** How attendance was established: card swipe, staff list, QR code, the learner's own word, a file from elsewhere. */
export type Evidence = (typeof EVIDENCE_LEVELS)[number];

/** Credit only after the course is passed: enough sessions attended and, where asked, a grade. */
export interface CompletionGate {
  /** Required share of sessions by planned course length, rising; the first step that covers the length applies. */
  attendance: { upToSessions: number; percent: number }[];
  /** Required share for courses longer than every step. */
  otherwisePercent: number;
  /** Lowest passing grade, 0–100; null when no grade is asked. */
  gradeMinimum: number | null;
}

/** A kind of session, with the gates and caps that its visits must pass. */
export interface ActivityType {
  code: string;
  name: Named;
  /** Null: the tariff of the credit type. */
  tariff: string | null;
  evidence: Evidence[];
  /** Shortest visit that counts, seconds. */
  minimumVisitSeconds: number;
  /** Open all day: its hours are not compared with other sessions of the learner. */
  isDropIn: boolean;
  completion: CompletionGate | null;
}

/** A limit as the file writes it. */
export interface TimeCapFile {
  minutes: number;
  whenOver: WhenOver;
}

/** An activity type as the file writes it; lengths in minutes. */
export interface ActivityTypeFile {
  code: string;
  name: Named;
  tariff?: string;
  evidence: Evidence[];
  minimumVisitMinutes?: number;
  /** Short for caps of the pack: see `short-caps.ts`. */
  visitCap?: TimeCapFile;
  visitsPerDay?: number;
  courseCap?: TimeCapFile;
  dropIn?: boolean;
  completion?: Omit<CompletionGate, 'gradeMinimum'> & { gradeMinimum?: number };
}

export const TIME_CAP_SCHEMA = shared(
  'timeCap',
  described(
    object({
      minutes: described(integer(1, 10_000_000), '最多计入的分钟数', 'Most minutes that count', { example: 120 }),
      whenOver: described(
        oneOf(['cut', 'refuse']),
        '超出时：cut 截去超出部分，refuse 整次不计',
        'When more comes: cut counts up to the limit, refuse counts nothing of it',
      ),
    }),
    '学时上限',
    'Limit of study time',
  ),
);

export const ACTIVITY_TYPES_SCHEMA: Schema = described(
  list(
    object({
      code: CODE,
      name: NAMED,
      'tariff?': described(CODE, '折算标准；不写则用学分类型的', 'Tariff; that of the credit type unless said', {
        example: 'leisure-time',
      }),
      evidence: described(
        set(oneOf(EVIDENCE_LEVELS), 1),
        '接受的考勤凭据：card 刷卡、list 名单、qr 扫码、self 自报、import 导入',
        'Evidence accepted: card swipe, list kept by the staff, QR code, own word, import from a file',
        { example: ['card', 'list', 'qr'] },
      ),
      'minimumVisitMinutes?': described(
        integer(1, 600),
        '一次至少多少分钟才计',
        'Shortest visit that counts, minutes',
        { example: 20, default: 1 },
      ),
      'visitCap?': described(
        TIME_CAP_SCHEMA,
        '一次最多计入的学时；不写则不限',
        'Most study time of one visit; no limit unless said',
      ),
      'visitsPerDay?': described(
        integer(1, 100),
        '每人每天最多计几次；不写则不限',
        'Visits of one person on one day that count; no limit unless said',
        { example: 1 },
      ),
      'courseCap?': described(
        TIME_CAP_SCHEMA,
        '一门课程终身最多计入的学时；不写则不限',
        'Most study time of one course in a lifetime; no limit unless said',
      ),
      'dropIn?': described(
        { type: 'boolean' },
        '全天开放、随到随学：不与其他课次比对时间',
        'Open all day: its hours are not compared with other sessions',
        { example: true, default: false },
      ),
      'completion?': described(
        object({
          attendance: described(
            list(
              object({
                upToSessions: described(
                  integer(1, 1_000),
                  '计划课次不超过此数的课程',
                  'Courses of up to so many planned sessions',
                  { example: 5 },
                ),
                percent: described(PERCENT, '须出勤的课次百分比', 'Percent of the sessions that must be attended', {
                  example: 80,
                }),
              }),
            ),
            '按课程长短的出勤门槛，按课次计（不按周），课次由少到多，取第一条涵盖的；可为 []',
            'Attendance asked by the length of the course, counted in sessions, not weeks; rising, the first step that covers it; may be []',
          ),
          otherwisePercent: described(PERCENT, '更长课程的出勤百分比', 'Percent for longer courses', { example: 70 }),
          'gradeMinimum?': described(
            PERCENT,
            '及格分数（0–100）；不写则不看成绩',
            'Passing grade, 0–100; no grade asked unless said',
            { example: 60 },
          ),
        }),
        '结业门槛：结业后才计学分；不写则按次计',
        'Gate: credit only once the course is passed; without it every visit counts at once',
      ),
    }),
    1,
  ),
  '活动类型及其门槛与上限',
  'Activity types with their gates and caps',
);

/** An activity type with its defaults filled in; seconds instead of minutes. */
export function readActivityType(file: ActivityTypeFile): ActivityType {
  const { completion } = file;
  return {
    code: file.code,
    name: file.name,
    tariff: file.tariff ?? null,
    evidence: file.evidence,
    minimumVisitSeconds: (file.minimumVisitMinutes ?? 1) * 60,
    isDropIn: file.dropIn ?? false,
    completion: completion
      ? {
          attendance: completion.attendance,
          otherwisePercent: completion.otherwisePercent,
          gradeMinimum: completion.gradeMinimum ?? null,
        }
      : null,
  };
}

/** Codes that stand twice and tariffs the pack does not have. */
export function activityTypeMistakes(
  activities: ActivityType[],
  pack: { tariffs: Tariff[]; creditTypes: CreditType[] },
): Mistake[] {
  const tariffs = new Map(pack.tariffs.map((tariff) => [tariff.code, tariff]));
  return [
    ...duplicates('/activityTypes', activities),
    ...activities.flatMap(({ code, tariff, completion }, index) => {
      const wrong = mistakesIn(`/activityTypes/${index}`, code);
      const lengths = (completion?.attendance ?? []).map(({ upToSessions }) => upToSessions);
      const found = stepMistakes(wrong, lengths, (step) => `completion/attendance/${step}/upToSessions`);
      if (tariff !== null && !tariffs.has(tariff))
        found.push(unknownName(wrong, 'tariff', 'tariff', tariff, tariffs.keys()));
      const used = tariff === null ? pack.creditTypes.map((type) => type.tariff) : [tariff];
      const useless = completion ? undefined : used.find((each) => tariffs.get(each)?.kind === 'on-completion');
      if (useless !== undefined) found.push(wrong('tariff', 'never-completed', useless));
      return found;
    }),
  ];
}
