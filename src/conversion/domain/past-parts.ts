import type { ConversionRule } from '../../policy/domain/conversion-rules.js';
import type { Part, PastPart } from './conversion-case.js';

/** What a rule leaves on the record of its conversions, for later ones to count by. */
export interface ConversionMarks {
  capProgramme: string | null;
  isEver: boolean;
}

/** The marks of a rule; without one nothing is marked. */
export function marksOf(rule: ConversionRule | undefined): ConversionMarks {
  return { capProgramme: rule?.cap?.programme ?? null, isEver: rule?.singleUse === 'ever' };
}

/** Parts of a conversion as later ones count them. */
export function pastParts(
  conversion: ConversionMarks & { version: number; rule: string; decidedOn: string; parts: Part[] },
): PastPart[] {
  const { version, rule, capProgramme, isEver, decidedOn, parts } = conversion;
  return parts.map((part) => ({ ...part, conversion: version, rule, capProgramme, isEver, decidedOn }));
}
