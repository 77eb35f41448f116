import { isCalendarKnown, readCalendar } from '../../../src/policy/domain/calendar.js';
import { addDays, reviewDue, workingDaysLeft } from '../../../src/recognition/domain/review-clock.js';

const CHINA_2024 = readCalendar({
  holidays: ['2024-10-01', '2024-10-02', '2024-10-03', '2024-10-04', '2024-10-07', '2024-09-16', '2024-09-17'],
  workdays: ['2024-09-14', '2024-09-29', '2024-10-12'],
});

describe('the review clock', () => {
  it.each([
    // Golden G26: submitted on a Friday, fifteen working days, with and without the autumn holidays.
    ['2024-06-07', 15, '2024-06-28'],
    ['2024-09-13', 15, '2024-10-11'],
    ['2024-09-27', 15, '2024-10-23'],
    ['2024-09-14', 1, '2024-09-18'],
  ])('of a case handed in on %s for %i working days ends on %s', (day, days, due) => {
    expect(reviewDue(CHINA_2024, day, days, null)).toBe(due);
    expect(workingDaysLeft(CHINA_2024, day, due)).toBe(days);
  });

  it.each([
    ['2024-06-28', '2024-06-28', 0],
    ['2024-07-05', '2024-06-28', 0],
    ['2024-06-27', '2024-06-28', 1],
    ['2024-09-30', '2024-10-08', 1],
  ])('on %s has until %s %i working days left', (day, due, left) => {
    expect(workingDaysLeft(CHINA_2024, day, due)).toBe(left);
  });

  it('goes on with the days that were left when it was stopped, at least one', () => {
    expect(reviewDue(CHINA_2024, '2024-06-07', 15, 3)).toBe('2024-06-12');
    expect(reviewDue(CHINA_2024, '2024-06-07', 15, 0)).toBe('2024-06-10');
  });

  it.each([
    ['2024-12-09', '2024-12-31', true],
    ['2024-12-09', '2024-12-30', true],
    ['2024-12-10', '2024-12-30', false],
    ['2024-12-09', null, false],
  ])('of a case handed in on %s, with holidays known up to %s, is certain: %s', (day, knownUntil, isCertain) => {
    const due = reviewDue(CHINA_2024, day, 15, null);
    expect(isCalendarKnown({ knownUntil }, due)).toBe(isCertain);
  });

  it('counts the days of an appeal by the calendar', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
  });
});
