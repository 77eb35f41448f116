import { Ajv } from 'ajv';
import { isDay } from '../../kernel/clock.js';
import { readActivityType } from './activity-types.js';
import { readCalendar } from './calendar.js';
import { readCap } from './caps.js';
import { checkPolicyPack } from './check-policy-pack.js';
import { readConversionRule } from './conversion-rules.js';
import { readCreditType } from './credit-types.js';
import { readEvidenceWorth } from './evidence-worth.js';
import { describeMistake, type Mistake } from './mistake.js';
import { readExpiryNoticeDays } from './expiry-notices.js';
import type { PackFile } from './pack-file.js';
import type { PolicyPack } from './policy-pack.js';
import { POLICY_PACK_SCHEMA } from './policy-pack-schema.js';
import { readProgramme } from './programmes.js';
import { readRecognitionRules } from './recognition-rules.js';
import { readRewards } from './rewards.js';
import { damagedText } from './damaged-text.js';
import { shapeMistakes } from './shape-mistakes.js';
import { soundParts } from './sound-parts.js';
import { readShortCaps } from './short-caps.js';
import { readTariff } from './tariffs.js';
import { readTitleRules } from './title-rules.js';

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, discriminator: true, verbose: true });
ajv.addFormat('day', isDay);
// 2023 has no 29 February: a day of every year.
ajv.addFormat('month-day', (text: string) => isDay(`2023-${text}`));
const isPackFile = ajv.compile<PackFile>(POLICY_PACK_SCHEMA);

/** A pack with any mistake is refused whole, with every mistake named. */
export class PolicyPackError extends Error {
  constructor(readonly mistakes: Mistake[]) {
    super(`规则包有误 The policy pack is wrong:\n${mistakes.map((each) => `  ${describeMistake(each)}`).join('\n')}`);
    this.name = 'PolicyPackError';
  }
}

/**
 * A policy pack from the content of its file. Units change here, once: minutes become seconds, decimal credits
 * hundredths, class hours per credit the seconds of one step.
 * Errors: `PolicyPackError` with all mistakes of shape, and those of meaning in all that is well-shaped.
 */
export function readPolicyPack(content: unknown): PolicyPack {
  const damaged = damagedText(content);
  if (damaged.length > 0) throw new PolicyPackError(damaged);
  if (!isPackFile(content)) {
    const mistakes = shapeMistakes(isPackFile.errors ?? []);
    throw new PolicyPackError([...mistakes, ...meaningBesides(content, mistakes)]);
  }
  const pack = toPack(content);
  const mistakes = checkPolicyPack(pack);
  if (mistakes.length > 0) throw new PolicyPackError(mistakes);
  return pack;
}

/** Mistakes of meaning in what is left of an ill-shaped file without its ill-shaped items. */
function meaningBesides(content: unknown, mistakes: Mistake[]): Mistake[] {
  const sound = soundParts(content, mistakes);
  if (!sound || !isPackFile(sound.content)) return [];
  return checkPolicyPack(toPack(sound.content))
    .filter(({ missing }) => missing === undefined || !sound.lostCodes.has(missing))
    .map((mistake) => ({ ...mistake, pointer: sound.pointerInFile(mistake.pointer) }));
}

function toPack(file: PackFile): PolicyPack {
  const classHourSeconds = file.classHourMinutes * 60;
  return {
    code: file.code,
    version: file.version,
    title: file.title,
    effectiveFrom: file.effectiveFrom,
    classHourSeconds,
    calendar: readCalendar(file.calendar),
    levelSchemes: file.levelSchemes ?? [],
    creditTypes: file.creditTypes.map(readCreditType),
    tariffs: file.tariffs.map((tariff) => readTariff(tariff, classHourSeconds)),
    activityTypes: file.activityTypes.map(readActivityType),
    evidenceWorth: readEvidenceWorth(file.evidenceWorth),
    caps: [...readShortCaps(file.dayCap, file.activityTypes), ...(file.caps ?? []).map(readCap)],
    titleRules: readTitleRules(file.titleRules),
    recognition: readRecognitionRules(file.recognition),
    conversionRules: file.conversionRules.map(readConversionRule),
    programmes: file.programmes.map((programme) => readProgramme(programme, file.creditTypes)),
    rewards: readRewards(file.rewards),
    expiryNoticeDays: readExpiryNoticeDays(file.expiryNoticeDays),
    ageBandsUpTo: file.ageBandsUpTo ?? [],
    protectedWords: file.protectedWords,
  };
}
