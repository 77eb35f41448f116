/**
 * A process of the bank that posts through the real committer as fast as it can and says what it was answered, one JSON
 * line an answer. Runs the built bank: `nest build` first. Started by test/support/bank-process.ts, whose options
 * it takes as JSON.
 */
import { writeSync } from 'node:fs';
import process from 'node:process';
import { SystemClock } from '../../dist/kernel/clock.js';
import { Refusal } from '../../dist/kernel/refusal.js';
import { Committer } from '../../dist/ledger/committer.js';
import { accrue } from '../../dist/ledger/domain/accrue.js';
import { entryId } from '../../dist/ledger/domain/entry.js';
import { balanceOf } from '../../dist/ledger/domain/post-entry.js';
import { openDatabase } from '../../dist/platform/database/data-sources.js';
import { Writer } from '../../dist/platform/database/writer.js';
import { Metrics } from '../../dist/platform/metrics/metrics.js';
import { SCHEMA } from '../../dist/schema.js';

const { location, lanes, caller, learnerIds, prefix, total, inFlight, synchronous, checkpointPages, dieAt } =
  JSON.parse(process.argv[2]);

const TARIFF = {
  timeBucket: 'time',
  creditType: 'leisure',
  secondsPerQuantum: 486,
  quantumCenti: 1,
  earnedOn: '2024-06-10',
  validUntil: '2029-06-09',
};

/** Study time comes in and as much of it as fills hundredths becomes credit: ATTEND of test/support. */
const ATTEND = {
  action: 'attend',
  loadFacts: async () => null,
  decide({ seconds }, _, { book, nowMs }) {
    const { creditType, secondsPerQuantum } = TARIFF;
    const quanta = Math.floor((balanceOf(book, 'time', creditType) + seconds) / secondsPerQuantum);
    const postings = [
      { source: 'attended', destination: 'time', creditType, amount: seconds },
      ...(quanta > 0 ? accrue(TARIFF, quanta) : []),
    ];
    return {
      draft: { kind: 'attendance', occurredAt: nowMs, postings },
      complete: ({ learnerId, version }) => ({ answer: { entryId: entryId(learnerId, version), version } }),
    };
  },
};

/** Dies at the nth commit: `before` it, with everything written, or `after` it, with nobody answered. */
class DyingWriter extends Writer {
  constructor(inner, { commit, moment }) {
    super();
    this.inner = inner;
    this.commitsLeft = commit;
    this.moment = moment;
  }

  get waiting() {
    return this.inner.waiting;
  }

  async write(work) {
    this.commitsLeft -= 1;
    const dieNow = (moment) => {
      if (this.commitsLeft === 0 && this.moment === moment) process.kill(process.pid, 'SIGKILL');
    };
    const result = await this.inner.write(async (transaction) => {
      const written = await work(transaction);
      dieNow('before');
      return written;
    });
    dieNow('after');
    return result;
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Writes past the stream of standard output: what is said has left this process before anything else happens. */
function say(line) {
  const text = Buffer.from(`${JSON.stringify(line)}\n`);
  let sent = 0;
  while (sent < text.length) {
    try {
      sent += writeSync(1, text, sent);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
      // The pipe is full until the listener reads.
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

const database = await openDatabase({ ...location, checkpointPages }, SCHEMA);
if (synchronous) {
  // The writer asserts FULL after its first write: it can only be broken behind its back.
  await database.writer.write(async () => undefined);
  await database.dataSource.query(`pragma synchronous = ${synchronous}`);
}
const writer = dieAt ? new DyingWriter(database.writer, dieAt) : database.writer;
const committer = new Committer(writer, new SystemClock(), new Metrics(), lanes);

async function post(index) {
  const key = `${prefix}-${index}`;
  const learnerId = learnerIds[index % learnerIds.length];
  const input = { seconds: 60 + (index % 600) };
  const once = { scope: caller.keyId, key, bodyHash: `${learnerId} ${JSON.stringify(input)}` };
  const outcome = await committer
    .submit({ kind: ATTEND, learnerId, input, caller, once })
    .catch((error) => ({ failed: String(error) }));
  say(outcome instanceof Refusal ? { key, refused: outcome.code } : { key, ...outcome });
}

say({ ready: true });
let next = 0;
await Promise.all(
  Array.from({ length: inFlight }, async () => {
    while (next < total) {
      const index = next;
      next += 1;
      await post(index);
    }
  }),
);
await database.close();
