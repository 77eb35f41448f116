import { Injectable } from '@nestjs/common';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { readLotsOf } from '../ledger/ledger.port.js';
import { LotSources } from '../ledger/lot-sources.port.js';
import { Reader } from '../platform/database/data-sources.js';
import { programmeOf } from '../policy/domain/policy-pack.js';
import { Policies } from '../policy/policy.port.js';
import { evaluateProgramme, type ProgrammeProgress } from './domain/evaluate-programme.js';
import { solve } from './solver.js';

/** Learners read at once: memory stays that of one page. */
const PAGE = 500;

/** One learner measured against a programme. */
export interface LearnerEvaluation {
  learnerId: string;
  progress: ProgrammeProgress;
}

/** Measures every learner of the bank against one programme, page after page in order of id. */
@Injectable()
export class EvaluateAll {
  constructor(
    private readonly policies: Policies,
    private readonly lotSources: LotSources,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /**
   * Evaluations by the rules in force today, of learners after `after`. Three queries a page, and one more for a learner
   * whose credit a feature must look up. Refuses with `programme-unknown`.
   */
  async *run(programmeCode: string, after: string): AsyncGenerator<LearnerEvaluation[]> {
    const today = shanghaiDay(this.clock.nowMs());
    const pack = this.policies.inForceOn(today);
    const programme = programmeOf(pack, programmeCode);
    if (!programme) throw new Refusal('programme-unknown', { programme: programmeCode });
    const { sql } = this.reader;
    for (let last = after; ;) {
      const rows = await sql.rows<{ learner_id: string }>(
        'select learner_id from learning_account where learner_id > ? order by learner_id limit ?',
        [last, PAGE],
      );
      if (rows.length === 0) return;
      const learnerIds = rows.map(({ learner_id }) => learner_id);
      const lotsOf = await readLotsOf(sql, learnerIds);
      const sourcesOf = await this.lotSources.ofMany(sql, lotsOf);
      yield learnerIds.map((learnerId) => {
        const lots = lotsOf.get(learnerId) ?? [];
        const sources = sourcesOf.get(learnerId) ?? new Map<number, never>();
        return { learnerId, progress: evaluateProgramme({ programme, rules: pack, lots, sources, today, solve }) };
      });
      last = learnerIds.at(-1)!;
    }
  }
}
