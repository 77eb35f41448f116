import type { Mistake } from './mistake.js';
import type { MistakeCode } from './mistake-words.js';
import type { NameKind } from './name-kinds.js';
import { cutOf, isInside, soundReading, type Reading } from './sound-reading.js';

/*
 * A pack's file with mistakes of shape is still read as far as it has a shape, so that a writer sees all mistakes at
 * once. It is read without the ill-shaped values alone, and without the entries they stand in. What is wrong in both is
 * wrong whatever the ill-shaped value was meant to be; what one sound value or name says by itself is wrong in the first
 * already. A field that an entry cannot do without is filled in for it, once with the first and once with the last value
 * of its shape: what is wrong either way is no matter of that field.
 */

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
  'year-start-without-year',
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
  // A missing field is filled in, and no reason to leave out its entry.
  const cuts = new Set(mistakes.flatMap((mistake) => (mistake.shape === undefined ? cutOf(mistake) : [])));
  const narrow = soundReading(content, cuts, shapeOf, 'first');
  const filled = [...narrow.filled];
  const other = filled.length === 0 ? narrow : soundReading(content, cuts, shapeOf, 'last');
  const entries = new Set([...narrow.cuts, ...filled].map(entryOf));
  const wide = soundReading(content, entries, shapeOf, null);
  const found = (reading: Reading) =>
    meaningOf(reading.content).map(({ pointer, shortPointer, ...mistake }) => ({
      ...mistake,
      pointer: reading.pointerInFile(pointer),
      ...(shortPointer === undefined ? {} : { shortPointer: reading.pointerInFile(shortPointer) }),
    }));
  const certain = new Set(found(wide).map(nameOf));
  const first = found(narrow);
  const eitherWay = other === narrow ? null : new Set(found(other).map(nameOf));
  const isAlone = (mistake: Mistake) =>
    ALONE.has(mistake.code) &&
    (eitherWay === null || eitherWay.has(nameOf(mistake))) &&
    !isInside(mistake.pointer, narrow.filled);
  const empty = mistakes.filter(({ code }) => code === 'too-few-items').map(({ pointer }) => pointer);
  const lost = lostNames(content, new Set([...narrow.cuts, ...empty]), filled);
  return first
    .filter((mistake) => isAlone(mistake) || (!entries.has(entryOf(mistake.pointer)) && certain.has(nameOf(mistake))))
    .filter(({ code }) => code !== 'step-not-whole' || !narrow.cuts.has('/classHourMinutes'))
    .filter(({ missing }) => missing === undefined || !isLost(missing, lost))
    .map((mistake) => withoutFilledName(mistake, narrow.filled));
}

/** Without the code of its entry where that was filled in. */
function withoutFilledName({ about, ...mistake }: Mistake, filled: Set<string>): Mistake {
  const isFilled = filled.has(`${entryOf(mistake.pointer)}/code`);
  return about === undefined || isFilled ? mistake : { ...mistake, about };
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

function lostNames(content: unknown, cuts: Set<string>, filled: string[]): LostNames {
  const lost: LostNames = { codes: new Set(), kinds: new Set() };
  for (const place of filled)
    for (const [list, kinds] of NAMED_IN)
      if (list.test(place) || (/\/\d+\/code$/.test(place) && list.test(place.replace(/\/\d+\/code$/, ''))))
        for (const kind of kinds) lost.kinds.add(kind);
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
