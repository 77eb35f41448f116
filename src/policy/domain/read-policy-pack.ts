import { Ajv } from 'ajv';
import { isDay } from '../../kernel/clock.js';
import { readActivityType } from './activity-types.js';
import { readCalendar } from './calendar.js';
import { readCap } from './caps.js';
import { checkPolicyPack } from './check-policy-pack.js';
import { readConversionRule } from './conversion-rules.js';
import { readCreditType } from './credit-types.js';
import { readEvidenceWorth } from './evidence-worth.js';
import { describeMistake, withNearestName, type Mistake } from './mistake.js';
import { readExpiryNoticeDays } from './expiry-notices.js';
import type { PackFile } from './pack-file.js';
import type { PolicyPack } from './policy-pack.js';
import { POLICY_PACK_SCHEMA } from './policy-pack-schema.js';
import { readProgramme } from './programmes.js';
import { readRecognitionRules } from './recognition-rules.js';
import { readRewards } from './rewards.js';
import { damagedText } from './damaged-text.js';
import { shapeMistakes } from './shape-mistakes.js';
import { meaningBesides } from './sound-parts.js';
import { isInside } from './sound-reading.js';
import { readShortCaps } from './short-caps.js';
import { readTariff } from './tariffs.js';
import { readTitleRules } from './title-rules.js';

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, discriminator: true, verbose: true });
ajv.addFormat('day', isDay);
// 2023 has no 29 February: a day of every year.
ajv.addFormat('month-day', (text: string) => isDay(`2023-${text}`));
const isPackFile = ajv.compile<PackFile>(POLICY_PACK_SCHEMA);

/** More mistakes than anybody reads; a megabyte of nonsense must not become a hundred megabytes of answer. */
export const MOST_MISTAKES = 1_000;

/** A pack with any mistake is refused whole, with every mistake named. */
export class PolicyPackError extends Error {
  constructor(readonly mistakes: Mistake[]) {
    const shown = mistakes.slice(0, MOST_MISTAKES).map((each) => `  ${describeMistake(each)}`);
    const more = mistakes.length - shown.length;
    if (more > 0) shown.push(`  … 另有 ${more} 处 and ${more} more`);
    super(`规则包有误 The policy pack is wrong:\n${shown.join('\n')}`);
    this.name = 'PolicyPackError';
  }
}

/**
 * A policy pack from the content of its file. Units change here, once: minutes become seconds, decimal credits
 * hundredths, class hours per credit the seconds of one step.
 * `unread` are mistakes that were found before, in values whose text could not be read as one value.
 * Errors: `PolicyPackError` with all mistakes of shape, and those of meaning in all that is well-shaped.
 */
export function readPolicyPack(content: unknown, unread: Mistake[] = []): PolicyPack {
  const damaged = damagedText(content);
  // What is nested so deeply is read no further, not even to be compared.
  if (damaged.some(({ code }) => code === 'nested-too-deeply')) throw new PolicyPackError(damaged);
  const mistakes = allMistakes(content, [...unread, ...damaged]);
  if (mistakes.length > 0) {
    const shown = mistakes.map((mistake, index) => (index < MOST_MISTAKES ? withNearestName(mistake) : mistake));
    throw new PolicyPackError(shown.map((mistake) => placedIn(content, mistake)));
  }
  return readPublishedPack(content);
}

/**
 * A pack that was checked when it was published. It is not checked again: rules for packs that become stricter must not
 * keep a bank from reading what decided its entries.
 */
export function readPublishedPack(content: unknown): PolicyPack {
  return toPack(content as PackFile);
}

function allMistakes(content: unknown, unread: Mistake[]): Mistake[] {
  const meaningOf = (file: unknown) => checkPolicyPack(toPack(file as PackFile));
  const places = new Set(unread.map(({ pointer }) => pointer));
  const mistakes = [...unread, ...shapeOf(content).filter(({ pointer }) => !isInside(pointer, places))];
  if (mistakes.length === 0) return meaningOf(content);
  return [...mistakes, ...meaningBesides(content, mistakes, shapeOf, meaningOf)];
}

function shapeOf(content: unknown): Mistake[] {
  return isPackFile(content) ? [] : shapeMistakes(isPackFile.errors ?? []);
}

/** A mistake at its value as the file writes it: in the short form, or else at the nearest place around it. */
function placedIn(content: unknown, { shortPointer, ...mistake }: Mistake): Mistake {
  const pointer =
    shortPointer !== undefined && cut(content, shortPointer) === shortPointer ? shortPointer : mistake.pointer;
  return { ...mistake, pointer: cut(content, pointer) };
}

/** As much of a pointer as the file has. */
function cut(content: unknown, pointer: string): string {
  let [value, place] = [content, ''];
  for (const name of pointer.split('/').slice(1)) {
    const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) break;
    value = (value as Record<string, unknown>)[key];
    place = `${place}/${name}`;
  }
  return place;
}

function toPack(file: PackFile): PolicyPack {
  const classHourSeconds = file.classHourMinutes * 60;
  return {
    code: file.code,
    version: file.version,
    title: file.title,
    issuer: file.issuer ?? file.title,
    effectiveFrom: file.effectiveFrom,
    classHourSeconds,
    calendar: readCalendar(file.calendar),
    levelSchemes: file.levelSchemes ?? [],
    courses: file.courses ?? [],
    providers: file.providers ?? [],
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
