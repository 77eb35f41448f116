import fc from 'fast-check';
import { mod11_2 } from '../../../src/kernel/check-digits.js';
import { Refusal } from '../../../src/kernel/refusal.js';
import {
  readIdentityNumber,
  requireIdentityNumber,
  type IdentityType,
} from '../../../src/learners/domain/identity-number.js';

/** A number whose check character is right whatever else is wrong with it. */
function withCheck(digits17: string): string {
  return digits17 + mod11_2(digits17);
}

const ACCEPTED: [string, IdentityType, string, string][] = [
  ['a resident’s number', 'RESIDENT_ID', '140105190001010015', '140105190001010015'],
  ['another county', 'RESIDENT_ID', '140181190005090055', '140181190005090055'],
  ['a check character X', 'RESIDENT_ID', '14010719000305003X', '14010719000305003X'],
  ['a lower-case x', 'RESIDENT_ID', '14010719000305003x', '14010719000305003X'],
  ['full-width digits', 'RESIDENT_ID', '１４０１０５１９０００１０１００１５', '140105190001010015'],
  ['a full-width x', 'RESIDENT_ID', '14010719000305003ｘ', '14010719000305003X'],
  ['spaces between groups', 'RESIDENT_ID', ' 140105 19000101 0015　', '140105190001010015'],
  ['29 February of a leap year', 'RESIDENT_ID', withCheck('14010520000229001'), withCheck('14010520000229001')],
  ['a residence permit of Hong Kong', 'RESIDENT_ID', withCheck('81000019900101001'), withCheck('81000019900101001')],
  ['a Chinese passport', 'PASSPORT', 'e12345678', 'E12345678'],
  ['a passport of digits only', 'PASSPORT', '512345678', '512345678'],
  ['a Hong Kong permit card', 'HK_MACAO_PERMIT', 'H12345678', 'H12345678'],
  ['a Macao booklet, without its renewals', 'HK_MACAO_PERMIT', 'm1234567801', 'M12345678'],
  ['a Taiwan permit card', 'TAIWAN_PERMIT', '01234567', '01234567'],
  ['a Taiwan booklet', 'TAIWAN_PERMIT', '0123456701', '0123456701'],
  ['a foreigner’s card of 2017', 'FOREIGN_PERMANENT_RESIDENT', 'usa310012345678', 'USA310012345678'],
  [
    'a foreigner’s card of 2023',
    'FOREIGN_PERMANENT_RESIDENT',
    withCheck('91484019900101001'),
    withCheck('91484019900101001'),
  ],
];

const REFUSED: [string, IdentityType, string][] = [
  ['a wrong check digit', 'RESIDENT_ID', '140105190001010016'],
  ['two digits swapped', 'RESIDENT_ID', '140150190001010015'],
  ['an X that should be a digit', 'RESIDENT_ID', '14010519000101001X'],
  ['an X in the middle', 'RESIDENT_ID', '1401051900010X0015'],
  ['29 February 1900, which never was', 'RESIDENT_ID', withCheck('14010519000229001')],
  ['a thirteenth month', 'RESIDENT_ID', withCheck('14010519901301001')],
  ['a thirty-first of April', 'RESIDENT_ID', withCheck('14010519900431001')],
  ['a day zero', 'RESIDENT_ID', withCheck('14010519900100001')],
  ['a birth in 1799', 'RESIDENT_ID', withCheck('14010517990101001')],
  ['a first digit zero', 'RESIDENT_ID', withCheck('04010519900101001')],
  ['a foreigner’s card', 'RESIDENT_ID', withCheck('91484019900101001')],
  ['a number of the first generation', 'RESIDENT_ID', '140105900101001'],
  ['seventeen digits', 'RESIDENT_ID', '14010519000101001'],
  ['nineteen digits', 'RESIDENT_ID', '1401051900010100155'],
  ['a number that became scientific', 'RESIDENT_ID', '1.40105E+17'],
  ['nothing', 'RESIDENT_ID', ''],
  ['SQL', 'RESIDENT_ID', "1' or '1'='1"],
  ['four characters', 'PASSPORT', 'E123'],
  ['letters only', 'PASSPORT', 'PASSPORT'],
  ['punctuation', 'PASSPORT', 'E1234567;'],
  ['Chinese characters', 'PASSPORT', '护照一二三四五'],
  ['another letter', 'HK_MACAO_PERMIT', 'K12345678'],
  ['seven digits', 'HK_MACAO_PERMIT', 'H1234567'],
  ['nine digits', 'HK_MACAO_PERMIT', 'H123456789'],
  ['nine digits', 'TAIWAN_PERMIT', '012345678'],
  ['a letter', 'TAIWAN_PERMIT', 'T1234567'],
  ['two letters', 'FOREIGN_PERMANENT_RESIDENT', 'US310012345678'],
  ['a resident’s number', 'FOREIGN_PERMANENT_RESIDENT', '140105190001010015'],
  ['a wrong check digit', 'FOREIGN_PERMANENT_RESIDENT', '914840199001010019'],
];

const RESIDENTS = ['140105190001010015', '140106190002030022', '14010719000305003X', '140121190004070048'];

describe('an identity number', () => {
  it.each(ACCEPTED)('accepts %s (%s)', (_, type, text, number) => {
    expect(readIdentityNumber(type, text)).toBe(number);
  });

  it.each(REFUSED)('refuses %s (%s)', (_, type, text) => {
    expect(readIdentityNumber(type, text)).toBeNull();
  });

  it('refuses every resident’s number with one digit changed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...RESIDENTS), fc.nat(16), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
        const changed = number.slice(0, at) + String((Number(number[at]) + by) % 10) + number.slice(at + 1);
        return readIdentityNumber('RESIDENT_ID', changed) === null;
      }),
    );
  });

  it('refuses every resident’s number with two neighbours swapped', () => {
    const swaps = RESIDENTS.flatMap((number) =>
      [...Array(17).keys()]
        .filter((at) => number[at] !== number[at + 1])
        .map((at) => number.slice(0, at) + number[at + 1]! + number[at]! + number.slice(at + 2)),
    );
    expect(swaps.length).toBeGreaterThan(30);
    expect(swaps.filter((number) => readIdentityNumber('RESIDENT_ID', number) !== null)).toEqual([]);
  });

  it('is refused by its type and never repeated', () => {
    let refusal: unknown;
    try {
      requireIdentityNumber('RESIDENT_ID', '140105190001010016');
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ code: 'identity-number-invalid', details: { idType: 'RESIDENT_ID' } });
    expect(JSON.stringify(refusal)).not.toContain('140105190001010016');
  });
});
