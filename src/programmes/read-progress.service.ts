import { Injectable } from '@nestjs/common';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { policyVersion, programmeOf, type PolicyPack } from '../policy/domain/policy-pack.js';
import { type Programme } from '../policy/domain/programmes.js';
import { Policies } from '../policy/policy.port.js';
import { evaluateProgramme, type ProgrammeProgress } from './domain/evaluate-programme.js';
import { ReadLearnerCredit } from './read-learner-credit.service.js';
import { solve } from './solver.js';

/** A learner's progress towards one award, with the rules it was measured by. */
export interface LearnerProgress extends ProgrammeProgress {
  programme: Programme;
  policyVersion: string;
}

/** Reads where a learner stands. */
@Injectable()
export class ReadProgress {
  constructor(
    private readonly policies: Policies,
    private readonly credit: ReadLearnerCredit,
    private readonly clock: Clock,
  ) {}

  /** Progress by the rules in force today. Refuses with `programme-unknown`, or `not-found` for an unknown account. */
  async run(learnerId: string, programmeCode: string): Promise<LearnerProgress> {
    const today = shanghaiDay(this.clock.nowMs());
    const pack = this.policies.inForceOn(today);
    const programme = programmeOf(pack, programmeCode);
    if (!programme) throw new Refusal('programme-unknown', { programme: programmeCode });
    return (await this.evaluate(learnerId, pack, [programme], today))[0]!;
  }

  /** Progress towards every award of today's rules. */
  async all(learnerId: string): Promise<LearnerProgress[]> {
    const today = shanghaiDay(this.clock.nowMs());
    const pack = this.policies.inForceOn(today);
    return this.evaluate(learnerId, pack, pack.programmes, today);
  }

  private async evaluate(
    learnerId: string,
    pack: PolicyPack,
    programmes: Programme[],
    today: string,
  ): Promise<LearnerProgress[]> {
    const credit = await this.credit.run(learnerId);
    return programmes.map((programme) => ({
      programme,
      policyVersion: policyVersion(pack),
      ...evaluateProgramme({ programme, rules: pack, ...credit, today, solve }),
    }));
  }
}
