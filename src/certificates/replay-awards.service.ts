import { Injectable } from '@nestjs/common';
import { shanghaiDay } from '../kernel/clock.js';
import { groupBy } from '../kernel/group-by.js';
import { foldLots } from '../ledger/domain/lots.js';
import { readLotPostings } from '../ledger/ledger.port.js';
import { LotSources } from '../ledger/lot-sources.port.js';
import { Reader } from '../platform/database/data-sources.js';
import { programmeOf, type PolicyPack } from '../policy/domain/policy-pack.js';
import { evaluateProgramme, solve } from '../programmes/programmes.port.js';
import type { CertificateSnapshot } from './domain/snapshot.js';

/** What other rules say of certificates that were issued and not revoked. */
export interface AwardOutcome {
  looked: number;
  stillMet: number;
  noLongerMet: number;
  /** Their programme is not in the other rules. */
  programmeGone: number;
}

interface CertificateRow {
  learner_id: string;
  version: number;
  issued_at: number;
  snapshot: string;
}

const CERTIFICATES = `select d.learner_id, d.version, d.issued_at, d.snapshot from document d
  left join document_revocation r on r.learner_id = d.learner_id and r.serial = d.serial`;

/** Measures awards again, for whoever tries other rules on the past. Reads only. */
@Injectable()
export class ReplayAwards {
  constructor(
    private readonly reader: Reader,
    private readonly sources: LotSources,
  ) {}

  /**
   * Certificates of these learners issued on a day of the period: whether their programme, as `draft` has it, is met by the
   * credit the book had just before each. Many learners are read at once.
   */
  async of(learnerIds: string[], draft: PolicyPack, { from, to }: { from: string; to: string }): Promise<AwardOutcome> {
    const { sql } = this.reader;
    const rows = await sql.rowsByKeys<CertificateRow>(
      CERTIFICATES,
      ['d.learner_id'],
      learnerIds.map((learnerId) => [learnerId]),
      "and d.kind = 'certificate' and r.serial is null",
    );
    const issued = rows.filter(({ issued_at }) => from <= shanghaiDay(issued_at) && shanghaiDay(issued_at) <= to);
    const outcome: AwardOutcome = { looked: issued.length, stillMet: 0, noLongerMet: 0, programmeGone: 0 };
    if (issued.length === 0) return outcome;
    const byLearner = groupBy(issued, ({ learner_id }) => learner_id);
    const postingsOf = await readLotPostings(sql, [...byLearner.keys()]);
    const lotsOf = new Map([...postingsOf].map(([learnerId, some]) => [learnerId, [...foldLots(some).values()]]));
    const factsOf = await this.sources.ofMany(sql, lotsOf);
    for (const { learner_id, version, snapshot } of issued) {
      const { programme: said, issuedOn: today } = JSON.parse(snapshot) as CertificateSnapshot;
      const programme = programmeOf(draft, said.code);
      if (!programme) {
        outcome.programmeGone += 1;
        continue;
      }
      const before = (postingsOf.get(learner_id) ?? []).filter((posting) => posting.version < version);
      const lots = [...foldLots(before).values()];
      const sources = factsOf.get(learner_id) ?? new Map<number, never>();
      const { isMet } = evaluateProgramme({ programme, rules: draft, lots, sources, today, solve });
      outcome[isMet ? 'stillMet' : 'noLongerMet'] += 1;
    }
    return outcome;
  }
}
