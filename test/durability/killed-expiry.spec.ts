import type { CommandKind } from '../../src/ledger/book-command.js';
import { bookFaults } from '../support/book-faults.js';
import { newLocation } from '../support/databases.js';
import { killInTheMiddle } from '../support/killed-run.js';
import { command, TestBook } from '../support/test-book.js';

const LEARNERS = 6_000;

/** One lot that ended long ago and one that does not end in our time. */
const EARN: CommandKind<null, null, null> = {
  action: 'earn',
  loadFacts: () => Promise.resolve(null),
  decide: (_, __, { nowMs }) => ({
    draft: {
      kind: 'opening',
      occurredAt: nowMs,
      postings: ['2020-01-01', '2999-01-01'].map((validUntil, index) => ({
        source: 'issued',
        destination: 'available',
        creditType: 'leisure',
        amount: 5 + index,
        lot: 'new',
        earnedOn: '2013-01-01',
        validUntil,
      })),
    },
    complete: () => ({ answer: null }),
  }),
};

describe('an expiry run killed with kill -9 in the middle', () => {
  it('goes on where it was, and every lot expires once', async () => {
    const place = await newLocation('sqlite');
    const { databaseFile } = place.location;
    try {
      const bank = await TestBook.open({ databaseFile });
      const learners = await bank.openAccounts(LEARNERS);
      await Promise.all(learners.map((id) => bank.committer.run(command(EARN, id, null, null))));
      await bank.close();

      const { output, again } = await killInTheMiddle(databaseFile, ['expire', '--through', '2024-06-10'], {
        done: "select count(distinct learner_id) as count from posting where destination = 'expired'",
        all: LEARNERS,
      });
      // The run of the kill was finished by another process: its tally has what both of them wrote.
      expect(output).toContain(`${LEARNERS} 分录 entries, 300.00 学分`);
      expect(again).toContain('0 分录 entries');
      const after = await TestBook.open({ databaseFile });
      const lots = await after.sql.rows<{ lot: number; times: number; amount: number }>(
        "select lot, count(*) as times, sum(amount) as amount from posting where destination = 'expired' group by lot",
      );
      expect(lots).toEqual([{ lot: 1, times: LEARNERS, amount: 5 * LEARNERS }]);
      expect(await bookFaults(after.sql)).toEqual([]);
      await after.close();
    } finally {
      await place.remove();
    }
  }, 180_000);
});
