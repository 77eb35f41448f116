import { decidedCompletion, endOfCourse } from '../../../src/attendance/domain/completion-detail.js';

const at = (text: string) => Date.parse(`${text}+08:00`);

describe('the entry of a completion', () => {
  it('says what was decided with it', () => {
    const detail = { grade: 81, plannedSessions: 5, startsOn: '2024-08-24', endsOn: '2024-09-02', level: 'L6' };
    expect(decidedCompletion(detail, at('2024-09-03T00:00:00'))).toEqual({
      ...{ grade: 81, level: 'L6', startsOn: '2024-08-24', endsOn: '2024-09-02' },
    });
  });

  it.each([
    [{ grade: null, plannedSessions: 5, startsOn: '2024-08-24' }, null, '2024-08-24'],
    [{ grade: 60, plannedSessions: 5 }, 60, '2024-08-30'],
    [null, null, '2024-08-30'],
  ])('of before keeps the day it happened: %j', (detail, grade, startsOn) => {
    const decided = decidedCompletion(detail, at('2024-08-30T10:30:00'));
    expect(decided).toEqual({ grade, level: null, startsOn, endsOn: '2024-08-30' });
  });
});

it.each([
  ['the last session, visited or not', ['2024-08-30T10:00:00', '2024-09-02T10:00:00'], '2024-09-02T10:00:00'],
  ['the last one that has taken place', ['2024-09-02T10:00:00', '2024-09-20T10:00:00'], '2024-09-02T10:00:00'],
  ['one that has just ended', ['2024-09-10T09:00:00'], '2024-09-10T09:00:00'],
  ['the last visit, where no later session is known', [], '2024-08-30T10:00:00'],
])('a course ends with %s', (_, ends, last) => {
  const [visit, now] = [at('2024-08-30T10:00:00'), at('2024-09-10T09:00:00')];
  expect(endOfCourse(ends.map(at), visit, now)).toBe(at(last));
});
