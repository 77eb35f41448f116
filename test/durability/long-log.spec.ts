import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { BankProcess } from '../support/bank-process.js';
import { bookFaults } from '../support/book-faults.js';
import { newLocation } from '../support/databases.js';
import { TestBook } from '../support/test-book.js';

/** A page of the bank and the header it has in the log. */
const FRAME_BYTES = 4_096 + 24;
const CHECKPOINT_PAGES = 1_000;
const POSTS = 12_000;
/** Where SQLite's log says how often it has started over (file format, 4.1). */
const RESTARTS_AT = 12;

/** The length of a log now and how often it has started over. */
function logState(logFile: string): { bytes: number; restarts: number } {
  const file = openSync(logFile, 'r');
  try {
    const restarts = Buffer.alloc(4);
    readSync(file, restarts, 0, 4, RESTARTS_AT);
    return { bytes: statSync(logFile).size, restarts: restarts.readUInt32BE() };
  } finally {
    closeSync(file);
  }
}

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
      const restarts = new Set<number>();
      for (let heard = 100; heard < POSTS; heard += 100) {
        await bankProcess.heard(heard);
        const log = logState(`${databaseFile}-wal`);
        longestLog = Math.max(longestLog, log.bytes);
        restarts.add(log.restarts);
      }
      expect(await bankProcess.ended).toBeNull();

      // It was long enough that the thread had to work, and started over under the load. At four times its length the bank
      // helps; what comes while a copy runs is added to that, and a slow disk makes a copy long.
      expect(longestLog).toBeGreaterThan(CHECKPOINT_PAGES * FRAME_BYTES);
      expect(restarts.size).toBeGreaterThanOrEqual(3);
      expect(longestLog).toBeLessThan(10 * CHECKPOINT_PAGES * FRAME_BYTES);
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
