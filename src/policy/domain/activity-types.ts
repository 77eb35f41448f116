import type { CreditType } from './credit-types.js';
import { duplicates, itemMistake, unknownName, type Mistake } from './mistake.js';

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
  type Schema,
  set,
  type WhenOver,
} from './schema-parts.js';
import type { Tariff } from './tariffs.js';

/** Codes of {@link Evidence}, as files and requests write them. */
export const EVIDENCE_LEVELS = ['card', 'list', 'qr', 'self', 'import'] as const;
/** How attendance was established: card swipe, staff list, QR code, the learner's own word, a file from elsewhere. */
export type Evidence = (typeof EVIDENCE_LEVELS)[number];

/** A limit of study time and what happens over it. */
export interface TimeCap {
  seconds: number;
  whenOver: WhenOver;
}

/** Credit only after the course is passed: enough sessions attended and, where asked, a grade. */
export interface CompletionGate {
  /** Required share of sessions by planned course length; the first step that covers the length applies. */
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
  visitCap: TimeCap | null;
  /** Visits of this type a learner may have on one day. */
  visitsPerDay: number | null;
  /** Study time that may count for one course in a lifetime. */
  courseCap: TimeCap | null;
  /** Open all day: its hours are not compared with other sessions of the learner. */
  isDropIn: boolean;
  completion: CompletionGate | null;
}

/** A limit as the file writes it. */
export interface TimeCapFile {
  minutes: number;
  whenOver: WhenOver;
}

export interface ActivityTypeFile {
  code: string;
  name: Named;
  tariff?: string;
  evidence: Evidence[];
  minimumVisitMinutes?: number;
  visitCap?: TimeCapFile;
  visitsPerDay?: number;
  courseCap?: TimeCapFile;
  dropIn?: boolean;
  completion?: Omit<CompletionGate, 'gradeMinimum'> & { gradeMinimum?: number };
}

export const TIME_CAP_SCHEMA = object({ minutes: integer(1, 10_000_000), whenOver: oneOf(['cut', 'refuse']) });

export const ACTIVITY_TYPES_SCHEMA: Schema = described(
  list(
    object({
      code: CODE,
      name: NAMED,
      'tariff?': CODE,
      evidence: described(
        set(oneOf(EVIDENCE_LEVELS), 1),
        '接受的考勤凭据：刷卡、名单、扫码、自报、导入',
        'Evidence accepted: card, list, QR code, own word, import',
      ),
      'minimumVisitMinutes?': integer(1, 600),
      'visitCap?': TIME_CAP_SCHEMA,
      'visitsPerDay?': integer(1, 100),
      'courseCap?': TIME_CAP_SCHEMA,
      'dropIn?': { type: 'boolean' },
      'completion?': object({
        attendance: list(object({ upToSessions: integer(1, 1_000), percent: PERCENT })),
        otherwisePercent: PERCENT,
        'gradeMinimum?': PERCENT,
      }),
    }),
    1,
  ),
  '活动类型及其门槛与上限',
  'Activity types with their gates and caps',
);

export function readTimeCap(cap: TimeCapFile | undefined): TimeCap | null {
  return cap ? { seconds: cap.minutes * 60, whenOver: cap.whenOver } : null;
}

export function readActivityType(file: ActivityTypeFile): ActivityType {
  const { completion } = file;
  return {
    code: file.code,
    name: file.name,
    tariff: file.tariff ?? null,
    evidence: file.evidence,
    minimumVisitSeconds: (file.minimumVisitMinutes ?? 1) * 60,
    visitCap: readTimeCap(file.visitCap),
    visitsPerDay: file.visitsPerDay ?? null,
    courseCap: readTimeCap(file.courseCap),
    isDropIn: file.dropIn ?? false,
    completion: completion
      ? {
          attendance: [...completion.attendance].sort((a, b) => a.upToSessions - b.upToSessions),
          otherwisePercent: completion.otherwisePercent,
          gradeMinimum: completion.gradeMinimum ?? null,
        }
      : null,
  };
}

export function activityTypeMistakes(
  activities: ActivityType[],
  pack: { tariffs: Tariff[]; creditTypes: CreditType[] },
): Mistake[] {
  const tariffs = new Map(pack.tariffs.map((tariff) => [tariff.code, tariff]));
  const gathers = (tariff: Tariff) => tariff.kind === 'per-time' && tariff.rounding === 'cumulative';
  return [
    ...duplicates('activityTypes', activities),
    ...activities.flatMap(({ code, tariff, completion }, index) => {
      const found: Mistake[] = [];
      if (tariff !== null && !tariffs.has(tariff))
        found.push(unknownName('activityTypes', index, code, 'tariff', tariff, tariffs.keys()));
      const used = tariff === null ? pack.creditTypes.map((type) => type.tariff) : [tariff];
      const wrong = completion && used.find((each) => tariffs.has(each) && !gathers(tariffs.get(each)!));
      if (wrong) {
        const what = `a course with a completion gate needs a cumulative tariff, not ${wrong}`;
        found.push(itemMistake('activityTypes', index, code, what));
      }
      return found;
    }),
  ];
}
