import { formatCredit } from '../../src/kernel/credit.js';
import { groupBy } from '../../src/kernel/group-by.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { addWorkingDays, readCalendar } from '../../src/policy/domain/calendar.js';
import type { CountedOutcome } from '../../src/policy/domain/caps.js';
import { decideWorth, requireWorth, toFacts } from '../../src/recognition/domain/decide-worth.js';
import type { OutcomeContent, RecognisedClass } from '../../src/recognition/domain/recognition-case.js';
import { centiOf, packOf, readTable, type Row } from './read-table.js';

/** What the paper of a row says; one without a title is named after its place, so that no two are the same. */
function contentOf(row: Row, index: number): OutcomeContent {
  return {
    outcomeClass: row['class'] as RecognisedClass,
    title: row['title'] || `示例成果 no. ${index + 10}`,
    issuer: row['issuer']!,
    certificateNumber: null,
    obtainedOn: row['obtained']!,
    rawCenti: row['raw credit'] ? centiOf(row['raw credit']) : null,
    rawHoursCenti: null,
    rawGrade: null,
    rawLevel: null,
    grade: row['grade'] ? Number(row['grade']) : null,
    item: row['item'] || null,
  };
}

/** What becomes of the rows of one learner, one after the other. */
function outcomesOf(rows: Row[]): Row[] {
  const earlier: CountedOutcome[] = [];
  return rows.map((row, index) => {
    const [pack, content, today] = [packOf(row), contentOf(row, index), row['today']!];
    const creditType = row['pack'] === 'taiyuan-default' ? 'vocational' : pack.creditTypes[0]!.code;
    const given = row['reviewed credit'] ? centiOf(row['reviewed credit']) : null;
    const reviewed = content.item === null ? { creditType, centi: given, level: null, isAssessed: true } : null;
    try {
      const decision = decideWorth({ content, reviewed, pack, earlier, today });
      requireWorth(decision);
      const facts = toFacts(content, { ...decision, policy: pack, postedOn: today });
      earlier.push({ ...facts, seconds: 0, centi: decision.centi });
      return { ...row, credit: formatCredit(decision.centi), 'valid until': decision.validUntil ?? '', refusal: '' };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ...row, credit: '', 'valid until': '', refusal: error.code };
    }
  });
}

describe('recognition.csv: what outcomes of elsewhere bring', () => {
  it.each([...groupBy(readTable('recognition.csv'), (row) => row['id']!)])('%s', (_, rows) => {
    expect(outcomesOf(rows)).toEqual(rows);
  });
});

describe('review-clock.csv: when a case is due', () => {
  it.each(readTable('review-clock.csv'))('$id: $source', (row) => {
    const days = (column: string) => row[column]!.split(' ').filter((day) => day !== '');
    const calendar = readCalendar({ holidays: days('holidays'), workdays: days('workdays') });
    expect(addWorkingDays(calendar, row['submitted']!, Number(row['working days']))).toBe(row['due']);
  });
});
