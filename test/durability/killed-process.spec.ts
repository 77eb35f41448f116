import { BankProcess } from '../support/bank-process.js';
import { bookFaults } from '../support/book-faults.js';
import { faultRounds, faultTimeoutMs, randomUpTo, reportFigures, someMomentWithin } from '../support/fault-rounds.js';
import { newLocation } from '../support/databases.js';
import { TestBook } from '../support/test-book.js';

const ROUNDS = faultRounds(8);
/** Answers after which a round ends at the latest; long runs add up to the 300,000 of the fault plan (LEDGER F1). */
const MOST_ANSWERS = ROUNDS > 8 ? 6_000 : 1_500;

describe('a bank killed with kill -9 while 64 posts are under way', () => {
  it(
    'has every acknowledged post exactly once and nothing by halves',
    async () => {
      const place = await newLocation('sqlite');
      const { location } = place;
      try {
        const learnerIds = await openAccounts(location.databaseFile, 40);
        const acknowledged: string[] = [];
        let unheard = 0;
        let lost = 0;
        for (let round = 1; round <= ROUNDS; round += 1) {
          // Every second round the log is copied all the time, so that the end often comes in the middle of it.
          const copying = round % 2 ? {} : { checkpointPages: 50 };
          const bankProcess = new BankProcess({
            location,
            learnerIds,
            prefix: `round-${round}`,
            inFlight: 64,
            ...copying,
          });
          await bankProcess.heard(randomUpTo(MOST_ANSWERS));
          await someMomentWithin(20);
          await bankProcess.kill();
          expect(bankProcess.answers.filter(({ answer }) => !answer)).toEqual([]);
          acknowledged.push(...bankProcess.acknowledgedKeys());

          const bank = await TestBook.open(location);
          const counts = await bank.entriesByKey(acknowledged);
          lost = [...counts.values()].filter((count) => count === 0).length;
          expect(lost).toBe(0);
          expect([...counts].filter(([, count]) => count > 1)).toEqual([]);
          expect(await bookFaults(bank.sql)).toEqual([]);
          const keys = await bank.sql.rows('select idempotency_key from journal_entry');
          unheard = keys.length - acknowledged.length;
          // What was committed but not answered can only be what was under way when a round ended.
          expect(unheard).toBeLessThanOrEqual(64 * round);
          await bank.close();
        }
        reportFigures('kill -9', { rounds: ROUNDS, acknowledged: acknowledged.length, lost, unheard });
      } finally {
        await place.remove();
      }
    },
    faultTimeoutMs(ROUNDS),
  );
});

async function openAccounts(databaseFile: string, count: number): Promise<string[]> {
  const bank = await TestBook.open({ databaseFile });
  const learnerIds = await bank.openAccounts(count);
  await bank.close();
  return learnerIds;
}
