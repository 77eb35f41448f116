import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { Writer } from '../platform/database/writer.js';
import type { BookCommand, Outcome } from './book-command.js';
import { writeBatch } from './write-batch.js';

/** Commands decided together, as the committer would. */
const BATCH = 512;

/** Carries the outcomes out of a transaction that must not be kept. */
class Undone extends Error {
  constructor(readonly outcomes: Outcome<unknown>[]) {
    super('A dry run is undone');
  }
}

/** Decides commands by the very path that posts them, in one transaction that is always rolled back. */
@Injectable()
export class DryRun {
  constructor(
    private readonly writer: Writer,
    private readonly clock: Clock,
  ) {}

  /** What each command would bring, in the order given. Writes nothing. */
  async run<Input, Facts, Answer>(commands: BookCommand<Input, Facts, Answer>[]): Promise<Outcome<Answer>[]> {
    try {
      return await this.writer.write(async ({ sql }): Promise<never> => {
        const outcomes: Outcome<unknown>[] = [];
        for (let start = 0; start < commands.length; start += BATCH) {
          const batch = commands.slice(start, start + BATCH) as BookCommand[];
          for (const outcome of await writeBatch(sql, batch, this.clock.nowMs())) {
            if (!(outcome instanceof Refusal) && 'failed' in outcome) throw outcome.failed;
            outcomes.push(outcome);
          }
        }
        throw new Undone(outcomes);
      });
    } catch (error) {
      if (error instanceof Undone) return error.outcomes as Outcome<Answer>[];
      throw error;
    }
  }
}
