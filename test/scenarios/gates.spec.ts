import { completionPostings, requirePassed } from '../../src/attendance/domain/complete-course.js';
import { outcomeOfCompletion } from '../../src/attendance/domain/outcome-of.js';
import { pendingBucket } from '../../src/attendance/domain/visit-postings.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { tariffOf } from '../../src/policy/domain/policy-pack.js';
import { COURSE, DAY, RowBook } from './learner-book.js';
import { centiOf, readTable, rulesOf, secondsOf, type Row } from './read-table.js';

/** Attends the sessions of a row and asks for its completion. */
function complete(row: Row, book: RowBook): string {
  const { pack, activity, creditType } = rulesOf(row);
  const attendedSessions = Number(row['attended sessions']);
  for (let session = 0; session < attendedSessions; session += 1) book.visit(secondsOf(row['minutes each']!));
  const grade = row['grade'] ? Number(row['grade']) : null;
  const bucket = pendingBucket(COURSE);
  try {
    requirePassed(activity.completion!, { plannedSessions: Number(row['planned sessions']), attendedSessions, grade });
    const { postings } = completionPostings(
      {
        pack,
        tariff: tariffOf(pack, activity, creditType),
        creditType,
        pending: { bucket, seconds: book.seconds(bucket) },
        visitSeconds: Array.from({ length: attendedSessions }, () => secondsOf(row['minutes each']!)),
        plannedSeconds: Number(row['planned sessions']) * secondsOf(row['minutes each']!),
        facts: outcomeOfCompletion(
          {
            ...{ creditType: creditType.code, activityType: activity.code, code: COURSE, title: COURSE },
            ...{ providerCode: 'P1', startsOn: DAY, endsOn: DAY, grade, level: null },
          },
          0,
        ),
        history: [],
      },
      (account) => book.seconds(account),
    );
    book.post(postings);
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
