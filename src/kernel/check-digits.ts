/** Check characters of ISO/IEC 7064: they catch every single wrong character, and all (pure systems) or nearly all swaps of neighbours. */

const MOD_37_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** MOD 11-2 check character (0–9 or X) of a digit string: the 18th place of a Chinese identity number (GB 11643-1999). */
export function mod11_2(digits: string): string {
  let product = 0;
  for (const digit of digits) product = ((product + Number(digit)) * 2) % 11;
  const check = (12 - product) % 11;
  return check === 10 ? 'X' : String(check);
}

/** MOD 11,10 check digit (0–9) of a digit string: the last place of a learning card number. */
export function mod11_10(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** MOD 37,36 check character (0–9, A–Z) of an upper-case alphanumeric string: the last place of a document serial. */
export function mod37_36(text: string): string {
  let product = 36;
  for (const character of text) {
    const sum = (product + MOD_37_ALPHABET.indexOf(character)) % 36;
    product = ((sum === 0 ? 36 : sum) * 2) % 37;
  }
  return MOD_37_ALPHABET[(37 - product) % 36]!;
}
