import { Injectable } from '@nestjs/common';
import { Provenance, type TranscriptSnapshot } from '../certificates/certificates.port.js';
import { endOfDayMs } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { Statements } from '../ledger/statements.service.js';
import { LearnerRecords } from '../learners/learners.port.js';
import { Reader } from '../platform/database/data-sources.js';
import { creditTypeOf } from '../policy/domain/policy-pack.js';
import { Policies } from '../policy/policy.port.js';
import { transcriptLines, transcriptTotals } from './compose-transcript.js';

/** Puts a transcript together from the book. */
@Injectable()
export class BuildTranscript {
  constructor(
    private readonly statements: Statements,
    private readonly learners: LearnerRecords,
    private readonly provenance: Provenance,
    private readonly policies: Policies,
    private readonly reader: Reader,
  ) {}

  /** Everything recorded by the end of `asOf` and nothing after it. Refuses with `not-found`. */
  async run(learnerId: string, asOf: string, today: string, serial: string): Promise<TranscriptSnapshot> {
    const person = await this.learners.holder(learnerId);
    if (!person) throw new Refusal('not-found');
    const statement = await this.statements.statement(learnerId, endOfDayMs(asOf));
    const lots = await this.statements.lots(learnerId, statement.version);
    const entries = await this.statements.history(learnerId, statement.version);
    const pack = this.policies.inForceOn(today);
    const nameOf = (code: string) => creditTypeOf(pack, code)?.name ?? { zh: code, en: code };
    const { name, identityType, maskedIdentity } = person;
    return {
      kind: 'transcript',
      serial,
      issuer: pack.issuer,
      holder: { name, identityType, maskedIdentity },
      issuedOn: today,
      asOf,
      version: statement.version,
      ...transcriptTotals(statement, nameOf),
      lines: transcriptLines(lots, await this.provenance.ofLots(this.reader.sql, lots, entries)),
    };
  }
}
