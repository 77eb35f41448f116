import { Reader, openDatabase } from '../../src/platform/database/data-sources.js';
import { OpenAccounts } from '../../src/learners/learners.port.js';
import { SCHEMA } from '../../src/schema.js';
import { Program } from './child-process.js';
import { residentNumber } from './learners.js';
import type { Seed, SeededLearner } from './seed.js';
import { CALLER } from './test-book.js';

const IDENTITY_KEY = '0f'.repeat(32);
const COUNTY = '140106';

/** So many people with accounts and cards, without keys of their own. */
export async function crowd(seed: Seed, count: number): Promise<Omit<SeededLearner, 'key'>[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    ...{ name: '示例学员', identityType: 'RESIDENT_ID', identityNumber: residentNumber(5_000 + index) },
    ...{ unitCode: COUNTY, countyCode: COUNTY, openedOn: '2013-01-01' },
  }));
  await seed.bank.app.get(OpenAccounts).openInBulk(rows, CALLER);
  return seed.bank.app
    .get(Reader)
    .sql.rows('select learner_id as "learnerId", card_number as "cardNumber" from learning_card order by learner_id');
}

/** What a run of the operator left behind. */
export interface RunEnd {
  /** What the two processes said that went on after the kill. */
  output: string;
  /** What a process said that came after them. */
  again: string;
}

/**
 * Starts a command of the operator that works through everybody, kills it with `kill -9` after its first part, lets two
 * processes at once go on, and one more look whether anything is left. `done` is a query that counts what the command
 * has done, `all` its number in the end; in the middle it must be neither none nor all.
 */
export async function killInTheMiddle(
  databaseFile: string,
  words: string[],
  { done, all }: { done: string; all: number },
): Promise<RunEnd> {
  const start = () =>
    new Program('dist/cli.js', words, { DATABASE_FILE: databaseFile, LOG_LEVEL: 'silent', IDENTITY_KEY });
  const first = start();
  await first.printed(/… (\d+) 分录/);
  await first.end('SIGKILL');
  const inTheMiddle = await count(databaseFile, done);
  expect(inTheMiddle).toBeGreaterThan(0);
  expect(inTheMiddle).toBeLessThan(all);

  const [second, third] = [start(), start()];
  expect([await second.end(), await third.end()]).toEqual([0, 0]);
  const fourth = start();
  expect(await fourth.end()).toBe(0);
  expect(await count(databaseFile, done)).toBe(all);
  return { output: `${second.output}${third.output}`, again: fourth.output };
}

/** What `verify` says of a bank, as the operator runs it. */
export async function verdictOf(databaseFile: string): Promise<string> {
  const program = new Program('dist/cli.js', ['verify'], { DATABASE_FILE: databaseFile, IDENTITY_KEY });
  await program.end();
  return program.output;
}

async function count(databaseFile: string, query: string): Promise<number> {
  const database = await openDatabase({ databaseFile }, SCHEMA);
  const [row] = await database.reader.sql.rows<{ count: number }>(query);
  await database.close();
  return row!.count;
}
