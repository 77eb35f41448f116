import { LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';
import { mistakeAt, type Mistake } from './domain/mistake.js';

/** A text of YAML as it was read: what is wrong with it as YAML, and what else it says. */
export interface ReadYaml {
  document: Document;
  lines: LineCounter;
  /** Faults that keep the text from being read. */
  faults: YAMLError[];
}

/** A text that could be read once slips of the hand were mended, line for line, and those slips. */
export interface MendedYaml extends ReadYaml {
  /** With line and column of the file as it was written. */
  slips: Mistake[];
  /** Column in the file of a column in the mended text. */
  columnInFile: (line: number, column: number) => number;
}

/** Reads YAML. Errors: `RangeError` where brackets are nested by the thousand. */
export function readYaml(text: string): ReadYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
    version: '1.2',
    // They are found with their place later, and the rest of the file is still read.
    uniqueKeys: false,
  });
  const faults = [...document.errors, ...document.warnings].filter(({ code }) => code !== 'MULTIPLE_DOCS');
  return { document, lines, faults };
}

/** Readings of a file that mending it may cost: a megabyte is not read a hundred times. */
const MOST_READINGS = 60;
const MOST_CHARACTERS_READ = 4 * 1024 * 1024;

/** One line written otherwise. */
interface Mend {
  /** Counted from 0. */
  index: number;
  line: string;
  slip: Mistake;
  /** Column of the slip, and characters put in there (taken out where negative). */
  column: number;
  added: number;
}

/**
 * Mends, one after the other, slips that are plain to see on the line where reading stops: a colon or comma of Chinese
 * type, a space that is missing behind a colon, a line that is not indented like its neighbours. What is left of
 * `faults` afterwards is for its writer to mend.
 */
export function mendYaml(text: string): MendedYaml {
  let read = readYaml(text);
  const rows = text.split('\n');
  const mends: Mend[] = [];
  let readings = Math.min(MOST_READINGS, Math.floor(MOST_CHARACTERS_READ / Math.max(1, text.length)));
  while (read.faults.length > 0) {
    const stop = firstFaultOf(read);
    let best: { mend: Mend; read: ReadYaml; stop: number } | undefined;
    for (const mend of mendsOf(rows, stop, read.faults)) {
      if (readings === 0) break;
      readings -= 1;
      const next = readYaml(rows.with(mend.index, mend.line).join('\n'));
      const further = firstFaultOf(next);
      if (further > Math.max(stop, mend.index) && further > (best?.stop ?? -1))
        best = { mend, read: next, stop: further };
      if (best?.stop === Infinity) break;
    }
    if (!best) break;
    rows[best.mend.index] = best.mend.line;
    mends.push(best.mend);
    read = best.read;
  }
  return {
    ...read,
    slips: mends.map(({ slip, index, column }) => ({ ...slip, line: index + 1, column })),
    columnInFile: (line, column) =>
      mends
        .filter(({ index }) => index === line - 1)
        .reduceRight((at, mend) => (at > mend.column ? Math.max(mend.column, at - mend.added) : at), column),
  };
}

/** Line where reading first stops, counted from 0; infinite where it never does. */
function firstFaultOf({ faults, lines }: ReadYaml): number {
  return Math.min(Infinity, ...faults.map(({ pos }) => Math.max(0, lines.linePos(pos[0]).line - 1)));
}

/** Ways in which the line where reading stops may have been meant, the likeliest first. */
function mendsOf(rows: string[], stop: number, faults: YAMLError[]): Mend[] {
  const written = [stop, stop - 1].flatMap((index) => wrongSigns(rows, index));
  if (written.length > 0) return written;
  if (!faults.some(({ code, message }) => INDENTING.some((fault) => fault(code, message)))) return [];
  return [stop, after(rows, stop), before(rows, stop)].flatMap((index) => wrongIndents(rows, index));
}

/** Faults that may come from an indentation. An open bracket is none, though its reader calls it one. */
const INDENTING: ((code: string, message: string) => boolean)[] = [
  (code) => code === 'TAB_AS_INDENT' || code === 'BLOCK_AS_IMPLICIT_KEY',
  (code, message) => code === 'BAD_INDENT' && message.includes('same column'),
  (code, message) => code === 'MISSING_CHAR' && message.includes('without - indicator'),
];

/** Signs of Chinese type, and a colon that touches what follows; what is right stands for all of a kind on a line. */
const SIGNS = [
  { code: 'yaml-colon-wide', sign: /((?:^\s*(?:- +)*|[{,，]\s*)[A-Za-z]\w*)：\s*/g, right: '$1: ' },
  { code: 'yaml-colon-space', sign: /((?:^\s*(?:- +)*|[{,，]\s*)[A-Za-z]\w*):(?=[^\s/])/g, right: '$1: ' },
  { code: 'yaml-comma-wide', sign: /([\w\])}\u0001])[，、]\s*(?=.*[\]}])/g, right: '$1, ' },
] as const;

/** A line with all its signs right, told as the first kind of them. */
function wrongSigns(rows: string[], index: number): Mend[] {
  const row = rows[index] ?? '';
  let line = withoutQuoted(row);
  let first: { code: (typeof SIGNS)[number]['code']; column: number } | undefined;
  for (const { code, sign, right } of SIGNS) {
    const [match] = line.matchAll(sign);
    if (match) first ??= { code, column: match.index + match[1]!.length + 1 };
    line = line.replaceAll(sign, right);
  }
  if (!first) return [];
  const whole = quotedAgain(row, line);
  const slip = mistakeAt('', first.code, whole.trim());
  return [{ index, line: whole, slip, column: first.column, added: whole.length - row.length }];
}

/** A line whose texts in quotes are marks of the same length: nothing in them is a sign. */
function withoutQuoted(row: string): string {
  return row.replaceAll(QUOTED, (text) => '\u0001'.repeat(text.length));
}

const QUOTED = /'[^']*'|"[^"]*"|(?<=\s)#.*$/g;

/** The texts in quotes back in their places, in their order. */
function quotedAgain(row: string, line: string): string {
  const texts = [...row.matchAll(QUOTED)].map(([text]) => text);
  return texts.reduce((whole, text) => whole.replace('\u0001'.repeat(text.length), () => text), line);
}

/** The nearest line above that says something. */
function before(rows: string[], index: number): number {
  let at = index - 1;
  while (at > 0 && isBare(rows[at]!)) at -= 1;
  return at;
}

/** The nearest line below that says something. */
function after(rows: string[], index: number): number {
  let at = index + 1;
  while (at < rows.length && isBare(rows[at]!)) at += 1;
  return at;
}

function isBare(row: string): boolean {
  return /^\s*(?:#.*)?$/.test(row);
}

/** The line at each indentation of its neighbours and of what is around it; the one with fewest spaces to change first. */
function wrongIndents(rows: string[], index: number): Mend[] {
  const row = rows[index];
  if (row === undefined || isBare(row)) return [];
  const blank = /^\s*/.exec(row)![0];
  const has = blank.includes('\t') ? null : blank.length;
  const isItem = /^\s*- /.test(row);
  const meant = new Set<number>();
  const add = (other: string) => {
    const [, spaces, dashes] = /^( *)((?:- +)*)/.exec(other)!;
    // A field goes with the fields of an entry, a new entry with entries.
    if (isItem && dashes !== '') meant.add(spaces!.length);
    meant.add(spaces!.length + (isItem ? 0 : dashes!.length));
    if (/:\s*$/.test(other)) meant.add(spaces!.length + dashes!.length + 2);
  };
  const above = rows.slice(0, index).filter((other) => !isBare(other));
  const below = rows[after(rows, index)];
  for (const other of above.slice(-1)) add(other);
  if (below !== undefined) add(below);
  for (const other of above.slice(-40).reverse()) add(other);
  const ranked = [...meant].filter((spaces) => spaces !== has);
  if (has !== null) ranked.sort((a, b) => Math.abs(a - has) - Math.abs(b - has));
  return ranked.slice(0, 6).map((spaces) => ({
    index,
    line: `${' '.repeat(spaces)}${row.slice(blank.length)}`,
    slip: has === null ? mistakeAt('', 'yaml-tab-indent', spaces) : mistakeAt('', 'yaml-indent-wrong', has, spaces),
    column: 1,
    added: spaces - blank.length,
  }));
}
