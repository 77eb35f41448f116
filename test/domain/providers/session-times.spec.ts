import { Refusal } from '../../../src/kernel/refusal.js';
import { checkApprovalPeriod, periodText } from '../../../src/providers/domain/approval-period.js';
import { isCatalogueCode } from '../../../src/providers/domain/catalogue-code.js';
import { checkSessionTimes, parseInstant } from '../../../src/providers/domain/session-times.js';

describe('instants', () => {
  it.each([
    ['2024-06-03T09:00:00+08:00', '2024-06-03T01:00:00.000Z'],
    ['2024-06-03T01:00:00Z', '2024-06-03T01:00:00.000Z'],
    ['2024-06-03T01:00Z', '2024-06-03T01:00:00.000Z'],
    ['2024-02-29T23:59:59.5-01:30', '2024-03-01T01:29:59.500Z'],
  ])('%s is %s', (text, instant) => {
    expect(new Date(parseInstant(text) ?? NaN).toISOString()).toBe(instant);
  });

  it.each([
    '2024-06-03T09:00:00',
    '2024-06-03',
    '2024-02-30T09:00:00+08:00',
    '2023-02-29T09:00:00Z',
    '2024-06-03T24:00:00Z',
    '2024-06-03T09:60:00Z',
    '2024-06-03 09:00:00+08:00',
    '2024-06-03T09:00:00+0800',
    '+012024-06-03T09:00:00Z',
    'now',
    '',
  ])('%s names no instant', (text) => {
    expect(parseInstant(text)).toBeNull();
  });
});

describe('session times', () => {
  const at = (time: string) => Date.parse(`${time}:00+08:00`);

  it.each([
    ['2024-06-03T09:00', '2024-06-03T09:01'],
    ['2024-06-03T00:00', '2024-06-04T00:00'],
    ['2024-06-03T22:00', '2024-06-04T00:00'],
  ])('may be %s to %s', (startsAt, endsAt) => {
    expect(() => checkSessionTimes(at(startsAt), at(endsAt))).not.toThrow();
  });

  it.each([
    ['2024-06-03T09:00', '2024-06-03T09:00'],
    ['2024-06-03T09:00', '2024-06-03T08:59'],
    ['2024-06-03T23:30', '2024-06-04T00:01'],
    ['2024-06-03T09:00', '2024-06-05T10:00'],
  ])('may not be %s to %s', (startsAt, endsAt) => {
    expect(() => checkSessionTimes(at(startsAt), at(endsAt))).toThrow(new Refusal('session-times-invalid'));
  });
});

describe('approval periods', () => {
  it('may last one day or for ever, and never end before they begin', () => {
    expect(() => checkApprovalPeriod({ from: '2024-06-03', to: '2024-06-03' })).not.toThrow();
    expect(() => checkApprovalPeriod({ from: '2024-06-03', to: null })).not.toThrow();
    expect(() => checkApprovalPeriod({ from: '2024-06-03', to: '2024-06-02' })).toThrow(
      new Refusal('approval-period-invalid'),
    );
  });

  it('are one word in the audit', () => {
    expect(periodText({ from: '2015-01-01', to: '2023-12-31' })).toBe('2015-01-01/2023-12-31');
    expect(periodText({ from: '2015-01-01', to: null })).toBe('2015-01-01/..');
  });
});

describe('catalogue codes', () => {
  it.each([
    ['AB', true],
    ['TTKT-YZ02-0603', true],
    ['A'.repeat(40), true],
    ['A', false],
    ['A'.repeat(41), false],
    ['ab', false],
    ['A B', false],
    ['ＡＢ', false],
    ['AB\n', false],
  ])('%j: %s', (code, isRight) => {
    expect(isCatalogueCode(code)).toBe(isRight);
  });
});
