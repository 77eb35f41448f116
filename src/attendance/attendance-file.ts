import { CsvError, parse } from 'csv-parse/sync';
import { Refusal } from '../kernel/refusal.js';
import type { Evidence } from '../policy/domain/activity-types.js';

/** Rows one file may bring. */
export const MAX_FILE_ROWS = 50_000;

/** The columns of the template, by the header a file may use: Chinese as clerks write it, English for machines. */
const COLUMNS = {
  session: ['课次', 'session'],
  cardNumber: ['学习卡号', 'card_number'],
  minutes: ['分钟', 'minutes'],
  evidence: ['签到方式', 'evidence'],
} as const;
type Column = keyof typeof COLUMNS;
const REQUIRED: Column[] = ['session', 'cardNumber', 'minutes'];

/** Columns that the bank itself adds to rejected rows; they may stay when the sheet is sent again. */
export const ERROR_HEADER = ['行号', '错误代码', '说明'];

/** Header of the template that clerks download. */
export const TEMPLATE_HEADER = Object.values(COLUMNS).map(([chinese]) => chinese);

const EVIDENCE: Record<string, Evidence> = {
  刷卡: 'card',
  名单: 'list',
  扫码: 'qr',
  自报: 'self',
  导入: 'import',
  card: 'card',
  list: 'list',
  qr: 'qr',
  self: 'self',
  import: 'import',
};

/** A row that can be tried: what it says is well formed, whether it is true is for the book to say. */
export interface FileRow {
  line: number;
  session: string;
  cardNumber: string;
  minutes: number;
  evidence: Evidence | undefined;
  cells: string[];
}

/** A row that cannot even be tried: its line, the column to look at, and why. */
export interface BadRow {
  line: number;
  field: string;
  refusal: Refusal;
  cells: string[];
}

/** A file read to its end. */
export interface AttendanceFile {
  encoding: 'utf-8' | 'gb18030';
  header: string[];
  rows: FileRow[];
  bad: BadRow[];
}

/**
 * Reads an attendance sheet: UTF-8 (with or without mark) or GB18030, as Chinese spreadsheet programs save it.
 * Refuses the whole file when it cannot be read as a table; mistakes in rows come back in `bad`.
 */
export function readAttendanceFile(content: Buffer): AttendanceFile {
  const { text, encoding } = decode(content);
  const records = readRecords(text);
  const [header, ...body] = records;
  if (!header || body.length === 0) throw new Refusal('file-empty');
  if (body.length > MAX_FILE_ROWS) throw new Refusal('list-too-long', { limit: MAX_FILE_ROWS, given: body.length });
  const places = readHeader(header.cells);
  const file: AttendanceFile = { encoding, header: header.cells, rows: [], bad: [] };
  const firstLines = new Map<string, number>();
  for (const { cells, line } of body) {
    const row = readRow(cells, line, places, header.cells.length);
    if ('refusal' in row) {
      file.bad.push(row);
      continue;
    }
    const key = `${row.session} ${row.cardNumber}`;
    const firstLine = firstLines.get(key);
    if (firstLine === undefined) {
      firstLines.set(key, line);
      file.rows.push(row);
    } else {
      file.bad.push({ line, field: 'cardNumber', refusal: new Refusal('duplicate-row', { firstLine }), cells });
    }
  }
  return file;
}

function decode(content: Buffer): { text: string; encoding: AttendanceFile['encoding'] } {
  // A table has no zero bytes; UTF-16 and pictures do.
  if (content.includes(0)) throw new Refusal('file-encoding-unknown');
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      return { text: new TextDecoder(encoding, { fatal: true }).decode(content), encoding };
    } catch {
      // Not this encoding: the next one is tried, and the last failure refuses the file.
    }
  }
  throw new Refusal('file-encoding-unknown');
}

interface CsvRecord {
  cells: string[];
  line: number;
}

function readRecords(text: string): CsvRecord[] {
  try {
    const records: CsvRecord[] = [];
    parse(text, {
      ...{ bom: true, relax_column_count: true, skip_empty_lines: true, trim: true },
      on_record: (cells: string[], { lines }) => {
        if (cells.some((cell) => cell !== '')) records.push({ cells, line: lines });
      },
    });
    return records;
  } catch (error) {
    if (error instanceof CsvError) throw new Refusal('file-malformed', { line: lineOf(error) });
    throw error;
  }
}

/** The line to look at. A quote that is never closed swallows the rest of the file: the mistake is where it opens. */
function lineOf(error: CsvError): number {
  if (error.code !== 'CSV_QUOTE_NOT_CLOSED') return Number(error['lines'] ?? 1);
  return Number(error['records'] ?? 0) + Number(error['empty_lines'] ?? 0) + 1;
}

function readHeader(cells: string[]): Map<Column, number> {
  const places = new Map<Column, number>();
  const unknown: string[] = [];
  cells.forEach((cell, index) => {
    const name = cell.normalize('NFKC').toLowerCase();
    const column = (Object.keys(COLUMNS) as Column[]).find((key) => COLUMNS[key].some((header) => header === name));
    if (column) places.set(column, index);
    else if (!ERROR_HEADER.includes(cell)) unknown.push(cell.slice(0, 40));
  });
  const missing = REQUIRED.filter((column) => !places.has(column)).map((column) => COLUMNS[column][0]);
  if (missing.length > 0 || unknown.length > 0) {
    throw new Refusal('file-columns-wrong', { missing: missing.join('、'), unknown: unknown.join('、') });
  }
  return places;
}

function readRow(cells: string[], line: number, places: Map<Column, number>, width: number): FileRow | BadRow {
  const bad = (field: Column, refusal: Refusal): BadRow => ({ line, field, refusal, cells });
  const cell = (column: Column) => (cells[places.get(column) ?? -1] ?? '').normalize('NFKC').trim();
  for (const column of places.keys()) {
    if (cell(column).includes('\uFFFD')) return bad(column, new Refusal('text-damaged', { field: COLUMNS[column][0] }));
  }
  for (const column of REQUIRED) {
    if (cell(column) === '' || cells.length > width) {
      return bad(column, new Refusal('row-incomplete', { field: COLUMNS[column][0] }));
    }
  }
  const minutes = cell('minutes');
  // Larger numbers than this are typing errors; the rules of the session say what fits.
  if (!/^\d{1,5}$/.test(minutes)) return bad('minutes', new Refusal('minutes-out-of-range', { limit: 1_440 }));
  const evidence = cell('evidence');
  if (evidence !== '' && !Object.hasOwn(EVIDENCE, evidence)) return bad('evidence', new Refusal('evidence-unknown'));
  return {
    line,
    session: cell('session'),
    cardNumber: cell('cardNumber'),
    minutes: Number(minutes),
    evidence: EVIDENCE[evidence],
    cells,
  };
}
