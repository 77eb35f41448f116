import { parentPort, workerData } from 'node:worker_threads';
import BetterSqlite3 from 'better-sqlite3';
import type { CheckpointTask } from './checkpointer.js';

/*
 * A thread that copies the log of a SQLite bank into its file while the bank goes on writing. It has a connection of
 * its own, never holds the writer's lock and never changes a row. Started and ended by checkpointer.ts.
 */

/** How often it looks how long the log is. Looking costs some microseconds. */
const LOOK_MS = 20;
/** Turns in a row in which it follows a log that grows while it is copied. */
const MOST_PASSES = 8;
/** What the bank may be left to copy itself, as a part of the length at which copying begins. */
const LEFT_OVER = 1 / 64;

const { file, pages } = workerData as CheckpointTask;
const database = new BetterSqlite3(file);
database.pragma('synchronous = FULL');

interface LogState {
  /** Pages in the log. */
  log: number;
  /** Those of them that are in the file and synced. */
  checkpointed: number;
}

function checkpoint(mode: 'noop' | 'passive'): LogState {
  return (database.pragma(`wal_checkpoint(${mode})`) as [LogState])[0];
}

function look(): void {
  let { log, checkpointed } = checkpoint('noop');
  if (log < pages || log === checkpointed) return;
  for (let pass = 0; pass < MOST_PASSES && log - checkpointed > pages * LEFT_OVER; pass += 1) {
    ({ log, checkpointed } = checkpoint('passive'));
  }
  if (checkpointed < log) parentPort!.postMessage('copied');
}

/** A full disk or a slow rival: nothing is lost, the log still has it all, and the next look tries again. */
function tryToLook(): void {
  try {
    look();
  } catch (error) {
    if (!(error instanceof BetterSqlite3.SqliteError)) throw error;
  }
}

const timer = setInterval(tryToLook, LOOK_MS);
parentPort!.once('message', () => {
  clearInterval(timer);
  database.close();
});
