import { fillSentence, PROBLEMS } from '../platform/problems/problem-catalogue.js';
import { ERROR_HEADER } from './attendance-file.js';
import type { RejectedRow } from './rejected-row.js';

/** A cell as CSV. A leading sign that a spreadsheet would run as a formula is disarmed by an apostrophe. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Rejected rows under the header they came with, and line, code and what to do in further columns: corrected, the same
 * sheet can be sent again. UTF-8 with mark, for Excel.
 */
export function rejectedCsv(header: string[], rows: RejectedRow[]): string {
  const own = header.filter((name) => !ERROR_HEADER.includes(name));
  const lines = rows.map(({ cells, line, code, details }) => [
    ...own.map((name) => cells[header.indexOf(name)] ?? ''),
    String(line),
    code,
    `${PROBLEMS[code].title.zh}：${fillSentence(PROBLEMS[code].detail, details, 'zh')}`,
  ]);
  return `\uFEFF${[[...own, ...ERROR_HEADER], ...lines].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
