import type { ActivityTypeFile, TimeCapFile } from './activity-types.js';
import type { CalendarFile } from './calendar.js';
import type { CapFile } from './caps.js';
import type { ConversionRuleFile } from './conversion-rules.js';
import type { CreditTypeFile } from './credit-types.js';
import type { DeclaredName } from './declared-names.js';
import type { EvidenceWorth } from './evidence-worth.js';
import type { LevelScheme } from './level-schemes.js';
import type { ProgrammeFile } from './programmes.js';
import type { RecognitionRulesFile } from './recognition-rules.js';
import type { RewardsFile } from './rewards.js';
import type { Named } from './schema-parts.js';
import type { TariffFile } from './tariffs.js';
import type { TitleRulesFile } from './title-rules.js';

/** A policy pack as people write it: minutes, class hours and decimal credits. */
export interface PackFile {
  code: string;
  version: string;
  title: Named;
  issuer?: Named;
  effectiveFrom: string;
  classHourMinutes: number;
  calendar?: CalendarFile;
  levelSchemes?: LevelScheme[];
  courses?: DeclaredName[];
  providers?: DeclaredName[];
  dayCap: TimeCapFile;
  creditTypes: CreditTypeFile[];
  tariffs: TariffFile[];
  activityTypes: ActivityTypeFile[];
  evidenceWorth?: Partial<EvidenceWorth>;
  caps?: CapFile[];
  titleRules?: TitleRulesFile;
  recognition?: RecognitionRulesFile;
  conversionRules: ConversionRuleFile[];
  programmes: ProgrammeFile[];
  rewards?: RewardsFile;
  expiryNoticeDays?: number[];
  ageBandsUpTo?: number[];
  protectedWords: string[];
}
