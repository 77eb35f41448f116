import type { PackFile } from '../../../src/policy/domain/pack-file.js';
import { BROKEN_IN_MEANING } from './broken-packs.js';
import { expectMistakes, mistakesAfter, named, rule } from './pack-parts.js';

describe('a pack is refused whole', () => {
  it.each(BROKEN_IN_MEANING)('with %s', (_, change, mistakes) => {
    expectMistakes(mistakesAfter(change), mistakes);
  });
});

describe('a pack may have', () => {
  it.each<[string, (file: PackFile) => void]>([
    ['no rules and no programmes', (file) => Object.assign(file, { conversionRules: [], programmes: [] })],
    [
      'rules for one pair that follow each other',
      (file) => {
        file.conversionRules[0]!.effectiveTo = '2024-06-02';
        file.conversionRules.push({ ...rule('next', 'leisure', 'vocational'), effectiveFrom: '2024-06-03' });
      },
    ],
    ['a rule from a degree to leisure', (file) => file.conversionRules.push(rule('down', 'degree', 'leisure'))],
    [
      'a cap of the whole',
      (file) => (file.conversionRules[0]!.cap = { programme: 'community-care', numerator: 1, denominator: 1 }),
    ],
    [
      'a protected word in the title of a degree',
      (file) =>
        file.programmes.push({
          code: 'bachelor',
          title: { zh: '学士学位', en: 'Bachelor degree' },
          category: 'degree',
          total: '120',
          buckets: [{ creditType: 'degree', minimum: '120' }],
        }),
    ],
    ['credit that is valid for ever', (file) => (file.creditTypes[0]!.validityYears = null)],
    ['steps of a whole credit', (file) => Object.assign(file.tariffs[0]!, { step: '1' })],
    [
      'a type of its own for a club',
      (file) =>
        file.creditTypes.push({ code: 'club', name: named('Club'), category: 'leisure', tariff: 'leisure-time' }),
    ],
  ])('%s', (_, change) => {
    expect(mistakesAfter(change)).toEqual([]);
  });
});
