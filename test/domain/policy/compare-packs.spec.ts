import { changeLine, comparePacks } from '../../../src/policy/domain/compare-packs.js';
import type { PackFile } from '../../../src/policy/domain/pack-file.js';
import { shippedFile } from './pack-parts.js';

/** What the shipped pack says differently after a change, one line each. */
function linesAfter(change: (file: PackFile) => void): string[] {
  const file = shippedFile();
  change(file);
  return comparePacks(shippedFile(), file).map(changeLine);
}

describe('two packs', () => {
  it.each<[string, (file: PackFile) => void, string[]]>([
    ['that are the same', () => undefined, []],
    ['in another order', (file) => file.activityTypes.reverse(), []],
    [
      'with another number',
      (file) => Object.assign(file.tariffs[0]!, { classHoursPerCredit: 20 }),
      ['~ 修改 changed tariffs[leisure-time].classHoursPerCredit: 18 → 20'],
    ],
    [
      'with a field more and one less',
      (file) => {
        file.activityTypes[0]!.visitsPerDay = 2;
        delete file.activityTypes[0]!.visitCap;
      },
      [
        '- 删除 removed activityTypes[DAILY_CLASS].visitCap: {"minutes":120,"whenOver":"cut"}',
        '+ 新增 added activityTypes[DAILY_CLASS].visitsPerDay: 2',
      ],
    ],
    [
      'with a rule more and one less',
      (file) => {
        file.tariffs.push({ code: 'stamp', kind: 'per-visit', creditPerVisit: '0.10' });
        file.programmes.pop();
      },
      [
        '+ 新增 added tariffs[stamp]: {"code":"stamp","kind":"per-visit","creditPerVisit":"0.10"}',
        expect.stringMatching(/^- 删除 removed programmes\[community-care\]: \{"code":"community-care"/) as string,
      ],
    ],
    [
      'with other words in a list',
      (file) => (file.protectedWords = file.protectedWords.filter((word) => word !== 'degree').concat('master')),
      ['- 删除 removed protectedWords[degree]: degree', '+ 新增 added protectedWords[master]: master'],
    ],
    [
      'with other items that have no code',
      (file) => (file.programmes[0]!.buckets[0]!.minimum = '0.40'),
      [
        '~ 修改 changed programmes[community-learner].buckets: ' +
          '[{"creditType":"leisure","minimum":"0.50"}] → [{"creditType":"leisure","minimum":"0.40"}]',
      ],
    ],
    ['with a part more', (file) => (file.levelSchemes = []), ['+ 新增 added levelSchemes: []']],
  ])('%s are told apart', (_, change, lines) => {
    expect(linesAfter(change)).toEqual(lines);
  });

  it('that are no packs are compared as well', () => {
    expect(comparePacks({ a: [1, 1] }, { a: [1] })).toEqual([
      { path: 'a', kind: 'changed', before: [1, 1], after: [1] },
    ]);
    expect(comparePacks('a', { a: 1 })).toMatchObject([{ kind: 'changed' }]);
  });
});
