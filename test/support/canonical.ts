import { createHash } from 'node:crypto';

/**
 * Canonical JSON (RFC 8785) of a document that has only text, whole numbers, lists, objects and null: written again here,
 * so that a test does not believe the code it tests.
 */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}

/** SHA-256 of a document in canonical form, hexadecimal. */
export function documentHash(document: unknown): string {
  return createHash('sha256').update(canonical(document), 'utf8').digest('hex');
}
