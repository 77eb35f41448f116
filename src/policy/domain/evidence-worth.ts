import { EVIDENCE_LEVELS, type Evidence } from './activity-types.js';
import { described, integer, object, type Named, type Schema } from './schema-parts.js';

/** What study time is worth by the evidence for it, percent. */
export type EvidenceWorth = Record<Evidence, number>;

const NAMES: Record<Evidence, Named> = {
  card: { zh: '刷卡', en: 'a card swipe' },
  list: { zh: '名单', en: 'a list of the staff' },
  qr: { zh: '扫码', en: 'a QR code' },
  self: { zh: '自报', en: 'the own word' },
  import: { zh: '导入', en: 'a file from elsewhere' },
};

export const EVIDENCE_WORTH_SCHEMA: Schema = described(
  object(
    Object.fromEntries(
      EVIDENCE_LEVELS.map((level) => [
        `${level}?`,
        described(integer(1, 100), `${NAMES[level].zh}的百分数`, `Percent of study time on ${NAMES[level].en}`, {
          example: 100,
          default: 100,
        }),
      ]),
    ),
  ),
  '各类考勤凭据的学时折计比例（百分数，默认 100）：在上限之后、折算学分和积分之前；按次和按结业计的学分不受影响',
  'Percent of the study time that counts, by evidence: after the caps and before time becomes credit or points; credit by the visit or the passed course is not touched; 100 unless said',
);

/** Worth of every kind of evidence; full worth where the file says nothing. */
export function readEvidenceWorth(file: Partial<EvidenceWorth> = {}): EvidenceWorth {
  return { card: 100, list: 100, qr: 100, self: 100, import: 100, ...file };
}

/** Whole seconds that count of accepted study time. */
export function worthSeconds(worth: EvidenceWorth, evidence: Evidence, acceptedSeconds: number): number {
  return Math.floor((acceptedSeconds * worth[evidence]) / 100);
}
