import fc from 'fast-check';
import { mod11_10, mod11_2, mod37_36 } from '../../../src/kernel/check-digits.js';

const DIGITS = '0123456789';
const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

interface CheckSystem {
  name: string;
  check: (text: string) => string;
  alphabet: string;
  /** Characters the last place may have. */
  checkAlphabet: string;
}

const MOD_11_2: CheckSystem = { name: 'MOD 11-2', check: mod11_2, alphabet: DIGITS, checkAlphabet: `${DIGITS}X` };
const MOD_11_10: CheckSystem = { name: 'MOD 11,10', check: mod11_10, alphabet: DIGITS, checkAlphabet: DIGITS };
const MOD_37_36: CheckSystem = {
  name: 'MOD 37,36',
  check: mod37_36,
  alphabet: ALPHANUMERIC,
  checkAlphabet: ALPHANUMERIC,
};
const SYSTEMS = [MOD_11_2, MOD_11_10, MOD_37_36];

function isRight({ check }: CheckSystem, text: string): boolean {
  return check(text.slice(0, -1)) === text.slice(-1);
}

function text(alphabet: string, length: { minLength: number; maxLength: number }): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...alphabet), ...length });
}

describe('check characters', () => {
  it.each([
    // ISO/IEC 7064: the standard's own example string in both digit systems.
    [MOD_11_2, '07940'],
    [MOD_11_10, '07945'],
    // GB 11643-1999, the two identity numbers of its appendix.
    [MOD_11_2, '11010519491231002X'],
    [MOD_11_2, '440524188001010014'],
    // ORCID's documentation.
    [MOD_11_2, '0000000218250097'],
    [MOD_11_2, '000000021694233X'],
    // German tax number and VAT number, Croatian OIB.
    [MOD_11_10, '86095742719'],
    [MOD_11_10, '136695976'],
    [MOD_11_10, '69435151530'],
    // Global Release Identifier of the recording industry.
    [MOD_37_36, 'A12425GABC1234002M'],
  ])('$name: %s is right', (system, example) => {
    expect(isRight(system, example)).toBe(true);
  });

  it.each([
    '140105190001010015',
    '140106190002030022',
    '14010719000305003X',
    '140121190004070048',
    '140181190005090055',
  ])('identity number %s of the synthetic persons is right (DOMAIN 7.7)', (number) => {
    expect(isRight(MOD_11_2, number)).toBe(true);
  });

  it.each(['140106000000019', '140106000000027', '140105000000016', '140181000000010', '140121000000426'])(
    'card number %s of the proposal is right (DOMAIN 7.7)',
    (number) => {
      expect(isRight(MOD_11_10, number)).toBe(true);
    },
  );

  it.each(SYSTEMS)('$name gives one character of its own alphabet', (system) => {
    fc.assert(
      fc.property(text(system.alphabet, { minLength: 1, maxLength: 30 }), (body) => {
        expect(system.checkAlphabet).toContain(system.check(body));
        expect(system.check(body)).toHaveLength(1);
      }),
    );
  });

  it.each(SYSTEMS)('$name catches every single wrong character, the check character too', (system) => {
    const body = text(system.alphabet, { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(body, fc.nat(), fc.nat(), (digits, place, choice) => {
        const right = digits + system.check(digits);
        const at = place % right.length;
        const allowed = at === right.length - 1 ? system.checkAlphabet : system.alphabet;
        const others = [...allowed].filter((character) => character !== right[at]);
        const wrong = right.slice(0, at) + others[choice % others.length]! + right.slice(at + 1);
        expect(isRight(system, wrong)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('MOD 11-2 catches every swap of neighbours', () => {
    fc.assert(
      fc.property(text(DIGITS, { minLength: 2, maxLength: 20 }), fc.nat(), (digits, place) => {
        const right = digits + mod11_2(digits);
        const swapped = swap(right, place % (right.length - 1));
        fc.pre(swapped !== right && !swapped.slice(0, -1).includes('X'));
        expect(isRight(MOD_11_2, swapped)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  // The hybrid systems of ISO/IEC 7064 miss one pair of characters in each state; that is the algorithm, not a mistake.
  it.each([
    [MOD_11_10, 45],
    [MOD_37_36, 630],
  ])('$name misses exactly one of %d pairs when neighbours are swapped', (system, pairs) => {
    for (const first of system.alphabet) {
      const missed = new Set<string>();
      for (const a of system.alphabet) {
        for (const b of system.alphabet) {
          if (a < b && system.check(first + a + b) === system.check(first + b + a)) missed.add(a + b);
        }
      }
      expect(missed.size).toBe(1);
    }
    expect((system.alphabet.length * (system.alphabet.length - 1)) / 2).toBe(pairs);
  });
});

function swap(right: string, at: number): string {
  return right.slice(0, at) + right[at + 1]! + right[at]! + right.slice(at + 2);
}
