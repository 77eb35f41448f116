import { Ajv, type ErrorObject } from 'ajv';
import { parseCredit } from '../../kernel/credit.js';
import { isDay } from '../../kernel/clock.js';
import { checkPolicyPack } from './check-policy-pack.js';
import type { ActivityType, PolicyPack, Tariff, TimeCap } from './policy-pack.js';
import { POLICY_PACK_SCHEMA } from './policy-pack-schema.js';
import type { PackFile, TariffFile, TimeCapFile } from './pack-file.js';

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, discriminator: true });
ajv.addFormat('day', isDay);
const isPackFile = ajv.compile<PackFile>(POLICY_PACK_SCHEMA);

/** A pack with any mistake is refused whole, with every mistake named. */
export class PolicyPackError extends Error {
  constructor(readonly mistakes: string[]) {
    super(`规则包有误 The policy pack is wrong:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
    this.name = 'PolicyPackError';
  }
}

/**
 * A policy pack from the content of its file. Units change here, once: minutes become seconds, decimal credits
 * hundredths, class hours per credit the seconds of one step.
 * Errors: `PolicyPackError` with all mistakes of shape, or else all mistakes of meaning.
 */
export function readPolicyPack(content: unknown): PolicyPack {
  if (!isPackFile(content)) throw new PolicyPackError((isPackFile.errors ?? []).map(describe));
  const pack = toPack(content);
  const mistakes = checkPolicyPack(pack);
  if (mistakes.length > 0) throw new PolicyPackError(mistakes);
  return pack;
}

function describe(error: ErrorObject): string {
  const extra = error.keyword === 'additionalProperties' ? `: ${String(error.params['additionalProperty'])}` : '';
  const allowed = error.keyword === 'enum' ? `: ${(error.params['allowedValues'] as string[]).join(', ')}` : '';
  return `${error.instancePath || '/'} ${error.message ?? ''}${extra}${allowed}`;
}

function toPack(file: PackFile): PolicyPack {
  const classHourSeconds = file.classHourMinutes * 60;
  return {
    code: file.code,
    version: file.version,
    title: file.title,
    effectiveFrom: file.effectiveFrom,
    classHourSeconds,
    dayCap: toCap(file.dayCap)!,
    creditTypes: file.creditTypes.map((type) => ({ ...type, validityYears: type.validityYears ?? null })),
    tariffs: file.tariffs.map((tariff) => toTariff(tariff, classHourSeconds)),
    activityTypes: file.activityTypes.map((activity): ActivityType => ({
      code: activity.code,
      name: activity.name,
      tariff: activity.tariff ?? null,
      evidence: activity.evidence,
      minimumVisitSeconds: (activity.minimumVisitMinutes ?? 1) * 60,
      visitCap: toCap(activity.visitCap),
      visitsPerDay: activity.visitsPerDay ?? null,
      courseCap: toCap(activity.courseCap),
      isDropIn: activity.dropIn ?? false,
      completion: activity.completion
        ? {
            attendance: [...activity.completion.attendance].sort((a, b) => a.upToSessions - b.upToSessions),
            otherwisePercent: activity.completion.otherwisePercent,
            gradeMinimum: activity.completion.gradeMinimum ?? null,
          }
        : null,
    })),
    conversionRules: file.conversionRules.map((rule) => ({
      ...rule,
      effectiveTo: rule.effectiveTo ?? null,
      cap: rule.cap ?? null,
    })),
    programmes: file.programmes.map((programme) => ({
      code: programme.code,
      title: programme.title,
      category: programme.category,
      totalCenti: centi(programme.total),
      requirements: programme.requirements.map(({ creditType, minimum }) => ({
        creditType,
        minimumCenti: centi(minimum),
      })),
    })),
    protectedWords: file.protectedWords,
  };
}

function toCap(cap: TimeCapFile | undefined): TimeCap | null {
  return cap ? { seconds: cap.minutes * 60, whenOver: cap.whenOver } : null;
}

/** A step that is not a whole number of seconds stays fractional here and is refused with the nearest whole ones. */
function toTariff(file: TariffFile, classHourSeconds: number): Tariff {
  if (file.kind === 'per-visit')
    return { code: file.code, kind: 'per-visit', centiPerVisit: centi(file.creditPerVisit) };
  const quantumCenti = file.step === undefined ? 1 : centi(file.step);
  return {
    code: file.code,
    kind: 'per-time',
    rounding: file.rounding,
    quantumCenti,
    secondsPerQuantum: nearlyWhole((file.classHoursPerCredit * classHourSeconds * quantumCenti) / 100),
  };
}

/** A file writes class hours as decimals; what is whole but for the error of binary fractions is whole. */
function nearlyWhole(seconds: number): number {
  return Math.abs(seconds - Math.round(seconds)) < 1e-6 ? Math.round(seconds) : seconds;
}

/** The schema has already checked the form. */
function centi(text: string): number {
  return parseCredit(text) ?? 0;
}
