import { Injectable } from '@nestjs/common';
import { ReplayAwards } from '../certificates/certificates.port.js';
import { LearnerGroups, type LearnerGroup } from '../learners/learners.port.js';
import { Reader } from '../platform/database/data-sources.js';
import { ageBandOf } from '../policy/domain/age-bands.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { pathOfCode } from '../providers/providers.port.js';
import { DifferenceTally, type DifferenceReport } from './domain/difference-report.js';
import { requirePeriod, type Period } from './domain/period.js';
import { otherEntries } from './other-entries.store.js';
import { ReplayLearners } from './replay-learners.service.js';

/** Learners looked at together; nothing of them is kept but sums. */
const PAGE = 200;
/** Documents without a birth date. */
const UNKNOWN_AGE = 'unknown';

/** How far it is, and at last the report. */
export type WhatIfLine = { progress: { learners: number; of: number } } | { report: DifferenceReport };

/**
 * Tries a draft on the past: what each learner did lives again twice, once under the rules that decided it and once with the
 * draft in force in the period. Reads only, in constant memory.
 */
@Injectable()
export class WhatIf {
  constructor(
    private readonly replays: ReplayLearners,
    private readonly awards: ReplayAwards,
    private readonly groups: LearnerGroups,
    private readonly reader: Reader,
  ) {}

  /** Progress after each page of learners, then the report. Refuses a period that ends before it begins. */
  async *run(draft: PolicyPack, period: Period): AsyncGenerator<WhatIfLine> {
    requirePeriod(period);
    const tally = new DifferenceTally();
    const of = await this.groups.count();
    let learners = 0;
    let after: string | null = null;
    for (;;) {
      const page: LearnerGroup[] = await this.groups.after(after, PAGE);
      await this.addPage(tally, draft, period, page);
      learners += page.length;
      yield { progress: { learners, of } };
      if (page.length < PAGE) break;
      after = page.at(-1)!.learnerId;
    }
    yield { report: tally.report() };
  }

  private async addPage(
    tally: DifferenceTally,
    draft: PolicyPack,
    period: Period,
    page: LearnerGroup[],
  ): Promise<void> {
    const learnerIds = page.map(({ learnerId }) => learnerId);
    for (const { kind } of await otherEntries(this.reader.sql, learnerIds, period)) tally.leaveOut(kind);
    tally.addAwards(await this.awards.of(learnerIds, draft, period));
    const replays = await this.replays.of(learnerIds, draft, period);
    for (const { learnerId, unitCode, birthYear } of page) {
      const { isTried, keptAsReviewed, points, conversions, ...difference } = replays.get(learnerId)!;
      for (let kept = 0; kept < keptAsReviewed; kept += 1) tally.leaveOut('recognition');
      tally.addConversions(conversions);
      tally.addPoints(points);
      if (!isTried) continue;
      tally.add({
        learnerId,
        units: pathOfCode(unitCode),
        ageBand: bandOf(draft, period, birthYear),
        ...difference,
      });
    }
  }
}

function bandOf({ ageBandsUpTo }: PolicyPack, { to }: Period, birthYear: number | null): string {
  return birthYear === null ? UNKNOWN_AGE : ageBandOf(ageBandsUpTo, Math.max(0, Number(to.slice(0, 4)) - birthYear));
}
