import { mod11_10 } from '../../kernel/check-digits.js';

const CARD_NUMBER = /^\d{15}$/;
const COUNTY_CODE = /^\d{6}$/;
const MAX_SERIAL = 99_999_999;

/**
 * Number of a learning card: county of issue 6, serial 8, check digit of ISO 7064 MOD 11,10 (DOMAIN 7.7). It says
 * nothing about the person and never changes when the person moves. Errors: RangeError outside these limits.
 */
export function makeCardNumber(countyCode: string, serial: number): string {
  if (!COUNTY_CODE.test(countyCode)) throw new RangeError('A county code has six digits');
  if (!Number.isInteger(serial) || serial < 1 || serial > MAX_SERIAL) {
    throw new RangeError(`A card serial is 1 to ${MAX_SERIAL}, not ${serial}`);
  }
  const digits = countyCode + String(serial).padStart(8, '0');
  return digits + mod11_10(digits);
}

/** True for fifteen digits with a right check digit, in their one spelling. */
export function isCardNumber(text: string): boolean {
  return CARD_NUMBER.test(text) && mod11_10(text.slice(0, 14)) === text[14];
}

/** County that issued a card. */
export function countyOfCard(cardNumber: string): string {
  return cardNumber.slice(0, 6);
}

/** What a cell or a field that should hold a card number turned out to be. */
export type CardNumberReading = { ok: string } | { mangled: true } | { invalid: true };

/** A number that a spreadsheet has turned into a quantity: `1.40106E+14`. */
const SCIENTIFIC = /^\d(?:\.\d*)?E\+?\d{1,3}$/i;

/**
 * Reads a card number as people and spreadsheets write it: full-width digits, spaces, a leading apostrophe. Promises:
 * `mangled` is told apart from `invalid`, because the first needs another column format and the second another look
 * at the card.
 */
export function readCardNumber(text: string): CardNumberReading {
  const plain = text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/^['’‘]/, '');
  if (isCardNumber(plain)) return { ok: plain };
  return SCIENTIFIC.test(plain) ? { mangled: true } : { invalid: true };
}
