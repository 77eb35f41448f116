import type { Mistake } from './mistake.js';
import type { MistakeCode } from './mistake-words.js';
import type { NameKind } from './name-kinds.js';

/*
 * A pack's file with mistakes of shape is still read as far as it has a shape, so that a writer sees all mistakes at
 * once. Two readings are checked: one without the ill-shaped values alone, one without the entries they stand in. What
 * is wrong in both is wrong whatever the ill-shaped value was meant to be; what one sound value or name says by itself
 * is wrong in the first already.
 */

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

/** Lists whose entries other parts name, and what their codes are codes of. */
const NAMED_IN: [RegExp, NameKind[]][] = [
  [/^\/creditTypes$/, ['credit-type']],
  [/^\/tariffs$/, ['tariff']],
  [/^\/activityTypes$/, ['activity-type']],
  [/^\/levelSchemes$/, ['level-scheme', 'level']],
  [/^\/levelSchemes\/\d+\/levels$/, ['level']],
  [/^\/courses$/, ['course', 'item']],
  [/^\/providers$/, ['provider']],
  [/^\/recognition(?:\/catalogue)?$/, ['item']],
  [/^\/programmes$/, ['programme', 'programme-item', 'item']],
  [/^\/programmes\/\d+\/items$/, ['programme-item', 'item']],
  [/^\/programmes\/\d+\/buckets$/, ['bucket']],
];

/** Mistakes that one sound value, or one name that leads nowhere, makes by itself, whatever else its entry says. */
const ALONE = new Set<MistakeCode>([
  'name-unknown',
  'course-undeclared',
  'provider-undeclared',
  'item-undeclared',
  'code-twice',
  'level-twice',
  'short-form-name',
  'day-free-and-worked',
  'ends-before-it-begins',
  'reviewed-before-accredited',
  'worth-nothing',
  'steps-not-rising',
  'limit-of-nothing',
  'count-of-one-visit',
  'count-cut',
  'words-shared',
  'cap-over-whole',
  'not-exemptible',
  'item-of-other-type',
  'total-zero',
  'required-over-total',
  'bucket-too-small',
  'circle-of-buckets',
  'share-over-whole',
  'time-of-programme',
  'time-of-conversion',
  'floor-each',
  'protected-word',
]);

/** A copy of a file without some of its values. */
interface Reading {
  content: unknown;
  /** The same pointer in the file as it was written. */
  pointerInFile(pointer: string): string;
}

/**
 * Mistakes of meaning in what is left of a file besides its ill-shaped values. `shapeOf` finds mistakes of shape,
 * `meaningOf` those of meaning in a file whose values are all well-shaped.
 */
export function meaningBesides(
  content: unknown,
  mistakes: Mistake[],
  shapeOf: (content: unknown) => Mistake[],
  meaningOf: (content: unknown) => Mistake[],
): Mistake[] {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return [];
  const narrow = soundReading(content, new Set(mistakes.flatMap(cutOf)), shapeOf);
  const entries = new Set([...narrow.cuts].map(entryOf));
  const wide = soundReading(content, entries, shapeOf);
  const found = (reading: Reading) =>
    meaningOf(reading.content).map(({ pointer, shortPointer, ...mistake }) => ({
      ...mistake,
      pointer: reading.pointerInFile(pointer),
      ...(shortPointer === undefined ? {} : { shortPointer: reading.pointerInFile(shortPointer) }),
    }));
  const certain = new Set(found(wide).map(nameOf));
  const empty = mistakes.filter(({ code }) => code === 'too-few-items').map(({ pointer }) => pointer);
  const lost = lostNames(content, new Set([...narrow.cuts, ...empty]));
  return found(narrow)
    .filter(
      (mistake) => ALONE.has(mistake.code) || (!entries.has(entryOf(mistake.pointer)) && certain.has(nameOf(mistake))),
    )
    .filter(({ code }) => code !== 'step-not-whole' || !narrow.cuts.has('/classHourMinutes'))
    .filter(({ missing }) => missing === undefined || !isLost(missing, lost));
}

/** What is left out because of a mistake: the value, or the entry in which a field is missing. */
function cutOf({ pointer, code, field }: Mistake): string[] {
  if (code === 'field-unknown') return [`${pointer}/${escaped(field ?? '')}`];
  if (code === 'too-few-items') return [];
  // Of the whole file nothing would be left.
  return pointer === '' ? [] : [pointer];
}

/** Leaves values out until everything that is left has its shape; an empty list has. */
function soundReading(
  content: object,
  cuts: Set<string>,
  shapeOf: (content: unknown) => Mistake[],
): Reading & { cuts: Set<string> } {
  const all = new Set(cuts);
  for (;;) {
    const reading = without(content, all);
    const before = all.size;
    for (const mistake of shapeOf(reading.content))
      for (const cut of cutOf(mistake)) all.add(reading.pointerInFile(cut));
    if (all.size === before) return { ...reading, cuts: all };
  }
}

function without(content: object, cuts: Set<string>): Reading {
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
    return { ...STAND_INS[pointer], ...Object.fromEntries(fields) };
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

/** The item of a list of the pack that a place lies in, or the part of the pack where that is no list. */
function entryOf(pointer: string): string {
  return /^.*?\/\d+(?=\/|$)/.exec(pointer)?.[0] ?? /^\/[^/]*/.exec(pointer)?.[0] ?? '';
}

function nameOf({ pointer, code, message }: Mistake): string {
  return `${pointer} ${code} ${message.en}`;
}

/** Names that lead nowhere only because what they name could not be read. */
interface LostNames {
  codes: Set<string>;
  /** Kinds of which something was left out whose own code cannot be read. */
  kinds: Set<NameKind>;
}

function lostNames(content: unknown, cuts: Set<string>): LostNames {
  const lost: LostNames = { codes: new Set(), kinds: new Set() };
  for (const cut of cuts) {
    const value = valueAt(content, cut);
    gatherCodes(value, lost.codes);
    for (const [list, kinds] of NAMED_IN) {
      const isItem = list.test(cut.replace(/\/\d+$/, '')) && /\/\d+$/.test(cut);
      const code = isItem ? (value as { code?: unknown } | null | undefined)?.code : undefined;
      const isNameless = isItem && (typeof code !== 'string' || cuts.has(`${cut}/code`));
      if (list.test(cut) || isNameless) for (const kind of kinds) lost.kinds.add(kind);
    }
  }
  return lost;
}

function isLost({ kinds, name }: NonNullable<Mistake['missing']>, lost: LostNames): boolean {
  return lost.codes.has(name) || kinds.some((kind) => lost.kinds.has(kind));
}

function valueAt(content: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], content);
}

/** Every code in a value, at any depth; a bucket may be called after its credit type. */
function gatherCodes(value: unknown, codes: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    if ((name === 'code' || name === 'creditType') && typeof part === 'string') codes.add(part);
    else gatherCodes(part, codes);
  }
}
