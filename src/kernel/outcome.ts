/** What kind of result of learning it is (DOMAIN CAT-2): attendance alone, or a course, certificate, training passed. */
export const OUTCOME_CLASSES = ['activity', 'course', 'certificate', 'training', 'unformatted'] as const;
/** Kinds of learning outcome. */
export type OutcomeClass = (typeof OUTCOME_CLASSES)[number];

/** How credit came into the book: earned at sessions here, recognised from elsewhere, or converted from other credit. */
export const OUTCOME_ORIGINS = ['attendance', 'recognition', 'conversion'] as const;
/** One of `OUTCOME_ORIGINS`. */
export type OutcomeOrigin = (typeof OUTCOME_ORIGINS)[number];

/**
 * What a rule may ask about a piece of learning, whether it is credit already in a lot, a visit being posted or an
 * outcome under review. Codes are those of the policy pack and of the catalogue of providers and courses.
 */
export interface OutcomeFacts {
  origin: OutcomeOrigin;
  outcomeClass: OutcomeClass;
  creditType: string;
  activityType: string | null;
  /** Course, or item of the outcome catalogue: two outcomes of one item are attempts at the same thing. */
  item: string | null;
  title: string;
  /** Provider here, or issuer elsewhere. */
  provider: string | null;
  /** A level's code in one of the pack's level schemes. */
  level: string | null;
  /** True when something was passed: a gate of attendance and grade, an examination. Attendance alone is not. */
  isAssessed: boolean;
  /** 0–100, where one was given. */
  grade: number | null;
  /** Days (Asia/Shanghai): when the learning began, when it ended, when the bank recorded it. */
  startsOn: string;
  endsOn: string;
  postedOn: string;
  /** Said of converted credit that is on record without a mark because other learning stands in: 免考. */
  isExempt?: true;
  /** Said of converted credit that was leisure at its beginning: it counts towards no degree. */
  beganAsLeisure?: true;
}
