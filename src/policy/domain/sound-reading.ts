import { endOf, type End } from './end-values.js';
import type { Mistake } from './mistake.js';

/** A copy of a file without some of its values. */
export interface Reading {
  content: unknown;
  /** The same pointer in the file as it was written. */
  pointerInFile(pointer: string): string;
}

/** Values for what every pack has, where the file's own cannot be read. Nothing else is checked against them. */
const STAND_INS: Record<string, Record<string, unknown>> = {
  '': {
    code: 'code',
    version: '0',
    title: { zh: '–', en: '–' },
    effectiveFrom: '2000-01-01',
    classHourMinutes: 60,
    dayCap: { minutes: 1, whenOver: 'cut' },
    creditTypes: [],
    tariffs: [],
    activityTypes: [],
    conversionRules: [],
    programmes: [],
    protectedWords: [],
  },
  '/recognition': { reviewDays: 1, appealDays: 1, appealWithinDays: 1 },
};

/** What is left out because of a mistake: the value, or the entry in which a field is missing. */
export function cutOf({ pointer, code, field }: Mistake): string[] {
  if (code === 'field-unknown' || (code === 'colon-wrong' && field !== undefined))
    return [`${pointer}/${escaped(field ?? '')}`];
  if (code === 'too-few-items') return [];
  // Of the whole file nothing would be left.
  return pointer === '' ? [] : [pointer];
}

/** True for a place that is among some, or inside one of them; of the whole file never. */
export function isInside(pointer: string, places: Set<string>): boolean {
  for (let place = pointer; place !== ''; place = place.slice(0, place.lastIndexOf('/')))
    if (places.has(place)) return true;
  return false;
}

/** Fields that are filled in, by the entry they are missing in; undefined where nothing could be. */
type Fills = Map<string, Map<string, unknown>>;

/**
 * Leaves values out until everything that is left has its shape; an empty list has. A field that an entry must have is
 * filled in with the value at one end of its shape, where the shape is known; with no end given its entry is left out.
 */
export function soundReading(
  content: object,
  cuts: Set<string>,
  shapeOf: (content: unknown) => Mistake[],
  end: End | null,
): Reading & { cuts: Set<string>; filled: Set<string> } {
  const all = new Set(cuts);
  const fills: Fills = new Map();
  const filled = new Set<string>();
  for (;;) {
    const reading = without(content, all, fills);
    let isSound = true;
    const cut = (place: string) => {
      if (all.has(place)) return;
      all.add(place);
      isSound = false;
    };
    for (const mistake of shapeOf(reading.content)) {
      const { field, shape } = mistake;
      const entry = reading.pointerInFile(mistake.pointer);
      const place = `${entry}/${escaped(field ?? '')}`;
      if (mistake.code === 'field-missing' && field !== undefined && shape && end && !filled.has(place)) {
        const fields = fills.get(entry) ?? new Map<string, unknown>();
        fills.set(entry, fields.set(field, endOf(shape, end, filled.size)));
        filled.add(place);
        isSound = false;
      } else if (isInside(entry, filled)) {
        // What was filled in does not fit: the entry cannot be read.
        for (const each of filled) if (isInside(entry, new Set([each]))) cut(each.slice(0, each.lastIndexOf('/')));
      } else for (const each of cutOf(mistake)) cut(reading.pointerInFile(each));
    }
    if (isSound) return { ...reading, cuts: all, filled };
  }
}

function without(content: object, cuts: Set<string>, fills: Fills): Reading {
  const kept = new Map<string, number[]>();
  const copyOf = (value: unknown, pointer: string): unknown => {
    if (Array.isArray(value)) {
      const indexes = [...value.keys()].filter((index) => !cuts.has(`${pointer}/${index}`));
      kept.set(pointer, indexes);
      return indexes.map((index) => copyOf(value[index], `${pointer}/${index}`));
    }
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value).flatMap(([name, part]): [string, unknown][] => {
      const place = `${pointer}/${escaped(name)}`;
      return cuts.has(place) || part === undefined ? [] : [[name, copyOf(part, place)]];
    });
    return { ...STAND_INS[pointer], ...Object.fromEntries(fields), ...Object.fromEntries(fills.get(pointer) ?? []) };
  };
  return {
    content: copyOf(content, ''),
    pointerInFile: (pointer) =>
      pointer
        .split('/')
        .slice(1)
        .reduce((place, name) => `${place}/${kept.get(place)?.[Number(name)] ?? name}`, ''),
  };
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
