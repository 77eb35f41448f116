import type { Evidence } from '../policy/domain/activity-types.js';
import type { EntitySpec } from '../platform/database/columns.js';

/**
 * One learner in one session: what the gates and caps look at. A projection of the journal: the entry is the record,
 * and a visit that was reversed and posted again has one row here and three entries there.
 */
export interface AttendanceRow {
  learnerId: string;
  /** Day (Asia/Shanghai) the visit counts on. */
  activityDay: string;
  sessionId: string;
  courseId: string;
  activityType: string;
  startsAt: number;
  endsAt: number;
  submittedSeconds: number;
  acceptedSeconds: number;
  evidence: Evidence;
  /** Entry that posted it. */
  version: number;
  recordedAt: number;
  /** 1 while it counts, 0 after a reversal. */
  isLive: number;
}

/** One row a learner, day and session; `is_live` is 0 while its entry is undone. */
export const attendanceEntity: EntitySpec<AttendanceRow> = {
  table: 'attendance',
  columns: {
    learnerId: 'id',
    activityDay: 'text',
    sessionId: 'id',
    courseId: 'id',
    activityType: 'text',
    startsAt: 'int',
    endsAt: 'int',
    submittedSeconds: 'int',
    acceptedSeconds: 'int',
    evidence: 'text',
    version: 'int',
    recordedAt: 'int',
    isLive: 'int',
  },
  primaryKey: ['learnerId', 'activityDay', 'sessionId'],
};

/** A learner's passed course. */
export interface CompletionRow {
  learnerId: string;
  courseId: string;
  /** 0–100, or null where no grade is asked. */
  grade: number | null;
  version: number;
  recordedAt: number;
  isLive: number;
}

/** One row a learner and course; `is_live` is 0 while its entry is undone. */
export const completionEntity: EntitySpec<CompletionRow> = {
  table: 'completion',
  columns: { learnerId: 'id', courseId: 'id', grade: 'int?', version: 'int', recordedAt: 'int', isLive: 'int' },
  primaryKey: ['learnerId', 'courseId'],
};

/** One uploaded file and what became of it. */
export interface AttendanceImportRow {
  importId: string;
  /** Provider or key that sent it: the same file from the same sender is the same import. */
  scope: string;
  fileHash: string;
  encoding: string;
  /** Header cells as sent, JSON, so that rejected rows can go back under them. */
  header: string;
  rowCount: number;
  posted: number;
  alreadyRecorded: number;
  rejected: number;
  status: 'running' | 'finished';
  recordedAt: number;
  finishedAt: number | null;
}

/** One row a file and sender: the same file from the same sender is the same import. */
export const attendanceImportEntity: EntitySpec<AttendanceImportRow> = {
  table: 'attendance_import',
  columns: {
    importId: 'id',
    scope: 'text',
    fileHash: 'text',
    encoding: 'text',
    header: 'text',
    rowCount: 'int',
    posted: 'int',
    alreadyRecorded: 'int',
    rejected: 'int',
    status: 'text',
    recordedAt: 'int',
    finishedAt: 'int?',
  },
  primaryKey: ['importId'],
  indexes: [{ name: 'attendance_import_once', columns: ['scope', 'fileHash'], unique: true }],
};

/** A row that came back: line, field, code, and the cells as they were sent. */
export interface ImportRejectionRow {
  importId: string;
  line: number;
  field: string;
  code: string;
  /** Facts of the refusal as JSON; they fill its sentence. */
  details: string;
  /** The cells of the row as JSON. */
  cells: string;
}

/** The rejected rows of an import in order of their lines. */
export const importRejectionEntity: EntitySpec<ImportRejectionRow> = {
  table: 'attendance_import_rejection',
  columns: { importId: 'id', line: 'int', field: 'text', code: 'text', details: 'text', cells: 'text' },
  primaryKey: ['importId', 'line'],
};
