import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { BookCommand, Outcome } from '../ledger/book-command.js';
import { writeBatch } from '../ledger/write-batch.js';
import { Writer } from '../platform/database/writer.js';
import type { VisitReceipt } from './record-visit.command.js';
import type { Submit } from './record-attendance.service.js';

/** Commands decided together in a dry run, as the committer would. */
const BATCH = 512;

/** Carries the outcomes out of a transaction that must not be kept. */
class Undone extends Error {
  constructor(readonly outcomes: Outcome<VisitReceipt>[]) {
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

  readonly submit: Submit = async (commands) => {
    try {
      return await this.writer.write(async ({ sql }): Promise<never> => {
        const outcomes: Outcome<VisitReceipt>[] = [];
        for (let start = 0; start < commands.length; start += BATCH) {
          const batch = commands.slice(start, start + BATCH) as BookCommand[];
          for (const outcome of await writeBatch(sql, batch, this.clock.nowMs())) {
            if (!(outcome instanceof Refusal) && 'failed' in outcome) throw outcome.failed;
            outcomes.push(outcome as Outcome<VisitReceipt>);
          }
        }
        throw new Undone(outcomes);
      });
    } catch (error) {
      if (error instanceof Undone) return error.outcomes;
      throw error;
    }
  };
}
