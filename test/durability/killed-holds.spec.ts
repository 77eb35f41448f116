import { ConvertCredit } from '../../src/conversion/conversion.port.js';
import { Policies } from '../../src/policy/policy.port.js';
import { approvalRules } from '../support/approval-rules.js';
import { newLocation } from '../support/databases.js';
import { crowd, killInTheMiddle, verdictOf } from '../support/killed-run.js';
import { Seed } from '../support/seed.js';
import { newOnce, REGISTRAR } from '../support/writers.js';

const LEARNERS = 900;

describe('a run that gives lapsed holds back, killed with kill -9 in the middle', () => {
  it('goes on where it was, and every hold is given back once', async () => {
    const place = await newLocation('sqlite');
    const { databaseFile } = place.location;
    try {
      const seed = await Seed.start({ DATABASE_FILE: databaseFile });
      await seed.bank.app.get(Policies).publish(approvalRules(30));
      const people = await crowd(seed, LEARNERS);
      const sessionId = await seed.session(await seed.course());
      const rows = people.map(({ cardNumber }) => ({ cardNumber, minutes: 90 }));
      await seed.bank.post(`/api/v1/sessions/${sessionId}/attendance`, seed.provider, { rows }).expect(201);
      const conversions = seed.bank.app.get(ConvertCredit);
      const asked = { from: 'leisure', to: 'vocational', fromCenti: 10 };
      const held = people.map(({ learnerId }) => conversions.run(REGISTRAR, newOnce(), { ...asked, learnerId }));
      for (const { answer } of await Promise.all(held)) expect(answer.state).toBe('held');
      await seed.stop();

      const { output, again } = await killInTheMiddle(databaseFile, ['release-holds', '--through', '2024-07-11'], {
        done: "select count(*) as count from conversion_hold where ended = 'lapsed'",
        all: LEARNERS,
      });
      // The run of the kill was finished by another process: its tally has what both of them wrote.
      expect(output).toContain(`${LEARNERS} 分录 entries, ${LEARNERS / 10}.00 学分`);
      expect(again).toContain('0 分录 entries');
      const verdict = await verdictOf(databaseFile);
      expect(verdict).toContain(`${3 * LEARNERS} 分录 entries`);
      expect(verdict).toContain('The book is sound');
    } finally {
      await place.remove();
    }
  }, 180_000);
});
