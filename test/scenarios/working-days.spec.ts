import { addWorkingDays } from '../../src/policy/domain/calendar.js';
import { packOf, readTable } from './read-table.js';

describe('working-days.csv: when a case is due', () => {
  it.each(readTable('working-days.csv'))('$id: $days working days after $day', (row) => {
    expect(addWorkingDays(packOf(row).calendar, row['day']!, Number(row['days']))).toBe(row['due']);
  });
});
