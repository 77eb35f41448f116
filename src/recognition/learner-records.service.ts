import { Injectable } from '@nestjs/common';
import { PassedCourses } from '../attendance/attendance.port.js';
import { LotSources } from '../ledger/lot-sources.port.js';
import type { Sql } from '../platform/database/sql.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import type { CountedHere } from './domain/decide-worth.js';
import type { StandardCredit } from './domain/recognition-case.js';
import { countedOutcomes } from './recognition-facts.js';

/** Tells what a learner has learnt already, as far as it bears on what is about to be recognised. */
@Injectable()
export class LearnerRecords {
  constructor(
    private readonly sources: LotSources,
    private readonly passedCourses: PassedCourses,
  ) {}

  /** What counts but for what is about to be replaced, and passed courses where the pack refuses a second one of a title. */
  async of(
    sql: Sql,
    learnerId: string,
    pack: PolicyPack,
    replaced: StandardCredit | null = null,
  ): Promise<CountedHere> {
    const earlier = await countedOutcomes(sql, learnerId, this.sources, replaced);
    const asksTitles = pack.titleRules.whenDuplicate === 'refuse';
    return { earlier, passed: asksTitles ? await this.passedCourses.titlesOf(sql, learnerId) : [] };
  }
}
