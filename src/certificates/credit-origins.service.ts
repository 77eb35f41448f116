import { Injectable } from '@nestjs/common';
import type { OutcomeFacts } from '../kernel/outcome.js';
import { foldLots } from '../ledger/domain/lots.js';
import { readEntries } from '../ledger/ledger.port.js';
import { LotSources } from '../ledger/lot-sources.port.js';
import type { Sql } from '../platform/database/sql.js';
import type { Source } from './domain/snapshot.js';
import { Provenance } from './provenance.service.js';

/** Where all credit of a learner came from. */
export interface Origins {
  /** As documents name it, by lot. */
  sources: Map<number, Source>;
  /** As rules ask of it, by lot. */
  outcomes: Map<number, OutcomeFacts>;
}

/** Reads, inside the award's transaction, everything that the rules and the document want to know of a learner's credit. */
@Injectable()
export class CreditOrigins {
  constructor(
    private readonly provenance: Provenance,
    private readonly lotSources: LotSources,
  ) {}

  /** Both by lot number; empty for an empty book. */
  async of(sql: Sql, learnerId: string): Promise<Origins> {
    const all = { from: 1, through: Number.MAX_SAFE_INTEGER, limit: Number.MAX_SAFE_INTEGER };
    const entries = (await readEntries(sql, learnerId, all)).reverse();
    const lots = [...foldLots(entries.flatMap(({ postings }) => postings)).values()];
    return {
      sources: await this.provenance.ofLots(sql, lots, entries),
      outcomes: await this.lotSources.of(sql, learnerId, lots),
    };
  }
}
