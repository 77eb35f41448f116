import { verify } from '../../src/cli/verify.js';
import { DIALECTS } from '../support/databases.js';
import type { Seed, SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';

/*
 * A transaction that asks for a second connection while it holds a learner's lock waits for ever when everybody who
 * has one waits for that lock. With the smallest pool a single such question is enough.
 */
describe.each(DIALECTS)('the smallest pool of connections on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let course: string;
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect, { DATABASE_POOL: '2' }));
    course = await seed.course({ activityType: 'VOCATIONAL_COURSE', creditType: 'vocational', plannedSessions: 5 });
  });
  afterAll(() => stop());

  /** Freezes and unfreezes the account again and again, which needs the learner's lock each time. */
  const shake = ({ learnerId }: SeededLearner) =>
    Array.from({ length: 4 }, (_, index) =>
      seed.bank.post(`/api/v1/learners/${learnerId}/${index % 2 ? 'unfreeze' : 'freeze'}`, seed.registrar, {
        reason: '核实',
      }),
    );
  const reverse = ({ learnerId }: SeededLearner, version: number) =>
    seed.bank.post(`/api/v1/entries/${learnerId}.${version}/reversal`, seed.registrar, { reason: '名单登记错误' });

  it.each<[string, (learner: SeededLearner) => ReturnType<typeof reverse>]>([
    [
      'a certificate',
      ({ learnerId }) =>
        seed.bank.post('/api/v1/certificates', seed.registrar, { learnerId, programme: 'community-learner' }),
    ],
    ['the reversal of a visit', (learner) => reverse(learner, 6)],
    ['the reversal of a completion', (learner) => reverse(learner, 5)],
  ])('is enough for %s while others change the account', async (_, ask) => {
    const learner = await seed.learner();
    await seed.attendDays(course, learner, 4);
    await seed.complete(course, learner, 80);
    await seed.attend(await seed.session(await seed.course()), learner);
    // Nothing of the catalogue is in memory any more.
    seed.bank.clock.advanceMs(60_000);
    const calls = Array.from({ length: 4 }, () => [...shake(learner), ask(learner)]).flat();
    const answers = await Promise.all(calls);
    expect(answers.map(({ status }) => status).filter((status) => ![200, 201, 409].includes(status))).toEqual([]);
    const said: string[] = [];
    expect({ isSound: await verify(seed.bank.app, (line) => said.push(line)), said }).toMatchObject({
      isSound: true,
    });
  });
});
