/** A name in the two languages people read. */
export interface Named {
  zh: string;
  en: string;
}

/** The three kinds of credit every Chinese credit bank keeps apart (Shanghai: leisure never becomes academic credit). */
export type CreditCategory = 'leisure' | 'vocational' | 'degree';

/** What happens to the part of a visit that is over a limit: it is cut off, or the whole row is refused. */
export type WhenOver = 'cut' | 'refuse';

export const EVIDENCE_LEVELS = ['card', 'list', 'qr', 'self', 'import'] as const;
/** How attendance was established: card swipe, staff list, QR code, the learner's own word, a file from elsewhere. */
export type Evidence = (typeof EVIDENCE_LEVELS)[number];

export interface CreditType {
  code: string;
  name: Named;
  category: CreditCategory;
  /** Tariff of activities that name none of their own. */
  tariff: string;
  /** Years a lot stays usable after it was earned; null for ever. The record itself never ends. */
  validityYears: number | null;
}

/**
 * How study time becomes credit.
 * `cumulative`: time gathers until it fills a step, nothing is lost in any order or split.
 * `session-floor`: full steps of one visit; the rest stays recorded as time.
 * `session-half-up`: one visit rounded to the nearest step, half a step up (Yamanashi: 30 minutes count as an hour).
 */
export interface TimeTariff {
  code: string;
  kind: 'per-time';
  rounding: 'cumulative' | 'session-floor' | 'session-half-up';
  /** Whole seconds that make one step. */
  secondsPerQuantum: number;
  /** Hundredths that one step is worth. */
  quantumCenti: number;
}

/** Every accepted visit is worth the same, however long (Gunma: one stamp a museum visit). */
export interface VisitTariff {
  code: string;
  kind: 'per-visit';
  centiPerVisit: number;
}

export type Tariff = TimeTariff | VisitTariff;

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

/** Published permission to turn credit of one type into another. Without one there is no conversion. */
export interface ConversionRule {
  code: string;
  name: Named;
  from: string;
  to: string;
  /** `from` hundredths become `to` hundredths. */
  ratio: { from: number; to: number };
  effectiveFrom: string;
  effectiveTo: string | null;
  /** At most this share of a programme's total may come from conversion under this rule. */
  cap: { programme: string; numerator: number; denominator: number } | null;
}

export interface Requirement {
  creditType: string;
  minimumCenti: number;
}

/** An award: so much credit in all, so much of it of each type. */
export interface Programme {
  code: string;
  title: Named;
  category: CreditCategory;
  totalCenti: number;
  requirements: Requirement[];
}

/** Everything a decision may depend on. Immutable once published. */
export interface PolicyPack {
  code: string;
  version: string;
  title: Named;
  effectiveFrom: string;
  classHourSeconds: number;
  dayCap: TimeCap;
  creditTypes: CreditType[];
  tariffs: Tariff[];
  activityTypes: ActivityType[];
  conversionRules: ConversionRule[];
  programmes: Programme[];
  /** Words a certificate of a non-degree programme may not use in its title. */
  protectedWords: string[];
}

/** Name of a published version as entries store it: `taiyuan-default@2024.1`. */
export function policyVersion(pack: Pick<PolicyPack, 'code' | 'version'>): string {
  return `${pack.code}@${pack.version}`;
}

export function creditTypeOf(pack: PolicyPack, code: string): CreditType | undefined {
  return pack.creditTypes.find((type) => type.code === code);
}

export function activityTypeOf(pack: PolicyPack, code: string): ActivityType | undefined {
  return pack.activityTypes.find((type) => type.code === code);
}

export function programmeOf(pack: PolicyPack, code: string): Programme | undefined {
  return pack.programmes.find((programme) => programme.code === code);
}

/** Tariff of an activity for a type of credit. Promises to find one: a pack whose names lead nowhere is never loaded. */
export function tariffOf(pack: PolicyPack, activity: ActivityType, creditType: CreditType): Tariff {
  const code = activity.tariff ?? creditType.tariff;
  const tariff = pack.tariffs.find((candidate) => candidate.code === code);
  if (!tariff) throw new RangeError(`Policy ${policyVersion(pack)} has no tariff ${code}`);
  return tariff;
}

/**
 * Account in which study time waits for this tariff. A tariff that is not the credit type's own keeps its remainder
 * apart, or one tariff's leftover seconds would turn into credit at another tariff's rate.
 */
export function timeBucketOf(tariff: Tariff, creditType: CreditType): string {
  return tariff.code === creditType.tariff ? 'time' : `time/${tariff.code}`;
}
