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

/** `rest`: nothing is being written, copy what is left and say `done`. `stop`: end. */
export type CheckpointOrder = 'rest' | 'stop';

/** `pause`: little is left, the bank is asked to write nothing for a moment. `done`: it may write again. */
export type CheckpointNews = 'pause' | 'done';

/** Lets no transaction begin until the work is done; waits for the one under way. */
type PauseWrites = (work: () => Promise<void>) => Promise<void>;

/** Something that was started with the bank and must have ended before the bank's file is closed. */
export interface Checkpointer {
  stop(): Promise<void>;
}

/**
 * A commit only adds to SQLite's log; somebody has to copy the log into the file, and by default that is the commit that
 * finds it too long, while everybody waits. Here a thread does it beside the commits (a seventh more single posts).
 *
 * The log starts over only when all of it is in the file at the moment of a write, which never happens by itself under a
 * steady load. So the thread copies until little is left and asks for a pause; the bank lets no transaction begin while
 * the thread copies the rest, and the next write starts the log over. Who only reads waits for none of it (when the bank
 * copied the rest itself, everybody stood still for up to 36 ms).
 *
 * What must be true: the bank's own automatic checkpoint stays on as a net, at four times the length, and at the
 * length itself when there is no thread.
 */
const NET_FACTOR = 4;
const THREAD = fileURLToPath(new URL('./checkpoint-worker.js', import.meta.url));

/** Starts the thread for the bank of this connection. Never fails: without the thread the bank copies for itself. */
export function startCheckpointer(
  database: BetterSqlite3.Database,
  pages: number,
  pauseWrites: PauseWrites,
): Checkpointer {
  setOwnCheckpoint(database, pages);
  // Tests run the TypeScript sources, where there is no compiled thread to start.
  if (database.memory || !existsSync(THREAD)) return { stop: async () => undefined };
  const task: CheckpointTask = { file: database.name, pages };
  const thread = new Worker(THREAD, { workerData: task });
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  thread.once('online', () => setOwnCheckpoint(database, pages * NET_FACTOR));
  const tell = (order: CheckpointOrder) => thread.postMessage(order);
  let isStopping = false;
  const copyTheRest = () =>
    new Promise<void>((resolve) => {
      const done = () => {
        thread.off('message', done);
        if (!isStopping) thread.unref();
        resolve();
      };
      // Whoever writes waits for its answer: until then the program has not ended.
      thread.ref();
      // While it was asked to finish it says nothing else; a thread that has ended says nothing more.
      thread.on('message', done);
      void ended.then(done);
      tell('rest');
    });
  thread.on('message', (news: CheckpointNews) => {
    if (news === 'pause') void pauseWrites(copyTheRest);
  });
  // Its end follows: what it did falls back to the bank.
  thread.once('error', () => undefined);
  thread.once('exit', () => database.open && setOwnCheckpoint(database, pages));
  // A program that forgets to close the bank can still end.
  thread.unref();
  return {
    async stop() {
      isStopping = true;
      thread.ref();
      tell('stop');
      await ended;
    },
  };
}

function setOwnCheckpoint(database: BetterSqlite3.Database, pages: number): void {
  database.pragma(`wal_autocheckpoint = ${pages}`);
}
