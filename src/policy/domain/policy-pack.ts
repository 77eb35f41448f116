import type { ActivityType } from './activity-types.js';
import type { Calendar } from './calendar.js';
import type { Cap } from './caps.js';
import type { ConversionRule } from './conversion-rules.js';
import type { CreditType } from './credit-types.js';
import type { DeclaredName } from './declared-names.js';
import type { EvidenceWorth } from './evidence-worth.js';
import type { LevelScheme } from './level-schemes.js';
import type { Programme } from './programmes.js';
import type { RecognitionRules } from './recognition-rules.js';
import type { Rewards } from './rewards.js';
import type { Named } from './schema-parts.js';
import type { Tariff } from './tariffs.js';
import type { TitleRules } from './title-rules.js';

/** Everything a decision may depend on. Immutable once published. Each part has its own file beside this one. */
export interface PolicyPack {
  code: string;
  version: string;
  title: Named;
  /** Who issues certificates and transcripts. */
  issuer: Named;
  effectiveFrom: string;
  classHourSeconds: number;
  calendar: Calendar;
  levelSchemes: LevelScheme[];
  /** Courses and providers of the bank that rules name. */
  courses: DeclaredName[];
  providers: DeclaredName[];
  creditTypes: CreditType[];
  tariffs: Tariff[];
  activityTypes: ActivityType[];
  evidenceWorth: EvidenceWorth;
  /** Caps on what comes in: attendance, completions and recognitions. The file's short forms are among them. */
  caps: Cap[];
  titleRules: TitleRules;
  /** Null: nothing is recognised from elsewhere. */
  recognition: RecognitionRules | null;
  conversionRules: ConversionRule[];
  programmes: Programme[];
  rewards: Rewards;
  /** Days before the end of credit at which its learner is told, longest first. */
  expiryNoticeDays: number[];
  /** Last age of each band but the open one, rising: how reports group people. */
  ageBandsUpTo: number[];
  /** Words a certificate of a non-degree programme may not use in its title. */
  protectedWords: string[];
}

/** Name of a published version as entries store it: `taiyuan-default@2024.1`. */
export function policyVersion(pack: Pick<PolicyPack, 'code' | 'version'>): string {
  return `${pack.code}@${pack.version}`;
}

/** The credit type of a code, or undefined. */
export function creditTypeOf(pack: PolicyPack, code: string): CreditType | undefined {
  return pack.creditTypes.find((type) => type.code === code);
}

/** The activity type of a code, or undefined. */
export function activityTypeOf(pack: PolicyPack, code: string): ActivityType | undefined {
  return pack.activityTypes.find((type) => type.code === code);
}

/** The programme of a code, or undefined. */
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
 * Account in which study time waits for this tariff, within its credit type. Time that gathers is kept by the length of
 * its step (`time/486s`; `time/12150s-25` where a step is worth 25 hundredths), so that one account has one rate for
 * ever: another tariff, or the same one in a later version of the policy, never turns the seconds left over at another
 * rate, and undoing a visit leaves exactly what the others are worth. Time that a tariff does not gather stays under the
 * tariff's code, which begins with a letter.
 */
export function timeBucketOf(tariff: Tariff): string {
  if (tariff.kind !== 'per-time' || tariff.rounding !== 'cumulative') return `time/${tariff.code}`;
  const { secondsPerQuantum, quantumCenti } = tariff;
  return `time/${secondsPerQuantum}s${quantumCenti === 1 ? '' : `-${quantumCenti}`}`;
}
