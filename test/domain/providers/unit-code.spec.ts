import { levelOfCode, parentCodeOf, pathOfCode } from '../../../src/providers/domain/unit-code.js';

describe('administrative codes', () => {
  it.each([
    ['140100', 1, null],
    ['140106', 2, '140100'],
    ['140181', 2, '140100'],
    ['140106001', 3, '140106'],
    ['140106001901', 4, '140106001'],
  ])('%s is of level %s and belongs to %s', (code, level, parent) => {
    expect([levelOfCode(code), parentCodeOf(code)]).toEqual([level, parent]);
  });

  it.each([
    ['a province', '140000'],
    ['the statistical code of a development zone', '140171'],
    ['a street below a statistical code', '140171100'],
    ['a community below a statistical code', '140171100001'],
    ['five digits', '14010'],
    ['seven digits', '1401061'],
    ['fifteen digits', '140106001901001'],
    ['letters', '14010A'],
    ['full-width digits', '１４０１０６'],
    ['a leading zero', '040106'],
    ['nothing', ''],
  ])('%s is no unit', (_, code) => {
    expect([levelOfCode(code), parentCodeOf(code), pathOfCode(code)]).toEqual([null, null, []]);
  });

  it('leads from a community up to its city', () => {
    expect(pathOfCode('140106001901')).toEqual(['140100', '140106', '140106001', '140106001901']);
    expect(pathOfCode('140100')).toEqual(['140100']);
  });
});
