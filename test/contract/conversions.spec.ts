import { verify } from '../../src/cli/verify.js';
import { Policies } from '../../src/policy/policy.port.js';
import { bodyOf } from '../support/catalogue.js';
import { MANY_RULES } from '../support/conversion-rules.js';
import { DIALECTS } from '../support/databases.js';
import { Seed } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';

interface MadeBody {
  conversionId: string;
  code: string;
  fromAmount: string;
  draws: { lot: number }[];
}

describe.each(DIALECTS)('fifty conversions at once on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect));
    await seed.bank.app.get(Policies).publish(MANY_RULES);
  });
  afterAll(() => stop());

  const learnerWith = async (visits: number) => {
    const learner = await seed.learner();
    await seed.attendDays(await seed.course(), learner, visits);
    return learner;
  };
  const together = async (learnerId: string, to: string, amount: string) => {
    const body = { learnerId, from: 'leisure', to, amount };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => seed.bank.post('/api/v1/conversions', seed.registrar, body)),
    );
    return answers.map((answer) => ({ status: answer.status, body: answer.body as MadeBody }));
  };
  const expectSound = async () => {
    const said: string[] = [];
    const isSound = await verify(seed.bank.app, (line) => said.push(line));
    expect(isSound ? [] : said).toEqual([]);
  };

  it('use every outcome once where it may serve once', async () => {
    const { learnerId } = await learnerWith(4);
    const answers = await together(learnerId, 'bonus', '0.11');
    const made = answers.filter(({ status }) => status === 201);
    const lots = made.flatMap(({ body }) => body.draws.map(({ lot }) => lot));
    expect([...lots].sort()).toEqual([1, 2, 3, 4]);
    const codes = new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code));
    expect(codes).toEqual(new Set(['outcome-already-converted']));
    await expectSound();
  });

  it('hold no more than the cap, to the hundredth, and free it when they are refused', async () => {
    const { learnerId } = await learnerWith(5);
    const answers = await together(learnerId, 'extra', '0.04');
    const held = answers.filter(({ status }) => status === 201).map(({ body }) => body);
    // Six of 0.04 and what is left of 0.25.
    expect(held.map(({ fromAmount }) => fromAmount).sort()).toEqual([
      '0.01',
      ...Array.from({ length: 6 }, () => '0.04'),
    ]);
    const second = await seed.bank.key('registrar');
    const settled = await Promise.all(
      held.flatMap(({ conversionId }) =>
        ['approval', 'refusal'].map((verb) =>
          seed.bank.post(`/api/v1/conversions/${conversionId}/${verb}`, second, { reason: '同时决定' }),
        ),
      ),
    );
    // Of two decisions at once about one hold exactly one is made.
    expect(settled.filter(({ status }) => status === 200)).toHaveLength(held.length);
    const { credits } = bodyOf(
      await seed.bank.get(`/api/v1/learners/${learnerId}/balance`, seed.registrar).expect(200),
    );
    expect((credits as Record<string, string>[]).find(({ creditType }) => creditType === 'leisure')).toMatchObject({
      held: '0.00',
    });
    await expectSound();
  });
});
