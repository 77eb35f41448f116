import { Injectable } from '@nestjs/common';
import { recordDeeds } from '../audit/audit.port.js';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { Committer } from '../ledger/committer.js';
import type { Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { LongRuns, type LongRun } from '../platform/long-runs/long-runs.service.js';
import { BEFORE_ALL_HOLDS, lapsedHolds, type LapsedHold } from './holds.store.js';
import { RELEASE_LAPSED_HOLD } from './release-lapsed-hold.command.js';

/** Holds looked at together. */
const PAGE = 200;

/** Gives lapsed holds back, hold by hold, through the one way into the book. */
@Injectable()
export class ReleaseHolds {
  constructor(
    private readonly reader: Reader,
    private readonly committer: Committer,
    private readonly runs: LongRuns,
    private readonly onceWriter: OnceWriter,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs to the end: no conversion waits any more whose last day is before `day` (today unless said). A run of that day
   * that was stopped goes on where it was. Refuses a day in the future with `as-of-in-future`.
   */
  async run(caller: Caller, day?: string, onProgress: (run: LongRun) => void = () => undefined): Promise<LongRun> {
    return this.drive(caller, await this.runs.open('holds', this.runs.dayOf(day)), onProgress);
  }

  /** Starts the same in the background; the answer says which run to ask for. */
  async start(caller: Caller, once: OnceKey, day?: string): Promise<Receipt<LongRun>> {
    const through = this.runs.dayOf(day);
    const receipt = await this.onceWriter.run(once, async ({ sql }) => {
      const run = await this.runs.open('holds', through, sql);
      await recordDeeds(sql, [{ caller, action: 'start-hold-release-run', subject: run.runId }], this.clock.nowMs());
      return run;
    });
    const { answer: run } = receipt;
    if (!receipt.replayed) this.runs.goOn(run, () => this.drive(caller, run, () => undefined));
    return receipt;
  }

  /** A run and how far it is, or null. */
  find(runId: string): Promise<LongRun | null> {
    return this.runs.find('holds', runId);
  }

  private drive(caller: Caller, run: LongRun, onProgress: (run: LongRun) => void): Promise<LongRun> {
    const step = async (position: string) => {
      const after = position === '' ? BEFORE_ALL_HOLDS : (JSON.parse(position) as LapsedHold);
      const holds = await lapsedHolds(this.reader.sql, run.throughDay, after, PAGE);
      await Promise.all(holds.map((hold) => this.release(caller, run, hold)));
      return holds.length === PAGE ? JSON.stringify(holds.at(-1)!) : null;
    };
    return this.runs.drive(run, step, onProgress);
  }

  private async release(caller: Caller, run: LongRun, { learnerId, version }: LapsedHold): Promise<void> {
    const input = { runId: run.runId, version, day: run.throughDay };
    const outcome = await this.committer.submit({ kind: RELEASE_LAPSED_HOLD, learnerId, input, caller });
    // Somebody else was here first.
    if (outcome instanceof Refusal && outcome.code !== 'nothing-to-book') throw outcome;
  }
}
