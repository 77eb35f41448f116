import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { Committer } from '../ledger/committer.js';
import { MAX_POSTINGS } from '../ledger/domain/post-entry.js';
import type { Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import { Receipt } from '../platform/idempotency/receipt.js';
import { LongRuns, type LongRun } from '../platform/long-runs/long-runs.service.js';
import { recordDeeds } from '../audit/audit.port.js';
import { availableCredit, BEFORE_ALL, changedLearners, dueLearners } from './expiry.store.js';
import { EXPIRE_CREDIT } from './expire-credit.command.js';

/** Learners looked at together. */
const PAGE = 500;
/** Clocks of two processes may differ, and an entry may commit long after it was dated. */
const MARGIN_MS = 86_400_000;

/** Where a run is: among the days that ended since the last run, or among the books that changed since. */
interface Place {
  part: 'due' | 'changed';
  validUntil: string;
  learnerId: string;
}

const START: Place = { part: 'due', validUntil: '', learnerId: BEFORE_ALL };

/** Lets credit expire, learner by learner, through the one way into the book. */
@Injectable()
export class ExpireCredit {
  constructor(
    private readonly reader: Reader,
    private readonly committer: Committer,
    private readonly runs: LongRuns,
    private readonly onceWriter: OnceWriter,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs to the end: every lot whose last day is before `day` (today unless said) has nothing available any more. A run
   * of that day that was stopped goes on where it was. Refuses a day in the future with `as-of-in-future`.
   */
  async run(caller: Caller, day?: string, onProgress: (run: LongRun) => void = () => undefined): Promise<LongRun> {
    return this.drive(caller, await this.runs.open('expiry', this.runs.dayOf(day)), onProgress);
  }

  /** Starts the same in the background; the answer says which run to ask for. */
  async start(caller: Caller, once: OnceKey, day?: string): Promise<Receipt<LongRun>> {
    const through = this.runs.dayOf(day);
    const receipt = await this.onceWriter.run(once, async ({ sql }) => {
      const run = await this.runs.open('expiry', through, sql);
      await recordDeeds(sql, [{ caller, action: 'start-expiry-run', subject: run.runId }], this.clock.nowMs());
      return run;
    });
    const { answer: run } = receipt;
    if (!receipt.replayed) this.runs.goOn(run, () => this.drive(caller, run, () => undefined));
    return receipt;
  }

  /** A run and how far it is, or null. */
  find(runId: string): Promise<LongRun | null> {
    return this.runs.find('expiry', runId);
  }

  private async drive(caller: Caller, run: LongRun, onProgress: (run: LongRun) => void): Promise<LongRun> {
    const last = await this.runs.lastFinished('expiry');
    const from = last && last.throughDay < run.throughDay ? last.throughDay : last ? run.throughDay : '';
    const sinceMs = last ? last.startedAt - MARGIN_MS : null;
    const step = async (position: string) => {
      const place = position === '' ? START : (JSON.parse(position) as Place);
      const next =
        place.part === 'due'
          ? await this.expireDue(caller, run, from, place)
          : await this.expireChanged(caller, run, sinceMs!, place);
      if (next) return JSON.stringify(next);
      if (place.part === 'changed' || sinceMs === null) return null;
      return JSON.stringify({ part: 'changed', validUntil: '', learnerId: BEFORE_ALL } satisfies Place);
    };
    return this.runs.drive(run, step, onProgress);
  }

  /** Credit whose last day has come since the last finished run; of all days where there was none. */
  private async expireDue(caller: Caller, run: LongRun, from: string, after: Place): Promise<Place | null> {
    const due = await dueLearners(this.reader.sql, { from, to: run.throughDay }, after, PAGE);
    await this.expireOf(caller, run, [...new Set(due.map(({ learnerId }) => learnerId))]);
    const last = due.at(-1);
    return last && due.length === PAGE ? { part: 'due', ...last } : null;
  }

  /** Credit that came back, or came in late, after its last day: only in books that changed since the last finished run. */
  private async expireChanged(caller: Caller, run: LongRun, sinceMs: number, after: Place): Promise<Place | null> {
    const changed = await changedLearners(this.reader.sql, sinceMs, after.learnerId, PAGE);
    await this.expireOf(caller, run, changed);
    return changed.length === PAGE ? { ...after, learnerId: changed.at(-1)! } : null;
  }

  private async expireOf(caller: Caller, { runId, throughDay: day }: LongRun, learnerIds: string[]): Promise<void> {
    const credit = await availableCredit(this.reader.sql, learnerIds);
    const lots = new Map<string, number>();
    for (const { learnerId, validUntil } of credit) {
      if (validUntil !== null && validUntil < day) lots.set(learnerId, (lots.get(learnerId) ?? 0) + 1);
    }
    await Promise.all(
      [...lots].map(async ([learnerId, count]) => {
        for (let left = count; left > 0; left -= MAX_POSTINGS) {
          const outcome = await this.committer.submit({
            kind: EXPIRE_CREDIT,
            learnerId,
            input: { runId, day },
            caller,
          });
          if (!(outcome instanceof Refusal)) continue;
          // Somebody else was here first, or the account was closed meanwhile.
          if (outcome.code === 'nothing-to-book' || outcome.code === 'account-closed') return;
          throw outcome;
        }
      }),
    );
  }
}
