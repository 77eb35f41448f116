import fc from 'fast-check';
import { addYears, endOfDayMs, isDay, shanghaiDay, shanghaiMinute, toIsoInstant } from '../../../src/kernel/clock.js';

const INSTANT = fc.integer({ min: Date.parse('2000-01-01T00:00:00Z'), max: Date.parse('2099-12-31T00:00:00Z') });

describe('the calendar of the bank', () => {
  it.each([
    ['2024-06-03T00:00:00Z', '2024-06-03', '2024-06-03 08:00'],
    ['2024-06-03T15:59:59.999Z', '2024-06-03', '2024-06-03 23:59'],
    ['2024-06-03T16:00:00Z', '2024-06-04', '2024-06-04 00:00'],
    ['2023-12-31T16:00:00Z', '2024-01-01', '2024-01-01 00:00'],
    ['2024-02-28T16:00:00Z', '2024-02-29', '2024-02-29 00:00'],
  ])('%s is on %s in Shanghai, at %s', (instant, day, minute) => {
    expect(shanghaiDay(Date.parse(instant))).toBe(day);
    expect(shanghaiMinute(Date.parse(instant))).toBe(minute);
  });

  it.each([
    ['2024-06-03', '2024-06-03T15:59:59.999Z'],
    ['2024-02-29', '2024-02-29T15:59:59.999Z'],
    ['2023-12-31', '2023-12-31T15:59:59.999Z'],
  ])('%s ends at %s', (day, instant) => {
    expect(toIsoInstant(endOfDayMs(day))).toBe(instant);
  });

  it.each([
    ['2024-06-03', 7, '2031-06-03'],
    ['2024-02-29', 1, '2025-02-28'],
    ['2024-02-29', 4, '2028-02-29'],
    ['2096-02-29', 4, '2100-02-28'],
    ['2023-12-31', 7, '2030-12-31'],
    ['2024-01-01', 100, '2124-01-01'],
    ['2024-03-31', 0, '2024-03-31'],
  ])('%s and %d years is %s', (day, years, later) => {
    expect(addYears(day, years)).toBe(later);
  });

  it.each(['2024-02-29', '2000-02-29', '2024-12-31', '1999-01-01'])('%s is a day', (day) => {
    expect(isDay(day)).toBe(true);
  });

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2024-04-31',
    '2024-13-01',
    '2024-00-10',
    '2024-6-3',
    '20240603',
    '2024-06-03 ',
    '',
  ])('%j is no day', (text) => {
    expect(isDay(text)).toBe(false);
  });

  it('puts every instant into exactly one day: after the end of the day before, not after its own', () => {
    fc.assert(
      fc.property(INSTANT, (instant) => {
        const end = endOfDayMs(shanghaiDay(instant));
        expect(instant).toBeLessThanOrEqual(end);
        expect(instant).toBeGreaterThan(end - 86_400_000);
        expect(shanghaiDay(end)).toBe(shanghaiDay(instant));
        expect(shanghaiDay(end + 1) > shanghaiDay(instant)).toBe(true);
      }),
    );
  });

  it('adds years to any day and gives a real day of that year', () => {
    fc.assert(
      fc.property(INSTANT, fc.integer({ min: 0, max: 100 }), (instant, years) => {
        const day = shanghaiDay(instant);
        const later = addYears(day, years);
        expect(isDay(later)).toBe(true);
        expect(Number(later.slice(0, 4))).toBe(Number(day.slice(0, 4)) + years);
        expect(later.slice(4) === day.slice(4) || later.endsWith('-02-28')).toBe(true);
      }),
    );
  });
});
