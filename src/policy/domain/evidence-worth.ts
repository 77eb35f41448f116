import { EVIDENCE_LEVELS, type Evidence } from './activity-types.js';
import { described, integer, object, type Schema } from './schema-parts.js';

/** What study time is worth by the evidence for it, percent. */
export type EvidenceWorth = Record<Evidence, number>;

export const EVIDENCE_WORTH_SCHEMA: Schema = described(
  object(Object.fromEntries(EVIDENCE_LEVELS.map((level) => [`${level}?`, integer(1, 100)]))),
  '各类考勤凭据的学时折计比例（百分数，默认 100）',
  'Percent of the accepted study time that counts, by evidence; 100 unless said',
);

export function readEvidenceWorth(file: Partial<EvidenceWorth> = {}): EvidenceWorth {
  return { card: 100, list: 100, qr: 100, self: 100, import: 100, ...file };
}

/** Whole seconds that count of accepted study time. */
export function worthSeconds(worth: EvidenceWorth, evidence: Evidence, acceptedSeconds: number): number {
  return Math.floor((acceptedSeconds * worth[evidence]) / 100);
}
