import { Injectable } from '@nestjs/common';
import { groupBy } from '../kernel/group-by.js';
import type { Difference } from '../ledger/domain/audit-book.js';
import { entryId } from '../ledger/domain/entry.js';
import { readReversals } from '../ledger/ledger.port.js';
import { Reader } from '../platform/database/data-sources.js';
import { duePoints, totalPoints } from './domain/points.js';
import { learnersAfter, pointDaysOf, type PointDay } from './point-days.store.js';
import { RewardedVisits } from './rewarded-visits.service.js';

const PAGE = 200;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

const BOOKED = `select e.learner_id as "learnerId", e.subject as "day", max(e.version) as version,
  cast(sum(case when p.destination = 'points' then p.amount else -p.amount end) as bigint) as points
  from journal_entry e join posting p on p.learner_id = e.learner_id and p.version = e.version`;

/** Looks at every day with points: booked as the projection says, and worth what its live visits are. Reads only. */
@Injectable()
export class VerifyRewards {
  constructor(
    private readonly reader: Reader,
    private readonly visits: RewardedVisits,
  ) {}

  /** Names every difference. Days whose visits changed after they were settled wait for the next settlement. */
  async run(onDifference: (difference: Difference) => void): Promise<void> {
    let after = BEFORE_ALL;
    for (;;) {
      const learners = await learnersAfter(this.reader.sql, after, PAGE, null);
      await this.verifyLearners(learners, onDifference);
      if (learners.length < PAGE) return;
      after = learners.at(-1)!;
    }
  }

  private async verifyLearners(learners: string[], onDifference: (difference: Difference) => void): Promise<void> {
    const { sql } = this.reader;
    const keys = learners.map((id) => [id]);
    const nameOf = ({ learnerId, day }: { learnerId: string; day: string }) => `${learnerId} ${day}`;
    const settled = await pointDaysOf(sql, learners);
    const booked = await sql.rowsByKeys<{ learnerId: string; day: string; version: number; points: number }>(
      BOOKED,
      ['e.learner_id'],
      keys,
      "and e.kind in ('reward', 'adjustment') and p.unit = 'point' group by e.learner_id, e.subject",
    );
    const inBook = new Map(booked.map((row) => [nameOf(row), row]));
    for (const day of settled) {
      const entry = inBook.get(nameOf(day));
      inBook.delete(nameOf(day));
      if (entry?.points !== day.points || entry.version !== day.version) {
        const what = `${day.points} points stand for ${day.day}, its entries say ${entry?.points ?? 0}`;
        onDifference({ where: entryId(day.learnerId, day.version), what });
      }
    }
    for (const { learnerId, day, version } of inBook.values())
      onDifference({ where: entryId(learnerId, version), what: `points of ${day} that no settlement knows` });
    if (settled.length === 0) return;

    const owners = [...new Set(settled.map(({ learnerId }) => learnerId))];
    const visits = groupBy(
      await this.visits.of(
        sql,
        owners.map((learnerId) => ({ learnerId })),
      ),
      nameOf,
    );
    for (const day of settled) {
      const due = totalPoints(duePoints(visits.get(nameOf(day)) ?? []));
      if (due === day.points || (await this.hasChanged(day))) continue;
      const what = `${day.points} points were given for ${day.day}, its visits are worth ${due}`;
      onDifference({ where: entryId(day.learnerId, day.version), what });
    }
  }

  /** True when a visit of the day was posted, undone or brought back after its points were booked. */
  private async hasChanged({ learnerId, day, version }: PointDay): Promise<boolean> {
    const { sql } = this.reader;
    const visits = await sql.rows<{ version: number }>(
      'select version from attendance where learner_id = ? and activity_day = ?',
      [learnerId, day],
    );
    const reversals = await readReversals(sql, learnerId);
    const lastWord = (entry: number): number => {
      const reversedBy = reversals.get(entry);
      return reversedBy === undefined ? entry : lastWord(reversedBy);
    };
    return visits.some((visit) => lastWord(visit.version) > version);
  }
}
