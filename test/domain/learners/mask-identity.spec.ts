import fc from 'fast-check';
import { maskIdentityNumber, maskName } from '../../../src/learners/domain/mask-identity.js';

describe('a mask', () => {
  it.each([
    ['140105190001010015', '140*************15'],
    ['14010719000305003X', '140*************3X'],
    ['E12345678', 'E12****78'],
    ['H12345678', 'H12****78'],
    ['01234567', '0******7'],
    ['E1234', 'E***4'],
  ])('shows %s as %s', (number, masked) => {
    expect(maskIdentityNumber(number)).toBe(masked);
  });

  it('hides more than half of every number it can be given', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{5,18}$/), (number) => {
        const shown = maskIdentityNumber(number).replaceAll('*', '').length;
        return maskIdentityNumber(number).length === number.length && shown * 1.8 <= number.length;
      }),
    );
  });

  it('hides the birth date', () => {
    expect(maskIdentityNumber('140105190001010015').slice(6, 14)).toBe('********');
  });

  it.each([
    ['张三丰', '张**'],
    ['李四', '李*'],
    ['王', '王'],
    ['欧阳示例', '欧***'],
    ['阿凡提·买买提', '阿******'],
    ['𠮷田一', '𠮷**'],
    ['葛\u{E0100}某', '葛\u{E0100}*'],
    ['', ''],
  ])('shows the name %s as %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });
});
