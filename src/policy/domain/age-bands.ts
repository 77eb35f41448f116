import { mistakesIn, stepMistakes, type Mistake } from './mistake.js';
import { described, integer, type Schema, set } from './schema-parts.js';

export const AGE_BANDS_SCHEMA: Schema = described(
  set(integer(0, 120)),
  '年龄段的上限（周岁），由小到大；最后一段不封顶',
  'Last age of each band, rising; the band after the last is open',
);

/** Bands that do not rise. */
export function ageBandMistakes(bandsUpTo: number[]): Mistake[] {
  return stepMistakes(mistakesIn('/ageBandsUpTo'), bandsUpTo, String);
}

/** Name of the band an age lies in: `≤17`, `18–44`, `70+`; `all` where the pack names no bands. */
export function ageBandOf(bandsUpTo: number[], age: number): string {
  if (bandsUpTo.length === 0) return 'all';
  const index = bandsUpTo.findIndex((last) => age <= last);
  if (index === 0) return `≤${bandsUpTo[0]}`;
  const first = bandsUpTo.at(index - 1)! + 1;
  return index < 0 ? `${bandsUpTo.at(-1)! + 1}+` : `${first}–${bandsUpTo[index]}`;
}
