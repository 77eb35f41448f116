import type {
  CompletionGate,
  ConversionRule,
  CreditType,
  Evidence,
  Named,
  PolicyPack,
  TimeTariff,
  WhenOver,
} from './policy-pack.js';

/** A limit as the file writes it. */
export interface TimeCapFile {
  minutes: number;
  whenOver: WhenOver;
}

/** A tariff as the file writes it; credit is decimal text. */
export type TariffFile =
  | { code: string; kind: 'per-time'; rounding: TimeTariff['rounding']; classHoursPerCredit: number; step?: string }
  | { code: string; kind: 'per-visit'; creditPerVisit: string };

/** A policy pack as people write it: minutes, class hours and decimal credits. */
export interface PackFile {
  code: string;
  version: string;
  title: Named;
  effectiveFrom: string;
  classHourMinutes: number;
  dayCap: TimeCapFile;
  creditTypes: (Omit<CreditType, 'validityYears'> & { validityYears?: number | null })[];
  tariffs: TariffFile[];
  activityTypes: {
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
  }[];
  conversionRules: (Omit<ConversionRule, 'effectiveTo' | 'cap'> & {
    effectiveTo?: string;
    cap?: NonNullable<ConversionRule['cap']>;
  })[];
  programmes: {
    code: string;
    title: Named;
    category: PolicyPack['programmes'][number]['category'];
    total: string;
    requirements: { creditType: string; minimum: string }[];
  }[];
  protectedWords: string[];
}
