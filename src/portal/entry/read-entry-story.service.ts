import { Injectable } from '@nestjs/common';
import { Provenance, type Source } from '../../certificates/certificates.port.js';
import { ReadConversion, sayCheck } from '../../conversion/conversion.port.js';
import { Refusal } from '../../kernel/refusal.js';
import { entryId } from '../../ledger/domain/entry.js';
import { Statements, type StatedEntry } from '../../ledger/statements.service.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import { Policies } from '../../policy/policy.port.js';
import { SessionCatalogue, type CourseFacts, type SessionFacts } from '../../providers/providers.port.js';

/** An entry with everything that explains it. */
export interface EntryStory {
  entry: StatedEntry;
  /** The entry at the bottom of a chain of reversals; the entry itself where it undoes none. */
  root: StatedEntry;
  /** False once it was undone and that was not undone in turn. */
  isLive: boolean;
  source: Source | undefined;
  /** What the root was a visit to. */
  session: SessionFacts | null;
  /** Where the session was: names of the units from the city down. Empty without a session. */
  unitNames: string[];
  /** What the root says was passed. */
  course: CourseFacts | null;
  /** The rules that decided; null where none did. */
  pack: PolicyPack | null;
  /** What every check of a conversion compared; empty for all other entries, and for what undoes one. */
  checks: Named[];
  /** Versions of the entries that brought the lots of the postings in. */
  lotOrigins: Map<number, number>;
}

/** Gathers what explains an entry. */
@Injectable()
export class ReadEntryStory {
  constructor(
    private readonly statements: Statements,
    private readonly provenance: Provenance,
    private readonly catalogue: SessionCatalogue,
    private readonly policies: Policies,
    private readonly conversions: ReadConversion,
  ) {}

  /** Refuses with `not-found`. */
  async run(learnerId: string, version: number): Promise<EntryStory> {
    const entry = await this.statements.entry(learnerId, version);
    if (!entry) throw new Refusal('not-found');
    const root = await this.rootOf(entry);
    const subject = root.subject ?? '';
    const lots = await this.statements.lots(learnerId);
    const session = root.kind === 'attendance' ? await this.catalogue.byId(subject) : null;
    return {
      entry,
      root,
      isLive: await this.isLive(entry),
      source: (await this.provenance.of([root])).get(root.version),
      session,
      unitNames: session ? await this.catalogue.unitNames(session.unitCode) : [],
      course: root.kind === 'completion' ? await this.catalogue.courseById(subject) : null,
      pack: entry.policyVersion === null ? null : this.policies.byVersion(entry.policyVersion),
      checks: await this.checksOf(entry),
      lotOrigins: new Map(lots.map((lot) => [lot.lot, lot.version])),
    };
  }

  private async checksOf({ kind, learnerId, version }: StatedEntry): Promise<Named[]> {
    if (!['conversion', 'hold', 'release'].includes(kind)) return [];
    const { decision } = await this.conversions.run(entryId(learnerId, version));
    return decision.checks.map(sayCheck);
  }

  private async rootOf(entry: StatedEntry): Promise<StatedEntry> {
    if (entry.reversesVersion === null) return entry;
    const below = await this.statements.entry(entry.learnerId, entry.reversesVersion);
    return below ? this.rootOf(below) : entry;
  }

  private async isLive({ learnerId, reversedByVersion }: StatedEntry): Promise<boolean> {
    if (reversedByVersion === null) return true;
    const reversal = await this.statements.entry(learnerId, reversedByVersion);
    return reversal === null || !(await this.isLive(reversal));
  }
}
