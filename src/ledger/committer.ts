import { Refusal } from '../kernel/refusal.js';
import type { Clock } from '../kernel/clock.js';
import { isKeyClash, type Writer } from '../platform/database/writer.js';
import type { Metrics } from '../platform/metrics/metrics.js';
import { Receipt } from '../platform/idempotency/receipt.js';
import type { BookCommand, Outcome } from './book-command.js';
import { writeBatch, type BatchOutcome } from './write-batch.js';

/** Commands that may wait before further ones are refused with `overloaded` and a Retry-After. */
const MAX_QUEUED = 20_000;
/** Most commands in one commit. */
export interface BatchLimits {
  /** When the first of them is a single request, whose caller waits for it. */
  singles: number;
  /** When it is a row of a list or file, whose caller waits for all of them. */
  rows: number;
}

/** Beyond this the flush no longer dominates and waiting callers only get older. */
const LARGE_BATCHES: BatchLimits = { singles: 512, rows: 512 };

/**
 * For SQLite, which works inside this process: while a batch is written nobody is answered, not even who only reads. With
 * eight single requests a balance read beside 64 writers has its answer within 10 ms (p99; with 16 it was not, for an
 * eighth more posts). The price is paid on disks that flush slowly: eight posts a flush. Rows of lists stay in large
 * batches: 128 of them in a commit took a fifth more time a row than 512.
 */
export const SHORT_FOR_SINGLES: BatchLimits = { singles: 8, rows: 512 };

interface Waiting {
  command: BookCommand;
  resolve(outcome: Outcome<unknown>): void;
  reject(error: unknown): void;
}

/**
 * The one way into the book. Commands wait in a queue; while one commit is being flushed the next batch gathers, so
 * there is no timer to tune: latency is one flush, throughput is many commands a flush. A lane holds the learners of
 * one shard and has at most one batch under way; SQLite has one lane because it has one writer.
 */
export class Committer {
  private readonly lanes: Waiting[][];
  private readonly running: boolean[];
  private queued = 0;

  constructor(
    private readonly writer: Writer,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    laneCount: number,
    private readonly limits: BatchLimits = LARGE_BATCHES,
  ) {
    this.lanes = Array.from({ length: laneCount }, () => []);
    this.running = this.lanes.map(() => false);
    metrics.observeQueue(() => this.queued);
  }

  /** Resolves after the entry is on disk, with the answer, the first answer again, or the refusal. */
  submit<Input, Facts, Answer>(command: BookCommand<Input, Facts, Answer>): Promise<Outcome<Answer>> {
    if (this.queued >= MAX_QUEUED) return Promise.resolve(new Refusal('overloaded', { retryAfterSeconds: 1 }));
    this.queued += 1;
    const lane = this.laneOf(command.learnerId);
    return new Promise((resolve, reject) => {
      this.lanes[lane]!.push({ command: command, resolve: resolve as Waiting['resolve'], reject });
      if (this.running[lane]) return;
      this.running[lane] = true;
      // After the current round of the event loop, so that requests read from the network together commit together.
      setImmediate(() => void this.drain(lane));
    });
  }

  /** The same for a single request: a refusal is thrown. */
  async run<Input, Facts, Answer>(command: BookCommand<Input, Facts, Answer>): Promise<Receipt<Answer>> {
    const outcome = await this.submit(command);
    if (outcome instanceof Refusal) throw outcome;
    return new Receipt(outcome.answer, outcome.replayed);
  }

  private laneOf(learnerId: string): number {
    return this.lanes.length === 1 ? 0 : parseInt(learnerId.slice(-6), 16) % this.lanes.length;
  }

  private async drain(lane: number): Promise<void> {
    const queue = this.lanes[lane]!;
    while (queue.length > 0) {
      const batch = queue.splice(0, queue[0]!.command.once ? this.limits.singles : this.limits.rows);
      this.queued -= batch.length;
      await this.commit(batch);
      // Answers go out and new requests come in before the next batch is cut.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.running[lane] = false;
  }

  private async commit(batch: Waiting[]): Promise<void> {
    const started = performance.now();
    let outcomes: BatchOutcome[];
    try {
      const commands = batch.map(({ command }) => command);
      outcomes = await this.writer.write(({ sql }) => writeBatch(sql, commands, this.clock.nowMs()));
    } catch (error) {
      // The database itself said no (busy, full): it would say so to each of them again.
      if (error instanceof Refusal) for (const waiting of batch) this.answer(waiting, error);
      else await this.settleAlone(batch, error);
      return;
    }
    this.metrics.observeCommit(batch.length, (performance.now() - started) / 1000);
    batch.forEach((waiting, index) => this.answer(waiting, outcomes[index]!));
  }

  /** A commit that failed as a whole is tried again one by one, so that one bad command cannot refuse the others. */
  private async settleAlone(batch: Waiting[], error: unknown): Promise<void> {
    if (batch.length === 1 && !isKeyClash(error)) {
      batch[0]!.reject(error);
      return;
    }
    for (const waiting of batch) {
      try {
        this.answer(waiting, await this.commitAlone(waiting.command));
      } catch (failure) {
        waiting.reject(failure);
      }
    }
  }

  /** Another process may write the same key between our look for it and our commit: looking once more finds its answer. */
  private async commitAlone(command: BookCommand): Promise<BatchOutcome> {
    const commit = () => this.writer.write(({ sql }) => writeBatch(sql, [command], this.clock.nowMs()));
    try {
      return (await commit())[0]!;
    } catch (error) {
      if (!isKeyClash(error)) throw error;
      return (await commit())[0]!;
    }
  }

  private answer(waiting: Waiting, outcome: BatchOutcome): void {
    if ('failed' in outcome) {
      waiting.reject(outcome.failed);
      return;
    }
    if (outcome instanceof Refusal) this.metrics.countRefusal(outcome.code);
    else if (!outcome.replayed) this.metrics.countEntry(waiting.command.kind.action);
    waiting.resolve(outcome);
  }
}
