import { ApiProperty } from '@nestjs/swagger';
import { toIsoInstant } from '../kernel/clock.js';
import type { IssuedDocument } from './documents.service.js';
import type { Snapshot } from './domain/snapshot.js';
import type { RevocationReceipt } from './revoke-certificate.service.js';

const SERIAL = 'C7K2M9QX4TNB8V';
const INSTANT = '2024-06-10T01:00:00.000Z';

/** A document with its frozen content and its state now. */
export class DocumentResponse {
  @ApiProperty({ example: SERIAL }) serial!: string;
  @ApiProperty({ enum: ['valid', 'revoked'] }) status!: string;
  @ApiProperty({ example: INSTANT }) issuedAt!: string;
  @ApiProperty({ example: null, nullable: true, type: String }) revokedAt!: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) revokedReason!: string | null;
  @ApiProperty({ type: Object, description: '冻结的内容 The frozen content' }) document!: Snapshot;
  @ApiProperty({ description: '规范 JSON（RFC 8785）的 SHA-256 of the canonical content', example: 'e3b0c442…' })
  documentHash!: string;
  @ApiProperty({ example: `/verify/${SERIAL}` }) verifyPath!: string;

  /** A document with its address for strangers; instants in UTC. */
  static of(document: Omit<IssuedDocument, 'learnerId' | 'version'>): DocumentResponse {
    const { serial, issuedAt, revocation, snapshot, snapshotHash } = document;
    return {
      serial,
      status: revocation ? 'revoked' : 'valid',
      issuedAt: toIsoInstant(issuedAt),
      revokedAt: revocation ? toIsoInstant(revocation.revokedAt) : null,
      revokedReason: revocation?.reason ?? null,
      document: snapshot,
      documentHash: snapshotHash,
      verifyPath: `/verify/${serial}`,
    };
  }
}

/** A revocation. */
export class RevocationResponse {
  @ApiProperty({ example: SERIAL }) serial!: string;
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e.21' }) entryId!: string;
  @ApiProperty({ example: INSTANT }) revokedAt!: string;

  /** A revocation; the instant in UTC. */
  static of({ serial, entryId, revokedAt }: RevocationReceipt): RevocationResponse {
    return { serial, entryId, revokedAt: toIsoInstant(revokedAt) };
  }
}
