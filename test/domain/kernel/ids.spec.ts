import fc from 'fast-check';
import { isId, newId } from '../../../src/kernel/ids.js';

const INSTANT = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe('ids', () => {
  it('are UUIDs of version 7 that begin with their time', () => {
    fc.assert(
      fc.property(INSTANT, (nowMs) => {
        const id = newId(nowMs);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(isId(id)).toBe(true);
        expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(nowMs);
      }),
      { numRuns: 1_000 },
    );
  });

  it('sort by the millisecond they were made in', () => {
    fc.assert(
      fc.property(INSTANT, INSTANT, (a, b) => {
        fc.pre(a !== b);
        expect(newId(a) < newId(b)).toBe(a < b);
      }),
    );
  });

  it('are all different, also when made in one millisecond', () => {
    const ids = Array.from({ length: 20_000 }, () => newId(1_717_400_000_000));
    expect(new Set(ids).size).toBe(20_000);
  });

  it.each([
    '',
    '018fde9a-3c00-7abc-8def-0123456789AB',
    '{018fde9a-3c00-7abc-8def-0123456789ab}',
    '018fde9a3c007abc8def0123456789ab',
    '018fde9a-3c00-7abc-8def-0123456789ab\n',
    "018fde9a-3c00-7abc-8def-0123456789a'",
  ])('%j is no id', (text) => {
    expect(isId(text)).toBe(false);
  });
});
