import { newLocation } from '../support/databases.js';
import { crowd, killInTheMiddle, verdictOf } from '../support/killed-run.js';
import { Seed } from '../support/seed.js';

const LEARNERS = 900;

describe('a settlement of points killed with kill -9 in the middle', () => {
  it('goes on where it was, and every day has its points once', async () => {
    const place = await newLocation('sqlite');
    const { databaseFile } = place.location;
    try {
      const seed = await Seed.start({ DATABASE_FILE: databaseFile });
      const people = await crowd(seed, LEARNERS);
      const course = await seed.course();
      for (const startsAt of ['2024-06-03T09:00:00+08:00', '2024-06-04T09:00:00+08:00']) {
        const sessionId = await seed.session(course, { startsAt });
        const rows = people.map(({ cardNumber }) => ({ cardNumber, minutes: 90 }));
        await seed.bank.post(`/api/v1/sessions/${sessionId}/attendance`, seed.provider, { rows }).expect(201);
      }
      await seed.stop();

      const { output, again } = await killInTheMiddle(databaseFile, ['settle-points', '--through', '2024-06-09'], {
        done: 'select count(*) as count from point_day where points = 1',
        all: 2 * LEARNERS,
      });
      // The run of the kill was finished by another process: its tally has what both of them wrote.
      expect(output).toContain(`${2 * LEARNERS} 分录 entries, ${2 * LEARNERS} 积分`);
      expect(again).toContain('0 分录 entries');
      const verdict = await verdictOf(databaseFile);
      expect(verdict).toContain(`${4 * LEARNERS} 分录 entries`);
      expect(verdict).toContain('The book is sound');
    } finally {
      await place.remove();
    }
  }, 180_000);
});
