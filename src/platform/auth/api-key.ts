import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256Hex } from '../../kernel/canonical-json.js';
import type { EntitySpec } from '../database/columns.js';
import type { Role } from './caller.js';

/** A caller's key. The secret is 256 random bits, so one SHA-256 is as strong as a slow hash and a thousand times faster. */
export interface ApiKey {
  keyId: string;
  /** SHA-256 of the secret, hexadecimal; the secret itself is shown once and never stored. */
  secretHash: string;
  role: Role;
  providerId: string | null;
  learnerId: string | null;
  /** What the owner calls it; never personal data. */
  label: string;
  createdAt: number;
  revokedAt: number | null;
  /** `YYYY-MM-DD`: since when an expert has worked in their trade without a break; null for everybody else. */
  expertSince: string | null;
}

/** Keys by id; only the hash of the secret is kept. */
export const apiKeyEntity: EntitySpec<ApiKey> = {
  table: 'api_key',
  columns: {
    keyId: 'id',
    secretHash: 'text',
    role: 'text',
    providerId: 'id?',
    learnerId: 'id?',
    label: 'text',
    createdAt: 'int',
    revokedAt: 'int?',
    expertSince: 'text?',
  },
  primaryKey: ['keyId'],
  checks: { api_key_role: "role in ('learner', 'provider', 'registrar', 'auditor', 'administrator')" },
};

const KEY_TEXT = /^cbk_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/;

/** A new secret for a key. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** The text a caller sends: `cbk_<key id>_<secret>`. */
export function keyText(keyId: string, secret: string): string {
  return `cbk_${keyId.replaceAll('-', '')}_${secret}`;
}

/** Key id and secret of a key text, or null when it is not one. */
export function parseKeyText(text: string): { keyId: string; secret: string } | null {
  const match = KEY_TEXT.exec(text);
  if (!match) return null;
  const keyId = match[1]!.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { keyId, secret: match[2]! };
}

/** SHA-256 of a secret, lower-case hexadecimal: what is kept of it. */
export function hashSecret(secret: string): string {
  return sha256Hex(secret);
}

/** Compares without telling by its time how much was right. */
export function isSameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
