import { readAsOf } from '../../../src/portal/as-of.js';

const NOW = Date.parse('2024-06-10T01:00:00Z');

describe('the day of a balance', () => {
  it('is now when none is given', () => {
    expect(readAsOf('', NOW)).toEqual({ asOf: { day: null, atMs: NOW, today: '2024-06-10' }, mistake: null });
  });

  it('ends at midnight in Beijing', () => {
    const { asOf } = readAsOf('2024-06-03', NOW);
    expect(new Date(asOf.atMs).toISOString()).toBe('2024-06-03T15:59:59.999Z');
  });

  it('is not over today', () => {
    expect(readAsOf('2024-06-10', NOW).asOf.atMs).toBe(NOW);
  });

  it.each([
    ['2024-06-31', '日期格式'],
    ['昨天', '日期格式'],
    ['2024-06-11', '请选择今天（2024-06-10）或更早的日期'],
  ])('refuses %s in words and shows now', (typed, words) => {
    const { asOf, mistake } = readAsOf(typed, NOW);
    expect(mistake?.zh).toContain(words);
    expect(asOf.day).toBeNull();
  });
});
