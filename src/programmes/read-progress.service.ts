import { Injectable } from '@nestjs/common';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { LotSources } from '../ledger/lot-sources.port.js';
import { Statements } from '../ledger/statements.service.js';
import { Reader } from '../platform/database/data-sources.js';
import { policyVersion, programmeOf, type PolicyPack } from '../policy/domain/policy-pack.js';
import { type Programme } from '../policy/domain/programmes.js';
import { Policies } from '../policy/policy.port.js';
import { evaluateProgramme, type ProgrammeProgress } from './domain/evaluate-programme.js';
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
    private readonly statements: Statements,
    private readonly lotSources: LotSources,
    private readonly reader: Reader,
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
    await this.statements.statement(learnerId);
    const lots = await this.statements.lots(learnerId);
    const sources = await this.lotSources.of(this.reader.sql, learnerId, lots);
    return programmes.map((programme) => ({
      programme,
      policyVersion: policyVersion(pack),
      ...evaluateProgramme({ programme, rules: pack, lots, sources, today, solve }),
    }));
  }
}
