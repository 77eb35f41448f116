import type { Mistake } from './mistake.js';

/**
 * What is left of a pack's file without its ill-shaped items, so that the rest can be checked for meaning and a writer
 * sees all mistakes at once.
 */
export interface SoundParts {
  content: unknown;
  /** Codes of what was left out: that they are not there is no further mistake. */
  lostCodes: Set<string>;
  /** The same pointer in the file as it was written. */
  pointerInFile(pointer: string): string;
}

/** Parts that no other part is checked against: when one is ill-shaped, any value of it will do. */
const STAND_INS: Record<string, unknown> = {
  code: 'code',
  version: '0',
  title: { zh: '–', en: '–' },
  effectiveFrom: '2000-01-01',
  dayCap: { minutes: 1, whenOver: 'cut' },
  protectedWords: [],
};

/** Parts that all others may name things of, or that give them their meaning: nothing can be checked without them. */
const GROUND = [
  'levelSchemes',
  'classHourMinutes',
  'creditTypes',
  'tariffs',
  'activityTypes',
  'conversionRules',
  'programmes',
];

/**
 * The file without the items of lists that mistakes of shape stand in, and without ill-shaped parts that can be missed;
 * null when too little is left.
 */
export function soundParts(content: unknown, mistakes: Mistake[]): SoundParts | null {
  const lost = new Map<string, Set<number>>();
  const copy = structuredClone(content);
  for (const { pointer, field } of mistakes) {
    const [, list, index] = /^(.*?)\/(\d+)(?:\/|$)/.exec(pointer) ?? [];
    if (list === undefined || index === undefined) {
      if (!withoutPart(copy, pointer.split('/')[1] ?? field)) return null;
      continue;
    }
    lost.set(list, (lost.get(list) ?? new Set()).add(Number(index)));
  }
  const lostCodes = new Set<string>();
  const kept = new Map<string, number[]>();
  for (const [pointer, indexes] of lost) {
    const list = listAt(copy, pointer);
    // It stood in a part that is left out as a whole.
    if (!list) continue;
    for (const index of indexes) gatherCodes(list[index], lostCodes);
    kept.set(
      pointer,
      list.map((_, index) => index).filter((index) => !indexes.has(index)),
    );
    list.splice(0, list.length, ...list.filter((_, index) => !indexes.has(index)));
  }
  return {
    content: copy,
    lostCodes,
    pointerInFile(pointer) {
      const [, list, index, rest = ''] = /^(.*?)\/(\d+)(\/.*)?$/.exec(pointer) ?? [];
      if (list === undefined || index === undefined) return pointer;
      return `${list}/${kept.get(list)?.[Number(index)] ?? index}${rest}`;
    },
  };
}

/** Leaves a part of the file out, or puts something harmless in its place; false when that cannot be done. */
function withoutPart(file: unknown, name: string | undefined): boolean {
  if (name === undefined || GROUND.includes(name) || typeof file !== 'object' || file === null) return false;
  const parts = file as Record<string, unknown>;
  if (Object.hasOwn(STAND_INS, name)) parts[name] = STAND_INS[name];
  else delete parts[name];
  return true;
}

function listAt(content: unknown, pointer: string): unknown[] | null {
  let value = content;
  for (const name of pointer.split('/').slice(1)) value = (value as Record<string, unknown> | null)?.[name];
  return Array.isArray(value) ? (value as unknown[]) : null;
}

/** Every `code` in a value, at any depth. */
function gatherCodes(value: unknown, codes: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    if (name === 'code' && typeof part === 'string') codes.add(part);
    else gatherCodes(part, codes);
  }
}
