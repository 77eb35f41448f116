/** City, county, street or town, community or village. */
export type UnitLevel = 1 | 2 | 3 | 4;

/**
 * Codes of the statistics office that are no administrative units: 140171 is a development zone whose six rows would
 * give Taiyuan eleven counties instead of ten (DOMAIN 7.1).
 */
const STATISTICAL_CODES = new Set(['140171']);

const CODE = /^[1-9]\d{5}(?:\d{3}){0,2}$/;

/**
 * Level of an administrative code (GB/T 2260 and GB/T 10114) by its shape: six digits ending in 00 are a city, six a
 * county, nine a street or town, twelve a community or village. Null for anything else: a province, a statistical code
 * and everything below one.
 */
export function levelOfCode(code: string): UnitLevel | null {
  if (!CODE.test(code) || STATISTICAL_CODES.has(code.slice(0, 6))) return null;
  if (code.length === 12) return 4;
  if (code.length === 9) return 3;
  if (!code.endsWith('00')) return 2;
  return code.endsWith('0000') ? null : 1;
}

/** Code of the unit directly above, or null for a city and for what is no code. */
export function parentCodeOf(code: string): string | null {
  switch (levelOfCode(code)) {
    case 4:
      return code.slice(0, 9);
    case 3:
      return code.slice(0, 6);
    case 2:
      return `${code.slice(0, 4)}00`;
    default:
      return null;
  }
}

/** Codes from the city down to the unit itself; empty for what is no code. */
export function pathOfCode(code: string): string[] {
  if (levelOfCode(code) === null) return [];
  const parent = parentCodeOf(code);
  return parent === null ? [code] : [...pathOfCode(parent), code];
}
