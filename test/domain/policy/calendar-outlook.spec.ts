import { calendarWarning } from '../../../src/policy/domain/calendar-outlook.js';
import { readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import { shippedFile } from './pack-parts.js';

/** The shipped pack, which decides from 2013 on and reviews within 15 working days. */
function packWith(changes: object) {
  const file = shippedFile();
  return readPolicyPack({ ...file, ...changes });
}

const until = (knownUntil: string) => ({ calendar: { knownUntil } });

describe('what a writer is told of the calendar', () => {
  it.each<[string, object, string, string | null]>([
    ['nothing while the next due day is known', until('2024-07-01'), '2024-06-10', null],
    [
      'that the next due day is not known',
      until('2024-06-28'),
      '2024-06-10',
      'holidays are known up to 2024-06-28 only',
    ],
    [
      'that it ends before the pack begins',
      { ...until('2024-12-31'), effectiveFrom: '2025-03-01' },
      '2024-06-10',
      'a case of 2025-03-01 is due on 2025-03-21',
    ],
    ['that it is not said', { calendar: {} }, '2024-06-10', 'calendar.knownUntil is not said'],
    ['nothing where nothing is recognised', { calendar: {}, recognition: undefined }, '2024-06-10', null],
  ])('%s', (_, changes, today, words) => {
    const warning = calendarWarning(packWith(changes), today);
    if (words === null) expect(warning).toBeNull();
    else expect(warning?.en).toContain(words);
  });

  it('is nothing for the shipped pack while the holidays of the year are announced', () => {
    expect(calendarWarning(packWith({}), '2026-11-02')).toBeNull();
    expect(calendarWarning(packWith({}), '2026-12-15')).not.toBeNull();
  });
});
