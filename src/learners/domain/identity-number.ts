import { mod11_2 } from '../../kernel/check-digits.js';
import { isDay } from '../../kernel/clock.js';
import { Refusal } from '../../kernel/refusal.js';

/** Documents an account can be opened with (DOMAIN ACC-4). */
export const IDENTITY_TYPES = [
  'RESIDENT_ID',
  'PASSPORT',
  'HK_MACAO_PERMIT',
  'TAIWAN_PERMIT',
  'FOREIGN_PERMANENT_RESIDENT',
] as const;
/** Kind of an identity document. */
export type IdentityType = (typeof IDENTITY_TYPES)[number];

/** GB 11643: area 6, birth date 8, order 3, check character. A first digit of 9 belongs to the foreigner's card. */
const RESIDENT = /^[1-8]\d{16}[\dX]$/;
/** Five-star card of 2023: built like a resident's number, first digit 9. */
const FOREIGNER_2023 = /^9\d{16}[\dX]$/;
/** Card of 2004 and 2017: country of three letters, then twelve digits. */
const FOREIGNER_2004 = /^[A-Z]{3}\d{12}$/;
/** H or M, the eight digits a person keeps for life, and on the booklet two digits that count its renewals. */
const HK_MACAO = /^([HM]\d{8})(?:\d{2})?$/;
const TAIWAN = /^\d{8}(?:\d{2})?$/;
/** ICAO 9303 has nine places; some states print more. */
const PASSPORT = /^(?=.*\d)[A-Z0-9]{5,15}$/;

/** Numbers typed from a card: full-width, spaced or hyphenated, lower case. */
function canonicalText(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}

/** Birth date is a real day of this century or the last, and the check character is right. */
function hasDateAndCheck(number: string): boolean {
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  return /^(19|20)/.test(birth) && isDay(birth) && mod11_2(number.slice(0, 17)) === number.slice(17);
}

const READERS: Record<IdentityType, (text: string) => string | null> = {
  RESIDENT_ID: (text) => (RESIDENT.test(text) && hasDateAndCheck(text) ? text : null),
  PASSPORT: (text) => (PASSPORT.test(text) ? text : null),
  // Without the renewals, or a renewed booklet would be a second person.
  HK_MACAO_PERMIT: (text) => HK_MACAO.exec(text)?.[1] ?? null,
  TAIWAN_PERMIT: (text) => (TAIWAN.test(text) ? text : null),
  FOREIGN_PERMANENT_RESIDENT: (text) =>
    FOREIGNER_2004.test(text) || (FOREIGNER_2023.test(text) && hasDateAndCheck(text)) ? text : null,
};

/**
 * The one spelling of a document number, or null when it cannot be a number of that type. Promises: two spellings of
 * the same number (width, case, spaces, hyphens) give the same text. Source: DOMAIN ACC-3, GB 11643-1999.
 */
export function readIdentityNumber(idType: IdentityType, text: string): string | null {
  return READERS[idType](canonicalText(text));
}

/** The same, refusing with `identity-number-invalid`. The number itself is never in the refusal. */
export function requireIdentityNumber(idType: IdentityType, text: string): string {
  const number = readIdentityNumber(idType, text);
  if (number === null) throw new Refusal('identity-number-invalid', { idType });
  return number;
}

/** Year of birth in a canonical document number; null for documents that do not carry it. */
export function birthYearOf(idType: IdentityType, number: string): number | null {
  const carriesDate =
    idType === 'RESIDENT_ID' || (idType === 'FOREIGN_PERMANENT_RESIDENT' && FOREIGNER_2023.test(number));
  return carriesDate ? Number(number.slice(6, 10)) : null;
}
