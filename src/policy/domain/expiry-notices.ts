import { described, integer, type Schema, set } from './schema-parts.js';

export const EXPIRY_NOTICE_DAYS_SCHEMA: Schema = described(
  set(integer(1, 3_650)),
  '学分到期前多少天提醒学习者；不写则不提醒',
  'Days before credit ends at which its learner is told; none unless written',
);

/** Longest first, as people are told: 90, then 30. */
export function readExpiryNoticeDays(days: number[] = []): number[] {
  return [...days].sort((a, b) => b - a);
}
