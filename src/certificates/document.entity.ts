import type { EntitySpec } from '../platform/database/columns.js';
import type { DocumentKind } from './domain/serial.js';

/** An issued certificate or transcript: its frozen content and the hash of it. Never changed, never deleted. */
export interface DocumentRow {
  learnerId: string;
  serial: string;
  kind: DocumentKind;
  /** Version of the award's entry; the last entry counted for a transcript. */
  version: number;
  /** Canonical JSON (RFC 8785) of the snapshot. */
  snapshot: string;
  /** SHA-256 of `snapshot`, hexadecimal. */
  snapshotHash: string;
  issuedAt: number;
}

/** Documents by learner and serial; the database refuses to change or delete one. */
export const documentEntity: EntitySpec<DocumentRow> = {
  table: 'document',
  columns: {
    learnerId: 'id',
    serial: 'text',
    kind: 'text',
    version: 'int',
    snapshot: 'text',
    snapshotHash: 'text',
    issuedAt: 'int',
  },
  primaryKey: ['learnerId', 'serial'],
  indexes: [{ name: 'document_by_serial', columns: ['serial'] }],
};

/** The end of a document's validity; the document itself stays readable for ever. */
export interface DocumentRevocationRow {
  learnerId: string;
  serial: string;
  /** Version of the entry that gave the lots back. */
  version: number;
  reason: string;
  revokedAt: number;
}

/** At most one revocation a document; the database refuses to change or delete one. */
export const documentRevocationEntity: EntitySpec<DocumentRevocationRow> = {
  table: 'document_revocation',
  columns: { learnerId: 'id', serial: 'text', version: 'int', reason: 'text', revokedAt: 'int' },
  primaryKey: ['learnerId', 'serial'],
};
