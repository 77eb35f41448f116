import { chineseMistake, chineseSuggestion } from './mistake-words.js';

/** One thing that is wrong in a pack's file. */
export interface Mistake {
  /** JSON Pointer (RFC 6901) of the place in the file. */
  pointer: string;
  /** What is wrong, naming the code it is about. */
  message: string;
  /** What would be right, where that can be said. */
  suggestion?: string;
  /** The field of the place that should not be there, or that is missing: where it is there its own line is shown. */
  field?: string;
  /** The name that leads nowhere, where that is what is wrong. */
  missing?: string;
  /** Where it stands in the file, counted from 1, when the file is known. */
  line?: number;
  column?: number;
}

/** Place, Chinese, English: `第 12 行 line 12: /tariffs/0 leisure-time：… leisure-time: a step … (suggestion)`. */
export function describeMistake(mistake: Mistake): string {
  const { pointer, line } = mistake;
  return `${line === undefined ? '' : `第 ${line} 行 line ${line}: `}${pointer || '/'} ${mistakeWords(mistake)}`;
}

/** What is wrong and what would be right, Chinese first, without the place. */
export function mistakeWords({ message, suggestion }: Mistake): string {
  const zh = chineseMistake(message);
  const right = suggestion === undefined ? [] : [chineseSuggestion(suggestion), suggestion];
  const hint = right.filter((text) => typeof text === 'string').join(' ');
  return `${zh === null ? '' : `${zh} `}${message}${hint ? ` (${hint})` : ''}`;
}

/** A mistake at an item of a list of the pack: its pointer, and its code before what is wrong. */
export function itemMistake(list: string, index: number, code: string, what: string, suggestion?: string): Mistake {
  return { pointer: `/${list}/${index}`, message: `${code}: ${what}`, ...(suggestion ? { suggestion } : {}) };
}

/** "There is no …" with the nearest name there is. */
export function unknownName(
  list: string,
  index: number,
  code: string,
  kind: string,
  name: string,
  known: Iterable<string>,
): Mistake {
  const nearest = nearestName(name, known);
  const hint = nearest && `did you mean ${nearest}?`;
  return { ...itemMistake(list, index, code, `there is no ${kind} ${name}`, hint), missing: name };
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

/** Codes that stand more than once in a list. */
export function duplicates(list: string, items: { code: string }[]): Mistake[] {
  const seen = new Set<string>();
  return items.flatMap(({ code }, index) => {
    if (seen.has(code)) return [{ pointer: `/${list}/${index}`, message: `${code} stands twice` }];
    seen.add(code);
    return [];
  });
}
