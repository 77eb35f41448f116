import { Injectable } from '@nestjs/common';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Statements } from '../ledger/statements.service.js';
import { Reader } from '../platform/database/data-sources.js';
import { Policies } from '../policy/policy.port.js';
import { benefitStandings, ladderStandings, type BenefitStanding, type LadderStanding } from './domain/honours.js';
import { RewardedVisits } from './rewarded-visits.service.js';

/** A learner's points, hours, honours and what they may have. */
export interface Honours {
  points: number;
  /** Study time of all live visits. */
  studySeconds: number;
  ladders: LadderStanding[];
  benefits: BenefitStanding[];
}

/** Reads where a learner stands by today's rules. Books nothing. */
@Injectable()
export class ReadHonours {
  constructor(
    private readonly reader: Reader,
    private readonly visits: RewardedVisits,
    private readonly statements: Statements,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /** Refuses with `not-found` when there is no such account. */
  async run(learnerId: string): Promise<Honours> {
    const { points } = await this.statements.statement(learnerId);
    const pack = this.policies.inForceOn(shanghaiDay(this.clock.nowMs()));
    const visits = await this.visits.of(this.reader.sql, [{ learnerId }]);
    const studySeconds = visits.reduce((sum, { seconds }) => sum + seconds, 0);
    return {
      points,
      studySeconds,
      ladders: ladderStandings(pack, visits),
      benefits: benefitStandings(pack.rewards.benefits, points, studySeconds),
    };
  }
}
