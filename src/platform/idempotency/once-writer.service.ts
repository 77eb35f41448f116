import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Refusal } from '../../kernel/refusal.js';
import { Writer, type Transaction } from '../database/writer.js';
import { readAnswers, writeAnswers, onceName, type OnceKey } from './idempotency.store.js';
import { Receipt, replay, storeAnswer } from './receipt.js';

/** Writes that are not entries of the book: each in its own transaction, its answer kept under its key. */
@Injectable()
export class OnceWriter {
  constructor(
    private readonly writer: Writer,
    private readonly clock: Clock,
  ) {}

  /** Runs `work` unless the key already has an answer. A refusal undoes the work and is itself kept as the answer. */
  async run<T>(once: OnceKey, work: (transaction: Transaction) => Promise<T>): Promise<Receipt<T>> {
    const outcome = await this.writer.write(async (transaction): Promise<Receipt<T> | Refusal> => {
      const stored = (await readAnswers(transaction.sql, [once])).get(onceName(once));
      if (stored) return replay<T>(stored, once);
      const result = await transaction.attempt(() => work(transaction));
      await writeAnswers(transaction.sql, [{ ...once, answer: storeAnswer(result) }], this.clock.nowMs());
      return result instanceof Refusal ? result : new Receipt(result, false);
    });
    if (outcome instanceof Refusal) throw outcome;
    return outcome;
  }
}
