import { statSync } from 'node:fs';
import { BankProcess } from '../support/bank-process.js';
import { bookFaults } from '../support/book-faults.js';
import { newLocation } from '../support/databases.js';
import { TestBook } from '../support/test-book.js';

const PAGE_BYTES = 4_096;
const CHECKPOINT_PAGES = 1_000;
const POSTS = 12_000;

describe('a bank under a steady load', () => {
  it('keeps its log short while it posts, ends by itself, and has everything', async () => {
    const place = await newLocation('sqlite');
    try {
      const { databaseFile } = place.location;
      const before = await TestBook.open(place.location);
      const learnerIds = await before.openAccounts(500);
      await before.close();

      const options = { location: place.location, learnerIds, prefix: 'steady', total: POSTS, inFlight: 64 };
      const bankProcess = new BankProcess({ ...options, checkpointPages: CHECKPOINT_PAGES });
      let longestLog = 0;
      for (let heard = 100; heard < POSTS; heard += 100) {
        await bankProcess.heard(heard);
        longestLog = Math.max(longestLog, statSync(`${databaseFile}-wal`, { throwIfNoEntry: false })?.size ?? 0);
      }
      expect(await bankProcess.ended).toBeNull();

      // Long enough that the thread had to work. At four times its length the bank would copy the log by itself.
      expect(longestLog).toBeGreaterThan(CHECKPOINT_PAGES * PAGE_BYTES);
      expect(longestLog).toBeLessThan(5 * CHECKPOINT_PAGES * PAGE_BYTES);
      const bank = await TestBook.open(place.location);
      const counts = await bank.entriesByKey(bankProcess.acknowledgedKeys());
      expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(POSTS);
      expect(await bookFaults(bank.sql)).toEqual([]);
      await bank.close();
    } finally {
      await place.remove();
    }
  });
});
