import { completionPostings } from '../../src/attendance/domain/complete-course.js';
import { outcomeOfCompletion } from '../../src/attendance/domain/outcome-of.js';
import { formatCredit } from '../../src/kernel/credit.js';
import { groupBy } from '../../src/kernel/group-by.js';
import { Refusal } from '../../src/kernel/refusal.js';
import type { CountedOutcome } from '../../src/policy/domain/caps.js';
import { tariffOf } from '../../src/policy/domain/policy-pack.js';
import { completionCenti } from '../../src/policy/domain/tariffs.js';
import { packOf, readTable, type Row } from './read-table.js';

/** What becomes of the courses of one case, one after the other, each seeing those passed before it. */
function outcomesOf(rows: Row[]): Row[] {
  const history: CountedOutcome[] = [];
  return rows.map((row) => {
    const pack = packOf(row);
    const [activity, creditType] = [pack.activityTypes[0]!, pack.creditTypes[0]!];
    const tariff = tariffOf(pack, activity, creditType);
    const plannedSeconds = Number(row['planned class hours']) * pack.classHourSeconds;
    const day = row['last day']!;
    const course = { level: null, activityType: activity.code, code: row['course']!, title: row['course']! };
    const facts = outcomeOfCompletion(
      { ...course, creditType: creditType.code, providerCode: row['provider']!, startsOn: day, endsOn: day, grade: 60 },
      0,
    );
    if (tariff.kind !== 'on-completion') throw new Error(`${tariff.code} does not pay on completion`);
    expect(formatCredit(completionCenti(tariff, plannedSeconds))).toBe(row['credit asked']);
    const pending = { bucket: `pending/${course.code}`, seconds: plannedSeconds };
    try {
      const { postings } = completionPostings(
        { pack, tariff, creditType, pending, visitSeconds: [], plannedSeconds, facts, history },
        () => 0,
      );
      const centi = postings.reduce((sum, { source, amount }) => (source === 'issued' ? sum + amount : sum), 0);
      history.push({ ...facts, seconds: 0, centi });
      return { ...row, result: 'passed', credit: formatCredit(centi) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ...row, result: `${error.code} ${error.details['cap'] as string}`, credit: '' };
    }
  });
}

describe('course-caps.csv: credit of passed courses by semester, year and institution', () => {
  it.each([...groupBy(readTable('course-caps.csv'), (row) => row['id']!)])('%s', (_, rows) => {
    expect(outcomesOf(rows)).toEqual(rows);
  });
});
