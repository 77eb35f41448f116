/** Shorter numbers than this show one character at each end: three and two would leave nothing hidden. */
const LONG_ENOUGH = 9;

/**
 * A document number as answers and pages show it: first three and last two characters, so a clerk can compare it with
 * the paper while the birth date stays hidden (`140*************15`). Promises: never more than five characters shown.
 */
export function maskIdentityNumber(number: string): string {
  const [head, tail] = number.length >= LONG_ENOUGH ? [3, 2] : [1, 1];
  return `${number.slice(0, head)}${'*'.repeat(Math.max(0, number.length - head - tail))}${number.slice(-tail)}`;
}

const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** A name on a paper that strangers check: the first character as people count them, a star for each further one (`张**`). */
export function maskName(name: string): string {
  const [first = '', ...rest] = [...characters.segment(name)].map(({ segment }) => segment);
  return first + '*'.repeat(rest.length);
}
