import fc from 'fast-check';
import { formatCredit, parseCredit } from '../../../src/kernel/credit.js';

describe('credit as text', () => {
  it.each([
    [0, '0.00'],
    [1, '0.01'],
    [50, '0.50'],
    [100, '1.00'],
    [1250, '12.50'],
    [100_775, '1007.75'],
    [-5, '-0.05'],
    [-1250, '-12.50'],
    [999_999_999_999, '9999999999.99'],
  ])('writes %d hundredths as %s', (amountCenti, text) => {
    expect(formatCredit(amountCenti)).toBe(text);
  });

  it.each([
    ['0', 0],
    ['2', 200],
    ['2.5', 250],
    ['2.50', 250],
    ['0.07', 7],
    ['007.10', 710],
    ['9999999999.99', 999_999_999_999],
  ])('reads %s as %d hundredths', (text, amountCenti) => {
    expect(parseCredit(text)).toBe(amountCenti);
  });

  it.each(['', ' 1', '1 ', '.5', '1.', '1.234', '-1', '+1', '1,5', '1e3', '12345678901', '１.00', 'NaN', '1.00\n'])(
    'reads %j as no amount',
    (text) => {
      expect(parseCredit(text)).toBeNull();
    },
  );

  it('comes back from its text unchanged, to the hundredth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (amountCenti) => {
        expect(parseCredit(formatCredit(amountCenti))).toBe(amountCenti);
      }),
      { numRuns: 2_000 },
    );
  });

  it('has one text for one amount, in the order of the amounts when the digits are equally many', () => {
    const amount = fc.integer({ min: 100_000, max: 999_999 });
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        expect(Math.sign(a - b)).toBe(
          formatCredit(a) < formatCredit(b) ? -1 : formatCredit(a) > formatCredit(b) ? 1 : 0,
        );
      }),
    );
  });
});
