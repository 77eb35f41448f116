import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import { Reader } from '../platform/database/data-sources.js';
import type { InsertTarget } from '../platform/database/sql.js';
import { Writer } from '../platform/database/writer.js';
import type { AttendanceImportRow, ImportRejectionRow } from './attendance.entity.js';
import type { RejectedRow } from './rejected-row.js';

const INSERT_REJECTION: InsertTarget = {
  table: 'attendance_import_rejection',
  columns: ['import_id', 'line', 'field', 'code', 'details', 'cells'],
  onConflict: 'on conflict (import_id, line) do nothing',
};

/** How an entry names the line of the file that it came from. */
export function sourceOfLine(importId: string, line: number): string {
  return `import:${importId}#${line}`;
}

/** Uploaded files, their progress, and the rows that came back. */
@Injectable()
export class ImportStore {
  constructor(
    private readonly reader: Reader,
    private readonly writer: Writer,
  ) {}

  /** The record of an import, or null. The id is a UUID. */
  find(importId: string): Promise<AttendanceImportRow | null> {
    return this.reader.orm.findOneBy<AttendanceImportRow>('attendance_import', { importId });
  }

  /** Rejected rows of an import in order of their lines. */
  async rejections(importId: string): Promise<RejectedRow[]> {
    const rows = await this.reader.sql.rows<ImportRejectionRow>(
      'select line, field, code, details, cells from attendance_import_rejection where import_id = ? order by line',
      [importId],
    );
    return rows.map(({ line, field, code, details, cells }) => ({
      line,
      field,
      code: code as Refusal['code'],
      details: JSON.parse(details) as Refusal['details'],
      cells: JSON.parse(cells) as string[],
    }));
  }

  /** Those of these lines that have an entry of this import. */
  async linesOnRecord(importId: string, rows: { line: number; learnerId: string }[]): Promise<Set<number>> {
    const lines = new Map(rows.map(({ line }) => [sourceOfLine(importId, line), line]));
    const entries = await this.reader.sql.rowsByKeys<{ source: string }>(
      'select source from journal_entry',
      ['learner_id', 'source'],
      rows.map(({ line, learnerId }) => [learnerId, sourceOfLine(importId, line)]),
    );
    return new Set(entries.map(({ source }) => lines.get(source)!));
  }

  /** Says how far an import has come. */
  async progress(
    importId: string,
    counts: { posted: number; alreadyRecorded: number },
    rejected: number,
  ): Promise<void> {
    await this.writer.write(({ sql }) =>
      sql.run('update attendance_import set posted = ?, already_recorded = ?, rejected = ? where import_id = ?', [
        counts.posted,
        counts.alreadyRecorded,
        rejected,
        importId,
      ]),
    );
  }

  /** Keeps the rows that came back and closes the import. */
  async finish(importId: string, rejected: RejectedRow[], nowMs: number): Promise<void> {
    await this.writer.write(async ({ sql }) => {
      await sql.insert(
        INSERT_REJECTION,
        rejected.map(({ line, field, code, details, cells }) => [
          importId,
          line,
          field,
          code,
          JSON.stringify(details),
          JSON.stringify(cells),
        ]),
      );
      await sql.run(
        "update attendance_import set status = 'finished', rejected = ?, finished_at = ? where import_id = ?",
        [rejected.length, nowMs, importId],
      );
    });
  }
}
