import { mod37_36 } from '../../kernel/check-digits.js';

/** Letters and digits that cannot be mistaken for one another on paper (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_CHARACTERS = 12;
const SERIAL = /^[CT][0-9A-HJKMNP-TV-Z]{12}[0-9A-Z]$/;

/** What a document is, as the first letter of its serial. */
export type DocumentKind = 'certificate' | 'transcript';
const LETTERS: Record<DocumentKind, string> = { certificate: 'C', transcript: 'T' };

/**
 * Serial of a document: its kind, 60 random bits that nobody can guess or count through, and an ISO 7064 MOD 37,36
 * check character. `random` gives twelve bytes or more.
 */
export function makeSerial(kind: DocumentKind, random: Uint8Array): string {
  const body = [...random.subarray(0, RANDOM_CHARACTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  const text = `${LETTERS[kind]}${body}`;
  return `${text}${mod37_36(text)}`;
}

/** A serial as somebody typed it, in its one spelling, or null when it is misspelt. */
export function readSerial(typed: string): string | null {
  const serial = typed.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase();
  return SERIAL.test(serial) && mod37_36(serial.slice(0, -1)) === serial.at(-1) ? serial : null;
}
