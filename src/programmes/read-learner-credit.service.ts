import { Injectable } from '@nestjs/common';
import { readPlanningBook, type PlanningBook } from '../conversion/conversion.port.js';
import type { OutcomeFacts } from '../kernel/outcome.js';
import type { Lot } from '../ledger/domain/lots.js';
import { LotSources } from '../ledger/lot-sources.port.js';
import { Statements } from '../ledger/statements.service.js';
import { Reader } from '../platform/database/data-sources.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';

/** A learner's lots, and what was learnt for each. */
export interface LearnerCredit {
  lots: Lot[];
  sources: Map<number, OutcomeFacts>;
}

/** Reads what programmes are measured on. */
@Injectable()
export class ReadLearnerCredit {
  constructor(
    private readonly statements: Statements,
    private readonly lotSources: LotSources,
    private readonly reader: Reader,
  ) {}

  /** Refuses with `not-found` when there is no such account. */
  async run(learnerId: string): Promise<LearnerCredit> {
    const statement = await this.statements.statement(learnerId);
    const lots = await this.statements.lots(learnerId, statement.version);
    return { lots, sources: await this.lotSources.of(this.reader.sql, learnerId, lots) };
  }

  /** What conversions by the rules of `pack` would look at today. Refuses with `not-found`. */
  planningBook(learnerId: string, pack: PolicyPack, today: string): Promise<PlanningBook> {
    return readPlanningBook(this.reader.sql, this.lotSources, { learnerId, pack, today });
  }
}
