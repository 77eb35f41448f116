import { parentPort, workerData } from 'node:worker_threads';
import BetterSqlite3 from 'better-sqlite3';
import type { CheckpointNews, CheckpointOrder, CheckpointTask } from './checkpointer.js';

/*
 * A thread that copies the log of a SQLite bank into its file while the bank goes on writing. It has a connection of
 * its own, never holds the writer's lock and never changes a row. Started and ended by checkpointer.ts.
 */

/** How often it looks how long the log is. Looking costs some microseconds. */
const LOOK_MS = 20;
/** Turns in a row in which it follows a log that grows while it is copied. */
const MOST_PASSES = 8;
/** What may be left for a pause of the bank's writes, as a part of the length at which copying begins. */
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

function tell(news: CheckpointNews): void {
  parentPort!.postMessage(news);
}

let waitsForPause = false;

function look(): void {
  if (waitsForPause) return;
  let { log, checkpointed } = checkpoint('noop');
  if (log < pages || log === checkpointed) return;
  for (let pass = 0; pass < MOST_PASSES && log - checkpointed > pages * LEFT_OVER; pass += 1) {
    ({ log, checkpointed } = checkpoint('passive'));
  }
  if (checkpointed === log) return;
  waitsForPause = true;
  tell('pause');
}

/** A full disk or a slow rival: nothing is lost, the log still has it all, and the next look tries again. */
function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof BetterSqlite3.SqliteError)) throw error;
  }
}

function copyTheRest(): void {
  attempt(() => checkpoint('passive'));
  waitsForPause = false;
  tell('done');
}

const timer = setInterval(() => attempt(look), LOOK_MS);
parentPort!.on('message', (order: CheckpointOrder) => {
  if (order === 'rest') return copyTheRest();
  clearInterval(timer);
  database.close();
  parentPort!.close();
});
