import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { recordDeeds } from '../audit/audit.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { Writer } from '../platform/database/writer.js';
import { toPage, type Page } from '../platform/http/paging.js';
import { LearnerRecords } from './learner-records.service.js';
import { toLearnerSummary, type LearnerSummaryResponse } from './learner.response.js';

/** Lists learners, page by page in the order of their ids, which is the order of opening. */
@Injectable()
export class ListLearners {
  constructor(
    private readonly records: LearnerRecords,
    private readonly writer: Writer,
    private readonly clock: Clock,
  ) {}

  /** One page after `afterId`. Names are shown, so the look is in the audit (DOMAIN GOV-2). */
  async run(caller: Caller, afterId: string | null, limit: number): Promise<Page<LearnerSummaryResponse>> {
    const holders = await this.records.holdersAfter(afterId, limit + 1);
    const page = toPage(holders, limit, ({ learnerId }) => [learnerId], toLearnerSummary);
    const deed = { caller, action: 'list-learners', subject: `${page.items.length} learners` };
    await this.writer.write(({ sql }) => recordDeeds(sql, [deed], this.clock.nowMs()));
    return page;
  }
}
