import { evaluateProgramme } from '../../../src/programmes/domain/evaluate-programme.js';
import { caseOf, named, type Credit } from './programme-parts.js';

const ANYTHING = [
  { code: 'any', name: named('Any'), accepts: { origins: ['attendance' as const, 'conversion' as const] } },
];

describe('a degree programme', () => {
  it.each<[string, Partial<Credit>, string, number]>([
    ['counts vocational credit that its bucket accepts', { origin: 'attendance' }, 'degree', 100],
    [
      'counts no leisure credit, whatever its bucket accepts',
      { origin: 'attendance', creditType: 'leisure' },
      'degree',
      0,
    ],
    ['counts nothing that began as leisure credit', { origin: 'conversion', beganAsLeisure: true }, 'degree', 0],
    ['is no model for others, which do', { origin: 'conversion', beganAsLeisure: true }, 'vocational', 100],
  ])('%s', (_, facts, category, have) => {
    const file = { category: category as 'degree', buckets: ANYTHING };
    const { isMet, total, notCounting } = evaluateProgramme(caseOf(file, [{ centi: 100, ...facts }]));
    expect({ isMet, have: total.have }).toEqual({ isMet: have === 100, have });
    expect(notCounting.map(({ reason }) => reason)).toEqual(have === 100 ? [] : ['leisure']);
  });
});
