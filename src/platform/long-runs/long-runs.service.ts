import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock, shanghaiDay } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Refusal } from '../../kernel/refusal.js';
import { Reader } from '../database/data-sources.js';
import { insertAll, selectList } from '../database/entity-sql.js';
import type { InsertTarget, Sql, SqlValue } from '../database/sql.js';
import { Writer } from '../database/writer.js';
import { longRunEntity, type LongRunKind, type LongRunRow } from './long-run.js';

/** A run with what it has written so far. */
export type LongRun = LongRunRow & { entries: number; amount: number };

const SELECT = `select ${selectList(longRunEntity, 'r')}, coalesce(t.entries, 0) as entries, coalesce(t.amount, 0) as amount
  from long_run r left join long_run_tally t on t.run_id = r.run_id`;

/** One target for all, so that the rows of a commit are written together: see {@link tallyRow}. */
const ADD_TO_TALLY: InsertTarget = {
  table: 'long_run_tally',
  columns: ['run_id', 'entries', 'amount'],
  onConflict:
    'on conflict (run_id) do update set entries = long_run_tally.entries + excluded.entries, amount = long_run_tally.amount + excluded.amount',
  keyLength: 1,
};

/**
 * One entry more of a run. `taken` adds up what the entries of one round brought: of their rows only the last is
 * written, and it has the whole round.
 */
export function tallyRow(
  taken: Map<string, number>,
  runId: string,
  amount: number,
): { target: InsertTarget; rows: SqlValue[][] } {
  const add = (name: string, more: number) => {
    const sum = (taken.get(name) ?? 0) + more;
    taken.set(name, sum);
    return sum;
  };
  return {
    target: ADD_TO_TALLY,
    rows: [[runId, add(`entries of ${runId}`, 1), add(`amount of ${runId}`, amount)]],
  };
}

/** Keeps the place of work over all learners, so that who was stopped goes on and what is done is not looked for again. */
@Injectable()
export class LongRuns implements OnModuleDestroy {
  private readonly underWay = new Map<string, Promise<unknown>>();
  private isStopping = false;

  constructor(
    private readonly reader: Reader,
    private readonly writer: Writer,
    private readonly clock: Clock,
  ) {}

  /** The day that is asked for, or today. Refuses a day in the future with `as-of-in-future`. */
  dayOf(day: string | undefined): string {
    const today = shanghaiDay(this.clock.nowMs());
    if (day !== undefined && day > today) throw new Refusal('as-of-in-future', { today });
    return day ?? today;
  }

  /** The run that was not finished for this day, or a new one. In a transaction of its own unless one is given. */
  async open(kind: LongRunKind, throughDay: string, sql?: Sql): Promise<LongRun> {
    if (!sql) return this.writer.write((transaction) => this.open(kind, throughDay, transaction.sql));
    const [unfinished] = await sql.rows<LongRun>(
      `${SELECT} where r.kind = ? and r.through_day = ? and r.status = 'running' order by r.started_at limit 1`,
      [kind, throughDay],
    );
    if (unfinished) return unfinished;
    const startedAt = this.clock.nowMs();
    const run: LongRunRow = {
      runId: newId(startedAt),
      kind,
      throughDay,
      status: 'running',
      position: '',
      startedAt,
      finishedAt: null,
    };
    await insertAll(sql, longRunEntity, [run]);
    return { ...run, entries: 0, amount: 0 };
  }

  /**
   * Does the steps that are left. `step` does one part from a position and gives the next, or null after the last. The
   * place is kept after each part; a part that is done twice must change nothing the second time. When the process ends,
   * it stops after the part that is under way.
   */
  async drive(
    run: LongRun,
    step: (position: string) => Promise<string | null>,
    onProgress: (run: LongRun) => void,
  ): Promise<LongRun> {
    for (let { position } = run; !this.isStopping;) {
      const at = await step(position);
      await this.writer.write(({ sql }) =>
        at === null
          ? sql.run("update long_run set status = 'finished', finished_at = ? where run_id = ?", [
              this.clock.nowMs(),
              run.runId,
            ])
          : sql.run('update long_run set position = ? where run_id = ?', [at, run.runId]),
      );
      const now = (await this.find(run.kind, run.runId))!;
      onProgress(now);
      if (at === null) return now;
      position = at;
    }
    return run;
  }

  /** Lets work on a run go on after the answer, unless this process has it under way. */
  goOn({ runId }: LongRun, work: () => Promise<unknown>): void {
    if (this.underWay.has(runId)) return;
    // A run that fails stays open: starting it again goes on where it was.
    const end = work()
      .catch(() => undefined)
      .finally(() => this.underWay.delete(runId));
    this.underWay.set(runId, end);
  }

  /** Resolves when the run that this process has under way has ended. */
  async ended(runId: string): Promise<void> {
    await this.underWay.get(runId);
  }

  /** What is under way ends with its part; another start goes on there. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.underWay.values());
  }

  /** A run of this kind, or null. The id is a UUID. */
  async find(kind: LongRunKind, runId: string): Promise<LongRun | null> {
    const [run] = await this.reader.sql.rows<LongRun>(`${SELECT} where r.kind = ? and r.run_id = ?`, [kind, runId]);
    return run ?? null;
  }

  /** The finished run of this kind that began last, or null: what it looked at need not be looked at again. */
  async lastFinished(kind: LongRunKind): Promise<LongRun | null> {
    const [run] = await this.reader.sql.rows<LongRun>(
      `${SELECT} where r.kind = ? and r.status = 'finished' order by r.started_at desc, r.run_id desc limit 1`,
      [kind],
    );
    return run ?? null;
  }
}
