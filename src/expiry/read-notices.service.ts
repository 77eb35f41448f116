import { Injectable } from '@nestjs/common';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { groupBy } from '../kernel/group-by.js';
import { Statements } from '../ledger/statements.service.js';
import { Reader } from '../platform/database/data-sources.js';
import { Policies } from '../policy/policy.port.js';
import { addDays, expiringCredit, expiringLots, type ExpiringLot } from './domain/expire-lots.js';
import { availableCredit, BEFORE_ALL, dueLearners } from './expiry.store.js';

const PAGE = 500;

/** Tells whose credit ends soon. */
@Injectable()
export class ReadNotices {
  constructor(
    private readonly statements: Statements,
    private readonly policies: Policies,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /** A learner's credit that ends soon, by the notices of today's rules. Refuses with `not-found`. */
  async run(learnerId: string): Promise<{ noticeDays: number[]; lots: ExpiringLot[] }> {
    const today = shanghaiDay(this.clock.nowMs());
    const noticeDays = this.policies.inForceOn(today).expiryNoticeDays;
    const { version } = await this.statements.statement(learnerId);
    return { noticeDays, lots: expiringLots(await this.statements.lots(learnerId, version), today, noticeDays) };
  }

  /** Everybody's credit that ends within some days, page by page in order of its last day; those of the rules unless said. */
  async *all(noticeDays?: number[]): AsyncGenerator<(ExpiringLot & { learnerId: string })[]> {
    const today = shanghaiDay(this.clock.nowMs());
    const days = noticeDays ?? this.policies.inForceOn(today).expiryNoticeDays;
    if (days.length === 0) return;
    const range = { from: today, to: addDays(today, Math.max(...days) + 1) };
    let after = { validUntil: '', learnerId: BEFORE_ALL };
    for (;;) {
      const due = await dueLearners(this.reader.sql, range, after, PAGE);
      const learners = [...new Set(due.map(({ learnerId }) => learnerId))];
      const credit = groupBy(await availableCredit(this.reader.sql, learners), ({ learnerId }) => learnerId);
      yield due.flatMap(({ learnerId, validUntil }) => {
        const own = (credit.get(learnerId) ?? []).filter((each) => each.validUntil === validUntil);
        return expiringCredit(own, today, days).map((lot) => ({ ...lot, learnerId }));
      });
      const last = due.at(-1);
      if (!last || due.length < PAGE) return;
      after = last;
    }
  }
}
