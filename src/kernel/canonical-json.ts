import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Canonical JSON (RFC 8785): the same content is the same bytes, so a hash of it means the content. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('A canonical document must be JSON');
  return text;
}

/** SHA-256 of a text, lower-case hexadecimal. */
export function sha256Hex(text: string): string {
  return hash('sha256', text);
}
