import { Refusal } from '../../../src/kernel/refusal.js';
import { isWithin, requirePeriod } from '../../../src/what-if/domain/period.js';

describe('a period', () => {
  it.each([
    ['2023-12-31', false],
    ['2024-01-01', true],
    ['2024-06-30', true],
    ['2024-07-01', false],
  ])('of half a year has its first and last day: %s %s', (day, isOfIt) => {
    expect(isWithin({ from: '2024-01-01', to: '2024-06-30' }, day)).toBe(isOfIt);
  });

  it('may be one day and does not end before it begins', () => {
    expect(() => requirePeriod({ from: '2024-06-30', to: '2024-06-30' })).not.toThrow();
    expect(() => requirePeriod({ from: '2024-06-30', to: '2024-06-29' })).toThrow(Refusal);
  });
});
