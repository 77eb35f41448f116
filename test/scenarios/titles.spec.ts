import { duplicateTitle, substituteTitle } from '../../src/policy/domain/title-rules.js';
import { packOf, readTable } from './read-table.js';

describe('titles.csv: when two titles name the same course', () => {
  it.each(readTable('titles.csv'))('$id: $first / $second: $result', (row) => {
    const { titleRules } = packOf(row);
    const meets = (form: typeof duplicateTitle) => form(titleRules, row['first']!) === form(titleRules, row['second']!);
    const result = meets(duplicateTitle) ? 'same' : meets(substituteTitle) ? 'substitute' : 'other';
    expect(result).toBe(row['result']);
  });
});
