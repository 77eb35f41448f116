import { Injectable } from '@nestjs/common';
import { Clock, endOfDayMs, shanghaiDay } from '../kernel/clock.js';
import { groupBy } from '../kernel/group-by.js';
import { Refusal } from '../kernel/refusal.js';
import { Committer } from '../ledger/committer.js';
import type { Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import { LongRuns, type LongRun } from '../platform/long-runs/long-runs.service.js';
import { duePoints, totalPoints } from './domain/points.js';
import { learnersAfter, pointDaysOf } from './point-days.store.js';
import { RewardedVisits } from './rewarded-visits.service.js';
import { SETTLE_POINTS } from './settle-points.command.js';

/** Learners looked at together. */
const PAGE = 200;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
const DAY_MS = 86_400_000;

/** Gives every learner the points of their live visits, day by day. */
@Injectable()
export class SettlePoints {
  constructor(
    private readonly reader: Reader,
    private readonly committer: Committer,
    private readonly runs: LongRuns,
    private readonly visits: RewardedVisits,
    private readonly clock: Clock,
  ) {}

  /**
   * Settles every day through `day` (yesterday unless said) in which something changed since the last finished run.
   * A run that was stopped goes on. Refuses a day in the future with `as-of-in-future`.
   */
  async run(caller: Caller, day?: string, onProgress: (run: LongRun) => void = () => undefined): Promise<LongRun> {
    const run = await this.runs.open('points', this.runs.dayOf(day ?? shanghaiDay(this.clock.nowMs() - DAY_MS)));
    const last = await this.runs.lastFinished('points');
    // A visit is recorded after it took place: what is later than the last run's day was recorded after that day began.
    const sinceMs = last ? Math.min(last.startedAt, endOfDayMs(last.throughDay)) - DAY_MS : null;
    return this.runs.drive(
      run,
      (position) => this.settlePage(caller, run, position || BEFORE_ALL, sinceMs),
      onProgress,
    );
  }

  private async settlePage(
    caller: Caller,
    run: LongRun,
    after: string,
    sinceMs: number | null,
  ): Promise<string | null> {
    const learners = await learnersAfter(this.reader.sql, after, PAGE, sinceMs);
    const days = await this.unsettledDays(learners, run.throughDay);
    await Promise.all(days.map(({ learnerId, day }) => this.settle(caller, run.runId, learnerId, day)));
    return learners.length === PAGE ? learners.at(-1)! : null;
  }

  /** Days whose points are not what their visits are worth. Decided once more when they are booked. */
  private async unsettledDays(learners: string[], through: string): Promise<{ learnerId: string; day: string }[]> {
    const { sql } = this.reader;
    const keyOf = ({ learnerId, day }: { learnerId: string; day: string }) => `${learnerId} ${day}`;
    const visits = groupBy(
      await this.visits.of(
        sql,
        learners.map((learnerId) => ({ learnerId })),
      ),
      keyOf,
    );
    const booked = new Map((await pointDaysOf(sql, learners)).map((row) => [keyOf(row), row.points]));
    return [...new Set([...visits.keys(), ...booked.keys()])].sort().flatMap((key) => {
      const [learnerId, day] = key.split(' ') as [string, string];
      const due = totalPoints(duePoints(visits.get(key) ?? []));
      return day <= through && due !== (booked.get(key) ?? 0) ? [{ learnerId, day }] : [];
    });
  }

  private async settle(caller: Caller, runId: string, learnerId: string, day: string): Promise<void> {
    const outcome = await this.committer.submit({
      kind: SETTLE_POINTS,
      learnerId,
      input: { runId, day, visits: this.visits },
      caller,
    });
    if (!(outcome instanceof Refusal)) return;
    if (outcome.code !== 'nothing-to-book' && outcome.code !== 'account-closed') throw outcome;
  }
}
