import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { Refusal } from '../kernel/refusal.js';
import { idempotencyScope, type Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { hashContent } from '../platform/idempotency/once.decorator.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import { readAttendanceFile, type AttendanceFile, type FileRow } from './attendance-file.js';
import type { AttendanceImportRow } from './attendance.entity.js';
import { ImportStore, sourceOfLine } from './import.store.js';
import { RecordAttendance, type ReadyVisit, type RowOutcome } from './record-attendance.service.js';
import type { RejectedRow } from './rejected-row.js';
import { VisitSource, type RuledUnder } from './visit-source.service.js';

/** Rows posted before the progress is written down. */
const CHUNK_ROWS = 2_000;

/** What a file brought. */
export interface ImportSummary {
  importId: string | null;
  status: AttendanceImportRow['status'];
  encoding: string;
  rowCount: number;
  posted: number;
  alreadyRecorded: number;
  rejected: RejectedRow[];
  header: string[];
}

/** Called as rows are done, for a progress line. */
export type Progress = (done: number, total: number) => void;

/** Posts attendance sheets: good rows go in, bad rows come back, the same file again changes nothing. */
@Injectable()
export class ImportAttendance {
  private readonly running = new Set<string>();

  constructor(
    private readonly source: VisitSource,
    private readonly attendance: RecordAttendance,
    private readonly store: ImportStore,
    private readonly onceWriter: OnceWriter,
    private readonly clock: Clock,
  ) {}

  /**
   * Imports a file under a key. A file that was imported before, under any key, gives its first result again; one that
   * was cut off (the process was killed) goes on where it was: lines that it had posted are neither tried nor judged
   * again, whatever has changed since.
   */
  async run(
    caller: Caller,
    once: OnceKey,
    content: Buffer,
    progress: Progress = () => undefined,
  ): Promise<{ summary: ImportSummary; replayed: boolean }> {
    const file = readAttendanceFile(content);
    const fileHash = hashContent(content);
    let isNew = false;
    const receipt = await this.onceWriter.run(once, async ({ orm }) => {
      const known = await orm.findOneBy<AttendanceImportRow>('attendance_import', { scope: once.scope, fileHash });
      if (known) return { importId: known.importId };
      const row = this.newImport(once.scope, fileHash, file);
      await orm.insert('attendance_import', row);
      isNew = true;
      return { importId: row.importId };
    });
    const { importId } = receipt.answer;
    const before = await this.store.find(importId);
    if (before?.status === 'finished') return { summary: await this.summary(before), replayed: true };
    if (this.running.has(importId)) throw new Refusal('request-still-running', { retryAfterSeconds: 1 });
    this.running.add(importId);
    try {
      const rejected: RejectedRow[] = file.bad.map(({ line, field, refusal, cells }) =>
        reject(line, field, refusal, cells),
      );
      const counts = { posted: 0, alreadyRecorded: 0 };
      for (let start = 0; start < file.rows.length; start += CHUNK_ROWS) {
        const chunk = file.rows.slice(start, start + CHUNK_ROWS);
        const done = isNew ? new Set<number>() : await this.linesOnRecord(importId, chunk);
        const left = chunk.filter(({ line }) => !done.has(line));
        counts.posted += done.size;
        const outcomes = await this.resolve(caller, importId, left, (visits) => this.attendance.post(caller, visits));
        count(outcomes, left, counts, rejected);
        await this.store.progress(importId, counts, rejected.length);
        progress(Math.min(start + CHUNK_ROWS, file.rows.length), file.rows.length);
      }
      await this.store.finish(importId, rejected, this.clock.nowMs());
    } finally {
      this.running.delete(importId);
    }
    return { summary: await this.summary((await this.store.find(importId))!), replayed: false };
  }

  /** What a file would bring: the same rules, nothing written. */
  async dryRun(caller: Caller, content: Buffer): Promise<ImportSummary> {
    const file = readAttendanceFile(content);
    const rejected: RejectedRow[] = file.bad.map(({ line, field, refusal, cells }) =>
      reject(line, field, refusal, cells),
    );
    const counts = { posted: 0, alreadyRecorded: 0 };
    const outcomes = await this.resolve(caller, 'dry-run', file.rows, (visits) => this.attendance.try(caller, visits));
    count(outcomes, file.rows, counts, rejected);
    return {
      importId: null,
      status: 'finished',
      encoding: file.encoding,
      header: file.header,
      rowCount: file.rows.length + file.bad.length,
      ...counts,
      rejected: rejected.sort((a, b) => a.line - b.line),
    };
  }

  /** An import of this caller, or null; staff may see all. */
  async find(caller: Caller, importId: string): Promise<ImportSummary | null> {
    const row = await this.store.find(importId);
    const isOwn = row?.scope === idempotencyScope(caller);
    return row && (isOwn || caller.role !== 'provider') ? this.summary(row) : null;
  }

  /** Lines that this import had posted before it was cut off. */
  private async linesOnRecord(importId: string, rows: FileRow[]): Promise<Set<number>> {
    const cards = rows.flatMap(({ line, cardNumber }) => {
      const card = orRefusal(() => this.source.readCard(cardNumber));
      return card instanceof Refusal ? [] : [{ line, card }];
    });
    const owners = await this.source.learnersByCard(cards.map(({ card }) => card));
    return this.store.linesOnRecord(
      importId,
      cards.flatMap(({ line, card }) => {
        const learnerId = owners.get(card);
        return learnerId === undefined ? [] : [{ line, learnerId }];
      }),
    );
  }

  private async resolve(
    caller: Caller,
    importId: string,
    rows: FileRow[],
    submit: (visits: ReadyVisit[]) => Promise<RowOutcome[]>,
  ): Promise<RowOutcome[]> {
    const sessions = await this.source.sessionsByCode(caller, [...new Set(rows.map(({ session }) => session))]);
    const rules = new Map<string, RuledUnder | Refusal>();
    for (const [code, session] of sessions)
      rules.set(
        code,
        orRefusal(() => this.source.rulesOf(session)),
      );
    const ready = rows.map((row): ReadyVisit | Refusal => {
      const session = sessions.get(row.session);
      const under = rules.get(row.session);
      if (!session || !under) return new Refusal('session-unknown');
      if (under instanceof Refusal) return under;
      return { session, rules: under, row, source: sourceOfLine(importId, row.line) };
    });
    const posted = await submit(ready.flatMap((visit) => (visit instanceof Refusal ? [] : [visit])));
    let next = 0;
    return ready.map((visit) =>
      visit instanceof Refusal ? { status: 'refused', field: 'session', refusal: visit } : posted[next++]!,
    );
  }

  private newImport(scope: string, fileHash: string, file: AttendanceFile): AttendanceImportRow {
    const now = this.clock.nowMs();
    return {
      importId: newId(now),
      scope,
      fileHash,
      encoding: file.encoding,
      header: JSON.stringify(file.header),
      rowCount: file.rows.length + file.bad.length,
      posted: 0,
      alreadyRecorded: 0,
      rejected: 0,
      status: 'running',
      recordedAt: now,
      finishedAt: null,
    };
  }

  private async summary(row: AttendanceImportRow): Promise<ImportSummary> {
    const { importId, status, encoding, rowCount, posted, alreadyRecorded } = row;
    const rejected = await this.store.rejections(importId);
    const header = JSON.parse(row.header) as string[];
    return { importId, status, encoding, header, rowCount, posted, alreadyRecorded, rejected };
  }
}

function orRefusal<T>(ask: () => T): T | Refusal {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function reject(line: number, field: string, { code, details }: Refusal, cells: string[]): RejectedRow {
  return { line, field, code, details, cells };
}

function count(
  outcomes: RowOutcome[],
  rows: FileRow[],
  counts: { posted: number; alreadyRecorded: number },
  rejected: RejectedRow[],
): void {
  outcomes.forEach((outcome, index) => {
    const { line, cells } = rows[index]!;
    if (outcome.status === 'posted') counts.posted += 1;
    else if (outcome.status === 'already-recorded') counts.alreadyRecorded += 1;
    else rejected.push(reject(line, outcome.field, outcome.refusal, cells));
  });
}
