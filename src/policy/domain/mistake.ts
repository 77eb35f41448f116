import { MISTAKES, type MistakeCode } from './mistake-words.js';
import type { NameKind } from './name-kinds.js';
import type { Named, Schema } from './schema-parts.js';
import { meant, type Sentence } from './shape-words.js';

/** One thing that is wrong in a pack's file. */
export interface Mistake {
  /** JSON Pointer (RFC 6901) of the wrong value in the file, or of the entry in which one is missing. */
  pointer: string;
  /** Kind of the mistake, stable. */
  code: MistakeCode;
  /** Code of the entry it is in, where it has one. */
  about?: string;
  /** What is wrong. */
  message: Named;
  /** What would be right. */
  suggestion: Named;
  /** The field of the place that should not be there, or that is missing: where it is there its own line is shown. */
  field?: string;
  /** Fields that stand in the place, though not so that they could be read. */
  present?: string[];
  /** The name that leads nowhere, where that is what is wrong. */
  missing?: Missing;
  /** The shape of a field that is missing, where that is what is wrong. */
  shape?: Schema;
  /** The pointer where the file uses the short form of the same value. */
  shortPointer?: string;
  /** Where it stands in the file, counted from 1, when the file is known. */
  line?: number;
  column?: number;
}

/** A name that leads nowhere, the kinds of things it could have named, and their names. */
export interface Missing {
  kinds: NameKind[];
  name: string;
  known: Iterable<string>;
}

/** What a kind of mistake must be told, such as the name that leads nowhere. */
type Parts<Code extends MistakeCode> = Parameters<(typeof MISTAKES)[Code]>;

/** A mistake of one kind at a place. */
export function mistakeAt<Code extends MistakeCode>(pointer: string, code: Code, ...parts: Parts<Code>): Mistake {
  // Every kind takes its own parts; the table itself does not say that they belong together.
  const words = MISTAKES[code] as (...parts: Parts<Code>) => Sentence;
  const { zh, en, right } = words(...parts);
  return { pointer, code, message: { zh, en }, suggestion: right };
}

/** Finds mistakes in one entry: `wrong('total', 'total-zero')`. The field is a pointer in the entry without its first slash. */
export type FindMistake = <Code extends MistakeCode>(field: string, code: Code, ...parts: Parts<Code>) => Mistake;

/** Mistakes of the entry at a pointer, each with the code of the entry where it has one. */
export function mistakesIn(pointer: string, about?: string): FindMistake {
  return (field, code, ...parts) => ({
    ...mistakeAt(field === '' ? pointer : `${pointer}/${field}`, code, ...parts),
    ...(about === undefined ? {} : { about }),
  });
}

/** "There is no …". */
export function unknownName(
  wrong: FindMistake,
  field: string,
  kind: NameKind,
  name: string,
  known: Iterable<string>,
): Mistake {
  return { ...wrong(field, 'name-unknown', kind, name), missing: { kinds: [kind], name, known } };
}

/** A code of the bank's own that the pack does not declare. */
export function undeclaredName(
  wrong: FindMistake,
  field: string,
  kind: 'course' | 'provider' | 'item',
  name: string,
  known: Iterable<string>,
): Mistake {
  return { ...wrong(field, `${kind}-undeclared`, name), missing: { kinds: [kind], name, known } };
}

/** More names than one reads in a suggestion. */
const MOST_NAMES = 8;

/**
 * The mistake with the known name that was probably meant, or else with those there are. Looking for it takes far longer
 * than finding the mistake, so it is done for those that are shown. What only the search for mistakes needed (`missing`,
 * `shape`, `present`) is taken off.
 */
export function withNearestName(mistake: Mistake): Mistake {
  const { missing, shape: _shape, present: _present, ...rest } = mistake;
  if (missing === undefined) return rest;
  const near = meant(nearestName(missing.name, missing.known));
  // Of the bank's own codes one declares what one names: others would not be right instead.
  const suggestion = near ?? (mistake.code === 'name-unknown' ? oneOfNames(missing) : undefined);
  return suggestion ? { ...rest, suggestion } : rest;
}

/** The names that lead somewhere, as many as one reads; undefined when there are none. */
function oneOfNames({ known }: Missing): Named | undefined {
  const names = [...known].filter((name) => name !== '');
  if (names.length === 0) return undefined;
  const shown = names.slice(0, MOST_NAMES);
  const more = names.length > shown.length ? '…' : '';
  return { zh: `已有的是 ${shown.join('、')}${more}`, en: `there are ${shown.join(', ')}${more}` };
}

/** Place, Chinese, English: `第 12 行 line 12: /tariffs/0/step leisure-time：… a step … (suggestion)`. */
export function describeMistake(mistake: Mistake): string {
  const { pointer, line, column } = mistake;
  const place = line === undefined ? '' : `第 ${line} 行第 ${column} 列 line ${line}, column ${column}: `;
  return `${place}${pointer || '/'} ${mistakeWords(mistake)}`;
}

/** What is wrong and what would be right, Chinese first, without the place. */
export function mistakeWords({ about, message, suggestion }: Mistake): string {
  const [zh, en] = about === undefined ? ['', ''] : [`${about}：`, `${about}: `];
  return `${zh}${message.zh}（${suggestion.zh}） ${en}${message.en} (${suggestion.en})`;
}

/** The known name with the fewest letters to change, when they are few; undefined when none is near. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  let best: { name: string; changes: number } | undefined;
  for (const candidate of known) {
    const changes = lettersToChange(name.toLowerCase(), candidate.toLowerCase());
    if (changes <= Math.max(2, Math.floor(name.length / 3)) && changes < (best?.changes ?? Infinity)) {
      best = { name: candidate, changes };
    }
  }
  return best?.name;
}

/** Levenshtein distance: letters put in, left out or replaced. */
function lettersToChange(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(row[j - 1]! + 1, before[j]! + 1, before[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    before = row;
  }
  return before[b.length]!;
}

/** Codes that stand more than once in the list at a pointer. */
export function duplicates(pointer: string, items: { code: string }[]): Mistake[] {
  const seen = new Set<string>();
  return items.flatMap(({ code }, index) => {
    if (seen.has(code)) return [mistakeAt(`${pointer}/${index}/code`, 'code-twice', code)];
    seen.add(code);
    return [];
  });
}

/** Steps that do not rise: equal ones, and those out of order. `at` is the pointer of a step's value. */
export function stepMistakes(wrong: FindMistake, values: number[], at: (index: number) => string): Mistake[] {
  return values.flatMap((value, index) => {
    const before = values[index - 1];
    return before === undefined || value > before ? [] : [wrong(at(index), 'steps-not-rising', value, before)];
  });
}
