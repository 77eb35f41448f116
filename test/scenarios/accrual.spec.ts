import { centiOf, readTable, rulesOf, secondsOf, visitsOf } from './read-table.js';
import { RowBook } from './learner-book.js';

describe('accrual.csv: study time becomes credit', () => {
  it.each(readTable('accrual.csv'))('$id: $minutes of each visit min is $credit, $minutes left min are left', (row) => {
    const book = new RowBook(rulesOf(row));
    for (const seconds of visitsOf(row['minutes of each visit']!)) book.visit(seconds);
    expect({ credit: book.availableCenti, left: book.secondsLeft }).toEqual({
      credit: centiOf(row['credit']!),
      left: secondsOf(row['minutes left']!),
    });
  });
});
