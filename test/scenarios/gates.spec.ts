import { completionPostings, requirePassed } from '../../src/attendance/domain/complete-course.js';
import { accrualStep, pendingBucket } from '../../src/attendance/domain/visit-postings.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { tariffOf } from '../../src/policy/domain/policy-pack.js';
import { type TimeTariff } from '../../src/policy/domain/tariffs.js';
import { COURSE, DAY, RowBook } from './learner-book.js';
import { centiOf, readTable, rulesOf, secondsOf, type Row } from './read-table.js';

/** Attends the sessions of a row and asks for its completion. */
function complete(row: Row, book: RowBook): string {
  const { pack, activity, creditType } = rulesOf(row);
  const attendedSessions = Number(row['attended sessions']);
  for (let session = 0; session < attendedSessions; session += 1) book.visit(secondsOf(row['minutes each']!));
  const grade = row['grade'] ? Number(row['grade']) : null;
  const step = accrualStep(tariffOf(pack, activity, creditType) as TimeTariff, creditType, DAY);
  const bucket = pendingBucket(COURSE);
  try {
    requirePassed(activity.completion!, { plannedSessions: Number(row['planned sessions']), attendedSessions, grade });
    book.post(completionPostings({ bucket, seconds: book.seconds(bucket) }, step, book.seconds(step.timeBucket)));
    return 'passed';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('gates.csv: credit only for a passed course', () => {
  it.each(readTable('gates.csv'))('$id: $source is $result', (row) => {
    const book = new RowBook(rulesOf(row));
    const result = complete(row, book);
    expect({ result, credit: book.availableCenti, left: book.secondsLeft }).toEqual({
      result: row['result'],
      credit: centiOf(row['credit']!),
      left: secondsOf(row['minutes left']!),
    });
    const attended = Number(row['attended sessions']) * secondsOf(row['minutes each']!);
    expect(book.seconds(pendingBucket(COURSE))).toBe(result === 'passed' ? 0 : attended);
  });
});
