import { mistakeAt, type Mistake } from './mistake.js';

/** Half characters, the mark of a wrong encoding, control characters: a database or a printed page may refuse them. */
const DAMAGED = /[\uFFFD\p{Cc}\p{Cs}]/u;

/** No part of a pack is nested deeper than this. */
const MOST_LEVELS = 30;

/** Texts of a file that could not be stored or printed as they are, and a nesting no rule has. */
export function damagedText(content: unknown, pointer = '', level = 0): Mistake[] {
  if (typeof content === 'string') return DAMAGED.test(content) ? [mistakeAt(pointer, 'text-damaged')] : [];
  if (typeof content !== 'object' || content === null) return [];
  if (level === MOST_LEVELS) return [mistakeAt(pointer, 'nested-too-deeply')];
  return Object.entries(content).flatMap(([name, value]) => {
    const field = name.replaceAll('~', '~0').replaceAll('/', '~1');
    return damagedText(value, `${pointer}/${field}`, level + 1);
  });
}
