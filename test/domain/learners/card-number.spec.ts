import fc from 'fast-check';
import {
  countyOfCard,
  isCardNumber,
  makeCardNumber,
  readCardNumber,
} from '../../../src/learners/domain/card-number.js';

const county = fc.constantFrom('140105', '140106', '140107', '140121', '140181');
const serial = fc.integer({ min: 1, max: 99_999_999 });

describe('a card number', () => {
  it.each([
    ['140106', 1, '140106000000019'],
    ['140106', 2, '140106000000027'],
    ['140105', 1, '140105000000016'],
    ['140181', 1, '140181000000010'],
    ['140121', 42, '140121000000426'],
  ])('of %s and serial %i is %s', (countyCode, number, expected) => {
    expect(makeCardNumber(countyCode, number)).toBe(expected);
    expect(isCardNumber(expected)).toBe(true);
    expect(countyOfCard(expected)).toBe(countyCode);
  });

  it.each([
    ['140106', 0],
    ['140106', 100_000_000],
    ['140106', 1.5],
    ['14010', 1],
    ['14010x', 1],
  ])('is not made of county %s and serial %d', (countyCode, number) => {
    expect(() => makeCardNumber(countyCode, number)).toThrow(RangeError);
  });

  it('catches every single wrong digit', () => {
    const change = fc.tuple(fc.nat(14), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(county, serial, change, (countyCode, number, [at, by]) => {
        const card = makeCardNumber(countyCode, number);
        const wrong = card.slice(0, at) + String((Number(card[at]) + by) % 10) + card.slice(at + 1);
        return isCardNumber(card) && !isCardNumber(wrong);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is told from everything that is not fifteen plain digits', () => {
    for (const text of [
      '',
      '14010600000001',
      '1401060000000199',
      '１４０１０６００００００００１９',
      '14010600000001a',
    ]) {
      expect([text, isCardNumber(text)]).toEqual([text, false]);
    }
  });
});

describe('reading a card number', () => {
  it.each([
    ['as printed', '140106000000019'],
    ['with spaces around it', '  140106000000019 '],
    ['with spaces between groups', '140106 00000001 9'],
    ['with an ideographic space', '140106000000019\u3000'],
    ['after the apostrophe of a text cell', "'140106000000019"],
    ['after a typographic apostrophe', '’140106000000019'],
    ['in full-width digits', '１４０１０６０００００００１９'],
  ])('finds it %s', (_, text) => {
    expect(readCardNumber(text)).toEqual({ ok: '140106000000019' });
  });

  it.each(['1.40106E+14', '1.40106e+14', '1.4E14', '１.４０１０６Ｅ＋１４', '1E+14'])('knows %s as mangled', (text) => {
    expect(readCardNumber(text)).toEqual({ mangled: true });
  });

  it.each(['140106000000018', '', '张三', '140106000000019.0', '14010600000001', '0x7F6B', '=1+1', '1.40106F+14'])(
    'refuses %p',
    (text) => {
      expect(readCardNumber(text)).toEqual({ invalid: true });
    },
  );
});
