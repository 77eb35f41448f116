import fc from 'fast-check';
import { canonicalTitle } from '../../../src/kernel/canonical-title.js';

describe('canonical titles', () => {
  it.each([
    // DOMAIN 5.11 G18, Korea's published cases
    ['S/W 활용', 'SW활용'],
    ['전공실기1', '전공실기 Ⅰ'],
    ['전공실기', '전공실기1'],
    ['EDPS', 'E.D.P.S'],
    // the same rule on our own titles
    ['《论语》导读', '论语导读'],
    ['智能手机入门（线上）', '智能手机入门(线上)'],
    ['智能手机入门（线上）', '智能手机入门 线上'],
    ['Ｅｎｇｌｉｓｈ　口语', 'english口语'],
    ['硬笔书法Ⅱ', '硬笔书法2'],
    ['硬笔书法ⅻ', '硬笔书法 12'],
    ['硬笔书法（１）', '硬笔书法'],
    ['硬笔书法·1', '硬笔书法'],
    ['健康 2024-1', '健康2024'],
    ['邮票特色课程——伟大祖国', '邮票特色课程伟大祖国'],
  ])('%s is %s', (one, other) => {
    expect(canonicalTitle(one)).toBe(canonicalTitle(other));
  });

  it.each([
    ['硬笔书法', '硬笔书法2'],
    ['硬笔书法1', '硬笔书法11'],
    ['太原史 2021', '太原史 202'],
    ['Python 3.1', 'Python 3'],
    ['C++ 程序设计', 'C 程序设计'],
    ['养生有道', '赏戏有道'],
    ['1', '2'],
    ['！！', '？？'],
  ])('%s is not %s', (one, other) => {
    expect(canonicalTitle(one)).not.toBe(canonicalTitle(other));
  });

  it('is never empty and does not see spaces or book marks around a title', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (title) => {
        fc.pre(title.trim() !== '');
        expect(canonicalTitle(title)).not.toBe('');
        expect(canonicalTitle(`《${title}甲》`)).toBe(canonicalTitle(` ${title}甲 `));
      }),
    );
  });
});
