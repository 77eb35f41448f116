import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type BetterSqlite3 from 'better-sqlite3';

/** What the thread is told. */
export interface CheckpointTask {
  file: string;
  /** Pages in the log at which it begins to copy. */
  pages: number;
}

/** Something that was started with the bank and must have ended before the bank's file is closed. */
export interface Checkpointer {
  stop(): Promise<void>;
}

/**
 * A commit only adds to SQLite's log; somebody has to copy the log into the file, and by default that is the commit that
 * finds it too long, while everybody waits. Here a thread does it beside the commits (a seventh more single posts).
 *
 * The log starts over only when all of it is in the file at the moment of a write, which never happens by itself under a
 * steady load. So the thread copies until little is left and says so; the bank, between two transactions, copies the
 * rest, and its next write starts the log over.
 *
 * What must be true: the bank's own automatic checkpoint stays on as a net, at four times the length, and at the
 * length itself when there is no thread.
 */
const NET_FACTOR = 4;
const THREAD = fileURLToPath(new URL('./checkpoint-worker.js', import.meta.url));

/** Starts the thread for the bank of this connection. Never fails: without the thread the bank copies for itself. */
export function startCheckpointer(database: BetterSqlite3.Database, pages: number): Checkpointer {
  setOwnCheckpoint(database, pages);
  // Tests run the TypeScript sources, where there is no compiled thread to start.
  if (database.memory || !existsSync(THREAD)) return { stop: async () => undefined };
  const task: CheckpointTask = { file: database.name, pages };
  const thread = new Worker(THREAD, { workerData: task });
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  thread.once('online', () => setOwnCheckpoint(database, pages * NET_FACTOR));
  thread.on('message', () => copyTheRest(database));
  // Its end follows: what it did falls back to the bank.
  thread.once('error', () => undefined);
  thread.once('exit', () => database.open && setOwnCheckpoint(database, pages));
  // A program that forgets to close the bank can still end.
  thread.unref();
  return {
    async stop() {
      thread.ref();
      thread.postMessage('stop');
      await ended;
    },
  };
}

function setOwnCheckpoint(database: BetterSqlite3.Database, pages: number): void {
  database.pragma(`wal_autocheckpoint = ${pages}`);
}

function copyTheRest(database: BetterSqlite3.Database): void {
  if (!database.open || database.inTransaction) return;
  try {
    database.pragma('wal_checkpoint(passive)');
  } catch {
    // As with SQLite's own checkpoint: what could not be copied is still in the log, and the thread will ask again.
  }
}
