import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Refusal } from '../../kernel/refusal.js';
import { Reader } from '../database/data-sources.js';
import { isKeyClash, Writer, type Transaction } from '../database/writer.js';
import { readAnswers, writeAnswers, onceName, type OnceKey } from './idempotency.store.js';
import { Receipt, replay, storeAnswer } from './receipt.js';

/** Writes that are not entries of the book: each in its own transaction, its answer kept under its key. */
@Injectable()
export class OnceWriter {
  private readonly running = new Set<string>();

  constructor(
    private readonly writer: Writer,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /** Runs `work` unless the key already has an answer. A refusal undoes the work and is itself kept as the answer. */
  async run<T>(once: OnceKey, work: (transaction: Transaction) => Promise<T>): Promise<Receipt<T>> {
    const attempt = () => this.writer.write((transaction) => this.decide(transaction, once, work));
    const outcome = await attempt().catch((error: unknown) => {
      // Another process answered the same key first: reading again gives its answer.
      if (isKeyClash(error)) return attempt();
      throw error;
    });
    if (outcome instanceof Refusal) throw outcome;
    return outcome;
  }

  /**
   * The same for work of many transactions, each safe to repeat (a list or a file). The answer is kept at the end;
   * until then a second request with the key is told `request-still-running`.
   */
  async runLong<T>(once: OnceKey, work: () => Promise<T>): Promise<Receipt<T>> {
    const name = onceName(once);
    const stored = (await readAnswers(this.reader.sql, [once])).get(name);
    if (stored) {
      const outcome = replay<T>(stored, once);
      if (outcome instanceof Refusal) throw outcome;
      return outcome;
    }
    if (this.running.has(name)) throw new Refusal('request-still-running', { retryAfterSeconds: 1 });
    this.running.add(name);
    try {
      const answer = await work();
      return await this.run(once, () => Promise.resolve(answer));
    } finally {
      this.running.delete(name);
    }
  }

  private async decide<T>(
    transaction: Transaction,
    once: OnceKey,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<Receipt<T> | Refusal> {
    const stored = (await readAnswers(transaction.sql, [once])).get(onceName(once));
    if (stored) return replay<T>(stored, once);
    const result = await transaction.attempt(() => work(transaction));
    await writeAnswers(transaction.sql, [{ ...once, answer: storeAnswer(result) }], this.clock.nowMs());
    return result instanceof Refusal ? result : new Receipt(result, false);
  }
}
