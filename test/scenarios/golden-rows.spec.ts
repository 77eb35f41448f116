import { readdirSync, readFileSync } from 'node:fs';
import { readTable } from './read-table.js';

/** Golden examples of the domain notes (5.11): each must have a row that somebody can read and change. */
const GOLDEN = [1, 2, 3, 4, 10, 11, 12, 13, 14, 15, 17, 18, 20, 22, 23, 24, 26].map((number) => `G${number}`);

/** Tables by golden example, as the page of this folder lists them. */
function listedTables(): Map<string, string[]> {
  const page = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  return new Map(
    [...page.matchAll(/^\| (G\d+) +\|.*\|(.*)\|$/gm)].map(([, golden, tables]) => [
      golden!,
      [...tables!.matchAll(/`([^`]+)`/g)].map(([, table]) => table!).sort(),
    ]),
  );
}

/** The same as the ids of the rows say: `G13-over` and `G10b` are rows of G13 and G10. */
function writtenTables(): Map<string, string[]> {
  const written = new Map<string, string[]>();
  const tables = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.csv'));
  for (const table of tables.sort())
    for (const row of readTable(table)) {
      const golden = /^G\d+/.exec(row['id'] ?? '')?.[0];
      const known = golden === undefined ? [] : (written.get(golden) ?? []);
      if (golden !== undefined && !known.includes(table)) written.set(golden, [...known, table]);
    }
  return written;
}

describe('the golden examples', () => {
  it.each(GOLDEN)('%s has a row in a table', (golden) => {
    expect(writtenTables().get(golden)).not.toBeUndefined();
  });

  it('are listed with exactly the tables they stand in', () => {
    const sorted = (map: Map<string, string[]>) => [...map].sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)));
    expect(sorted(listedTables())).toEqual(sorted(writtenTables()));
  });
});
