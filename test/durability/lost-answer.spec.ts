import { BankProcess, secondsOf } from '../support/bank-process.js';
import { bookFaults } from '../support/book-faults.js';
import { newLocation } from '../support/databases.js';
import { faultRounds, faultTimeoutMs, reportFigures } from '../support/fault-rounds.js';
import { ATTEND } from '../support/synthetic-commands.js';
import { command, TestBook } from '../support/test-book.js';

const ROUNDS = faultRounds(2);
/** More than two commits hold (512 each): some are answered, some caught by the fault, some never reached. */
const POSTS = 1_200;
const ACCOUNTS = 40;

describe('a bank killed at its second commit', () => {
  it.each([
    { what: 'committed, nobody answered', moment: 'after' as const },
    { what: 'written, not committed', moment: 'before' as const },
  ])(
    'gives every key its original answer when it comes again, and posts nothing twice: $what',
    async ({ moment }) => {
      let unheard = 0;
      for (let round = 1; round <= ROUNDS; round += 1) unheard += await killAndRetry(moment);
      reportFigures(`killed ${moment} commit`, { rounds: ROUNDS, keys: ROUNDS * POSTS, unheard });
      // What was committed is kept although nobody heard of it; what was not, nobody was told.
      if (moment === 'after') expect(unheard).toBeGreaterThan(0);
      else expect(unheard).toBe(0);
    },
    faultTimeoutMs(ROUNDS),
  );
});

/** Entries that were in the book after the kill and that the process had not answered. */
async function killAndRetry(moment: 'before' | 'after'): Promise<number> {
  const place = await newLocation('sqlite');
  try {
    const { location } = place;
    const before = await TestBook.open(location);
    const learnerIds = await before.openAccounts(ACCOUNTS);
    await before.close();
    const task = { location, learnerIds, prefix: 'retried', total: POSTS, inFlight: POSTS };
    const bankProcess = new BankProcess({ ...task, dieAt: { commit: 2, moment } });
    expect(await bankProcess.ended).toBe('SIGKILL');

    const bank = await TestBook.open(location);
    const written = await entryNames(bank);
    expect(bankProcess.answers.length).toBeGreaterThan(0);
    expect(written.size).toBeLessThan(POSTS);

    const again = await Promise.all(
      Array.from({ length: POSTS }, (_, index) =>
        bank.committer.run(
          command(ATTEND, learnerIds[index % ACCOUNTS]!, { seconds: secondsOf(index) }, `retried-${index}`),
        ),
      ),
    );
    const answers = new Map(again.map(({ answer }, index) => [`retried-${index}`, answer]));
    for (const { key, answer } of bankProcess.answers) expect(answers.get(key)).toEqual(answer);
    for (const [key, entryId] of written) expect(answers.get(key)?.entryId).toBe(entryId);
    expect(again.filter(({ replayed }) => replayed)).toHaveLength(written.size);
    expect((await entryNames(bank)).size).toBe(POSTS);
    expect(await bookFaults(bank.sql)).toEqual([]);
    await bank.close();
    return written.size - bankProcess.answers.length;
  } finally {
    await place.remove();
  }
}

/** Names of all entries by their key; fails when a key has two. */
async function entryNames(bank: TestBook): Promise<Map<string, string>> {
  const rows = await bank.sql.rows<{ idempotency_key: string; learner_id: string; version: number }>(
    'select idempotency_key, learner_id, version from journal_entry',
  );
  const names = new Map(rows.map((row) => [row.idempotency_key, `${row.learner_id}.${row.version}`]));
  expect(names.size).toBe(rows.length);
  return names;
}
