import type { EntitySpec } from '../database/columns.js';

/** What is done over all learners, learner by learner. */
export type LongRunKind = 'expiry' | 'points' | 'holds';

/** Work over all learners: how far it has come. Its effects are in the book; this only says where to go on. */
export interface LongRunRow {
  runId: string;
  kind: LongRunKind;
  /** Day (Asia/Shanghai) that the run works up to. */
  throughDay: string;
  status: 'running' | 'finished';
  /** Where to go on, in the words of the feature; empty at the beginning. */
  position: string;
  startedAt: number;
  finishedAt: number | null;
}

/** One row a run. */
export const longRunEntity: EntitySpec<LongRunRow> = {
  table: 'long_run',
  columns: {
    runId: 'id',
    kind: 'text',
    throughDay: 'text',
    status: 'text',
    position: 'text',
    startedAt: 'int',
    finishedAt: 'int?',
  },
  primaryKey: ['runId'],
};

/** What a run has written, added up in the transactions that wrote it: right also after a kill. */
export interface LongRunTallyRow {
  runId: string;
  entries: number;
  /** In the unit of the run; what was taken back counts below zero. */
  amount: number;
}

/** One row a run that has written anything. */
export const longRunTallyEntity: EntitySpec<LongRunTallyRow> = {
  table: 'long_run_tally',
  columns: { runId: 'id', entries: 'int', amount: 'int' },
  primaryKey: ['runId'],
};
