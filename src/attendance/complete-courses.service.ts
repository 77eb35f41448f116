import { Injectable } from '@nestjs/common';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { Committer } from '../ledger/committer.js';
import { LotSources } from '../ledger/lot-sources.port.js';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import { Receipt } from '../platform/idempotency/receipt.js';
import { COMPLETE_COURSE, type CompletionReceipt } from './complete-course.command.js';
import { VisitSource } from './visit-source.service.js';

/** One row of a completion list. */
export interface CompletionRow {
  cardNumber: string;
  grade?: number;
}

/** What became of one row, as plain JSON. */
export type CompletionOutcome =
  | { status: 'posted'; receipt: CompletionReceipt }
  | { status: 'refused'; field: string; code: Refusal['code']; details: Refusal['details'] };

/** Records who has passed a gated course. */
@Injectable()
export class CompleteCourses {
  constructor(
    private readonly source: VisitSource,
    private readonly committer: Committer,
    private readonly onceWriter: OnceWriter,
    private readonly clock: Clock,
    private readonly sources: LotSources,
  ) {}

  /** Every row has its own result; the rules are those in force today. */
  async run(
    caller: Caller,
    once: OnceKey,
    courseId: string,
    rows: CompletionRow[],
  ): Promise<Receipt<CompletionOutcome[]>> {
    const course = await this.source.course(caller, courseId);
    const rules = this.source.rulesOn(shanghaiDay(this.clock.nowMs()), course);
    return this.onceWriter.runLong(once, () =>
      Promise.all(
        rows.map(async ({ cardNumber, grade }, index): Promise<CompletionOutcome> => {
          try {
            if (grade !== undefined && (grade < 0 || grade > 100)) {
              throw new Refusal('validation-failed', {
                errors: [{ pointer: `/rows/${index}/grade`, code: 'range', detail: '0–100' }],
              });
            }
            const learnerId = await this.source.learnerByCard(this.source.readCard(cardNumber));
            const source = `list:${once.key}#${index}`;
            const input = { course, ...rules, grade: grade ?? null, source, sources: this.sources };
            const { answer } = await this.committer.run({ kind: COMPLETE_COURSE, learnerId, input, caller });
            return { status: 'posted', receipt: answer };
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
            return { status: 'refused', field: fieldOf(error), code: error.code, details: error.details };
          }
        }),
      ),
    );
  }
}

function fieldOf({ code }: Refusal): string {
  return code === 'grade-gate-not-met' || code === 'validation-failed' ? 'grade' : 'cardNumber';
}
