/**
 * Credit (学分) is counted in whole hundredths and leaves the bank as decimal text. No float ever holds an amount:
 * a DECIMAL read through an ORM turns 100775 into 100775.00000000003 (typeorm#8446).
 */

/** Hundredths as text with two decimals: 1250 → `12.50`. Promises an exact round trip with {@link parseCredit}. */
export function formatCredit(amountCenti: number): string {
  const sign = amountCenti < 0 ? '-' : '';
  const digits = String(Math.abs(amountCenti)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Decimal text with at most two decimals and ten integer digits as hundredths, or null when the text is anything else. */
export function parseCredit(text: string): number | null {
  const match = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) return null;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}
