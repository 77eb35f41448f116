import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { BankProcess, type BankProcessOptions } from '../support/bank-process.js';
import { bookFaults } from '../support/book-faults.js';
import { newLocation } from '../support/databases.js';
import { faultRounds, faultTimeoutMs, randomUpTo, reportFigures, someMomentWithin } from '../support/fault-rounds.js';
import { buildPowerCut, WatchedDisk } from '../support/power-cut.js';
import { TestBook } from '../support/test-book.js';

const ROUNDS = faultRounds(5);
const powerCut = buildPowerCut();
if ('reason' in powerCut) console.warn(`Power cuts are not tested: ${powerCut.reason}`);
const library = 'library' in powerCut ? powerCut.library : '';

(library ? describe : describe.skip)('a bank whose power is cut', () => {
  afterAll(() => rmSync(dirname(library), { recursive: true }));

  it.each([
    { what: 'with only what was synced left', isTorn: false },
    { what: 'with any sectors written after the last sync', isTorn: true },
  ])(
    'has every acknowledged post under its own settings, $what',
    async ({ isTorn }) => {
      // Small checkpoints every second round, so that short rounds also meet what a large log does.
      const { acknowledged, lost } = await cutPower(isTorn, (round) => (round % 2 ? {} : { checkpointPages: 100 }));
      reportFigures(isTorn ? 'power cut, torn' : 'power cut', { rounds: ROUNDS, acknowledged, lost });
      expect(acknowledged).toBeGreaterThan(0);
      expect(lost).toBe(0);
    },
    faultTimeoutMs(ROUNDS),
  );

  it(
    'loses acknowledged posts with synchronous = NORMAL, which proves the test',
    async () => {
      const { acknowledged, lost } = await cutPower(false, () => ({ synchronous: 'NORMAL' }));
      reportFigures('power cut, synchronous = NORMAL', { rounds: ROUNDS, acknowledged, lost });
      expect(lost).toBeGreaterThan(0);
    },
    faultTimeoutMs(ROUNDS),
  );
});

/** Rounds of posting and power cuts on one bank: how many posts were acknowledged, and how many of them are gone. */
async function cutPower(
  isTorn: boolean,
  optionsOf: (round: number) => Pick<BankProcessOptions, 'synchronous' | 'checkpointPages'>,
): Promise<{ acknowledged: number; lost: number }> {
  const place = await newLocation('sqlite');
  try {
    const disk = new WatchedDisk(place.location.databaseFile, library);
    const before = await TestBook.open(place.location);
    const learnerIds = await before.openAccounts(10);
    await before.close();
    let acknowledged = 0;
    let lost = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      disk.settle();
      const options = { location: { databaseFile: disk.file }, learnerIds, prefix: `round-${round}`, inFlight: 4 };
      const bankProcess = new BankProcess({ ...options, ...optionsOf(round) }, disk.environment);
      await bankProcess.heard(randomUpTo(300));
      await someMomentWithin(10);
      await bankProcess.kill();
      disk.cutPower(isTorn);

      const keys = bankProcess.acknowledgedKeys();
      const bank = await TestBook.open({ databaseFile: disk.file });
      const counts = await bank.entriesByKey(keys);
      acknowledged += keys.length;
      lost += [...counts.values()].filter((count) => count === 0).length;
      expect([...counts].filter(([, count]) => count > 1)).toEqual([]);
      // Even what loses its last commits stays a right book: a commit is there as a whole or not at all.
      expect(await bookFaults(bank.sql)).toEqual([]);
      await bank.close();
    }
    return { acknowledged, lost };
  } finally {
    await place.remove();
  }
}
