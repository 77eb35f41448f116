import { Injectable } from '@nestjs/common';
import { toIsoInstant } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { CommandKind } from '../ledger/book-command.js';
import { readEntry, readReversals } from '../ledger/ledger.port.js';
import { Committer } from '../ledger/committer.js';
import { entryId, type Entry } from '../ledger/domain/entry.js';
import { planReversal } from '../ledger/domain/plan-reversal.js';
import type { Caller } from '../platform/auth/caller.js';
import type { InsertTarget } from '../platform/database/sql.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { Receipt } from '../platform/idempotency/receipt.js';
import { Documents } from './documents.service.js';

const INSERT_REVOCATION: InsertTarget = {
  table: 'document_revocation',
  columns: ['learner_id', 'serial', 'version', 'reason', 'revoked_at'],
};

interface RevocationInput {
  serial: string;
  /** Version of the award. */
  version: number;
  reason: string;
}

/** A certificate that no longer counts. */
export interface RevocationReceipt {
  serial: string;
  /** The reversal that gave the lots back. */
  entryId: string;
  revokedAt: number;
}

/** Award and, when it was undone before, the time of that. */
type Facts = Map<string, { award: Entry; revokedAt: number | null }>;

const REVOKE: CommandKind<RevocationInput, Facts, RevocationReceipt> = {
  action: 'revoke-certificate',
  needsLots: true,
  async loadFacts(sql, asked) {
    const facts: Facts = new Map();
    for (const { learnerId, input } of asked) {
      const award = await readEntry(sql, learnerId, input.version);
      if (!award) throw new Error(`Certificate without its entry ${entryId(learnerId, input.version)}`);
      const reversedBy = (await readReversals(sql, learnerId)).get(input.version);
      const reversal = reversedBy === undefined ? null : await readEntry(sql, learnerId, reversedBy);
      facts.set(learnerId, { award, revokedAt: reversal?.recordedAt ?? null });
    }
    return facts;
  },
  decide({ serial, reason }, facts, { book, nowMs }) {
    const { award, revokedAt } = facts.get(book.learnerId)!;
    if (revokedAt !== null) throw new Refusal('certificate-already-revoked', { revokedAt: toIsoInstant(revokedAt) });
    return {
      draft: {
        kind: 'reversal',
        occurredAt: nowMs,
        subject: serial,
        policyVersion: award.policyVersion,
        reversesVersion: award.version,
        reason,
        postings: planReversal(book, award, null),
      },
      complete: (entry) => ({
        answer: { serial, entryId: entryId(entry.learnerId, entry.version), revokedAt: entry.recordedAt },
        rows: [
          { target: INSERT_REVOCATION, rows: [[entry.learnerId, serial, entry.version, reason, entry.recordedAt]] },
        ],
      }),
    };
  },
};

/** Revokes certificates: the lots return by reversal, the document stays and says so. */
@Injectable()
export class RevokeCertificate {
  constructor(
    private readonly committer: Committer,
    private readonly documents: Documents,
  ) {}

  /** Refuses with `not-found` or `certificate-already-revoked`. */
  async run(caller: Caller, once: OnceKey, serial: string, reason: string): Promise<Receipt<RevocationReceipt>> {
    const { learnerId, version, serial: known } = await this.documents.findKind('certificate', serial);
    return this.committer.run({ kind: REVOKE, learnerId, input: { serial: known, version, reason }, caller, once });
  }
}
