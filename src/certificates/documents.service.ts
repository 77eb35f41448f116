import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { canonicalJson, sha256Hex } from '../kernel/canonical-json.js';
import { Refusal } from '../kernel/refusal.js';
import { requireOwnBook } from '../ledger/ledger.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import type { InsertTarget, SqlValue } from '../platform/database/sql.js';
import type { DocumentRevocationRow, DocumentRow } from './document.entity.js';
import { makeSerial, readSerial, type DocumentKind } from './domain/serial.js';
import type { Snapshot } from './domain/snapshot.js';

/** Columns that `documentRow` fills. */
export const INSERT_DOCUMENT: InsertTarget = {
  table: 'document',
  columns: ['learner_id', 'serial', 'kind', 'version', 'snapshot', 'snapshot_hash', 'issued_at'],
};

/** A document as it was frozen, with its state now. */
export interface IssuedDocument<T extends Snapshot = Snapshot> {
  learnerId: string;
  serial: string;
  snapshot: T;
  snapshotHash: string;
  issuedAt: number;
  version: number;
  revocation: { revokedAt: number; reason: string } | null;
}

/** A new serial of this kind. */
export function newSerial(kind: DocumentKind): string {
  return makeSerial(kind, randomBytes(16));
}

/** Row of a document, with its content in canonical form and hashed. */
export function documentRow(learnerId: string, version: number, snapshot: Snapshot, issuedAt: number): SqlValue[] {
  const text = canonicalJson(snapshot);
  return [learnerId, snapshot.serial, snapshot.kind, version, text, sha256Hex(text), issuedAt];
}

/** Reads issued documents. */
@Injectable()
export class Documents {
  constructor(private readonly reader: Reader) {}

  /** A document by its serial as somebody typed it. Refuses with `not-found`; a revoked one is found. */
  async find(typedSerial: string): Promise<IssuedDocument> {
    const serial = readSerial(typedSerial);
    const row = serial === null ? null : await this.reader.orm.findOneBy<DocumentRow>('document', { serial });
    if (!row) throw new Refusal('not-found');
    const { learnerId, snapshotHash, issuedAt, version } = row;
    const revoked = await this.reader.orm.findOneBy<DocumentRevocationRow>('document_revocation', {
      learnerId,
      serial: row.serial,
    });
    return {
      learnerId,
      serial: row.serial,
      snapshot: JSON.parse(row.snapshot) as Snapshot,
      snapshotHash,
      issuedAt,
      version,
      revocation: revoked ? { revokedAt: revoked.revokedAt, reason: revoked.reason } : null,
    };
  }

  /** The same for one kind only. */
  async findKind<K extends DocumentKind>(
    kind: K,
    typedSerial: string,
  ): Promise<IssuedDocument<Extract<Snapshot, { kind: K }>>> {
    const found = await this.find(typedSerial);
    if (found.snapshot.kind !== kind) throw new Refusal('not-found');
    return found as IssuedDocument<Extract<Snapshot, { kind: K }>>;
  }

  /** The same for who may read it: its holder and the staff. To another learner it looks like none (`not-found`). */
  async findFor<K extends DocumentKind>(
    caller: Caller,
    kind: K,
    typedSerial: string,
  ): Promise<IssuedDocument<Extract<Snapshot, { kind: K }>>> {
    const found = await this.findKind(kind, typedSerial);
    requireOwnBook(caller, found.learnerId);
    return found;
  }

  /** Documents of one learner, newest first, without their content. */
  async ofLearner(
    learnerId: string,
  ): Promise<{ serial: string; kind: DocumentKind; issuedAt: number; isRevoked: boolean }[]> {
    const rows = await this.reader.sql.rows<{
      serial: string;
      kind: DocumentKind;
      issued_at: number;
      revoked_at: number | null;
    }>(
      'select d.serial, d.kind, d.issued_at, r.revoked_at from document d left join document_revocation r on r.learner_id = d.learner_id and r.serial = d.serial where d.learner_id = ? order by d.issued_at desc, d.serial',
      [learnerId],
    );
    return rows.map((row) => ({
      serial: row.serial,
      kind: row.kind,
      issuedAt: row.issued_at,
      isRevoked: row.revoked_at !== null,
    }));
  }
}
