/** Ⅰ–Ⅻ and ⅰ–ⅻ, which NFKC would turn into letters. */
const ROMAN_NUMERALS = /[\u2160-\u216B\u2170-\u217B]/g;

function romanValue(numeral: string): string {
  const code = numeral.charCodeAt(0);
  return String(code - (code >= 0x2170 ? 0x2170 : 0x2160) + 1);
}

/** A last 1 that is an ordinal of its own: not the end of 11, 2021 or 3.1. */
const FIRST_ORDINAL = /(?<![\d.])1[\p{P}\p{Z}]*$/u;

/**
 * Two courses with the same canonical title are likely one course under two spellings (the name rule Korea's credit
 * bank publishes, DOMAIN 1.2 "Duplicate courses"): width, case, spaces, punctuation and 《》 do not count, Ⅱ is 2, and
 * the first of a series is the same as one without a number. A person decides; nothing is refused because of it.
 */
export function canonicalTitle(title: string): string {
  const folded = title.replace(ROMAN_NUMERALS, romanValue).normalize('NFKC').toLowerCase();
  const bare = (text: string) => text.replace(/[\p{P}\p{Z}\p{C}]/gu, '');
  // A title that is nothing but an ordinal or punctuation stays what it is.
  return bare(folded.replace(FIRST_ORDINAL, '')) || bare(folded) || folded;
}
