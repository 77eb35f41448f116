import { randomUUID } from 'node:crypto';
import { verify } from '../../src/cli/verify.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { Policies } from '../../src/policy/policy.port.js';
import { bodyOf } from '../support/catalogue.js';
import { MANY_RULES } from '../support/conversion-rules.js';
import { DIALECTS } from '../support/databases.js';
import type { Seed, SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';

/** Leisure to vocational by the shipped rule, or in whole outcomes. */
const TWO_FOR_A_PAIR = {
  ...MANY_RULES,
  conversionRules: [
    ...MANY_RULES.conversionRules,
    {
      ...{ code: 'spare', name: { zh: '另一条', en: 'Spare' }, to: 'vocational' },
      from: [{ creditTypes: ['leisure'], outcomeClasses: ['activity'] }],
      ...{ ratio: { from: 1, to: 1 }, wholeOnly: true, effectiveFrom: '2013-01-01' },
    },
  ],
};

describe.each(DIALECTS)('a conversion that is refused on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect));
    await seed.bank.app.get(Policies).publish(TWO_FOR_A_PAIR);
  });
  afterAll(async () => {
    const said: string[] = [];
    expect({ sound: await verify(seed.bank.app, (line) => said.push(line)), said }).toMatchObject({ sound: true });
    await stop();
  });

  const learnerWith = async (visits: number) => {
    const learner = await seed.learner();
    await seed.attendDays(await seed.course(), learner, visits);
    return learner;
  };
  const ask = ({ learnerId }: SeededLearner, more: object, onceKey: string = randomUUID()) =>
    seed.bank.post(
      '/api/v1/conversions',
      seed.registrar,
      { learnerId, from: 'leisure', to: 'vocational', ...more },
      onceKey,
    );
  const story = async (id: unknown, key: string) =>
    bodyOf(await seed.bank.get(`/api/v1/conversions/${String(id)}`, key).expect(200));
  const list = async ({ learnerId }: SeededLearner, query = '', key = seed.auditor) =>
    bodyOf(await seed.bank.get(`/api/v1/learners/${learnerId}/refused-conversions${query}`, key).expect(200));
  const countedRefusals = () =>
    seed.bank.app
      .get(Reader)
      .sql.rows<{ rule: string; code: string }>('select rule, code from conversion_refusal order by rule, code');

  it('is kept with every check, as it was decided, and tells what the other rules said', async () => {
    const learner = await learnerWith(2);
    const refused = bodyOf(await ask(learner, { amount: '5.00' }).expect(409));
    expect(refused).toMatchObject({ code: 'conversion-cap-exceeded', rule: 'leisure-to-vocational' });
    const kept = await story(refused['conversionId'], learner.key);
    expect(kept).toMatchObject({
      ...{ conversionId: refused['conversionId'], state: 'refused', allowed: false, decidedOn: '2024-06-10' },
      ...{ rule: 'leisure-to-vocational', policyVersion: 'taiyuan-default@2024.9', executedBy: null, holdEnd: null },
      ...{ reproduced: true, inputs: { lots: 2, earlierParts: 0 } },
      otherRules: [{ rule: 'spare', failed: { check: 'credit', code: 'insufficient-credit' } }],
    });
    expect((kept['checks'] as { passed: boolean; code: string }[]).flatMap(({ code }) => code ?? [])).toEqual([
      'conversion-cap-exceeded',
      'insufficient-credit',
    ]);
  });

  it('is one refusal under one key, counted once for every rule that said no', async () => {
    const learner = await learnerWith(1);
    const before = await countedRefusals();
    const once = randomUUID();
    const first = bodyOf(await ask(learner, { amount: '5.00' }, once).expect(409));
    const again = bodyOf(await ask(learner, { amount: '5.00' }, once).expect(409));
    expect(again['conversionId']).toBe(first['conversionId']);
    expect((await list(learner))['items']).toHaveLength(1);
    const after = await countedRefusals();
    expect(after.length - before.length).toBe(2);
    const spare = (counted: typeof after) => counted.filter(({ rule }) => rule === 'spare').length;
    expect(spare(after)).toBe(spare(before) + 1);
  });

  it('is listed for the learner, newest first, and for nobody else', async () => {
    const [learner, other] = [await learnerWith(1), await learnerWith(1)];
    for (const amount of ['5.00', '6.00', '7.00']) {
      await ask(learner, { amount }).expect(409);
      seed.bank.clock.advanceMs(1000);
    }
    const page = await list(learner, '?limit=2', learner.key);
    expect(page['items']).toMatchObject([
      { askedAmount: '7.00', code: 'conversion-cap-exceeded', from: 'leisure', to: 'vocational' },
      {
        askedAmount: '6.00',
        words: '《社区养老护理研修证书》总学分的 1/2：上限 0.47 学分，已用 0.00，还可转换 0.47，申请 3.00。',
      },
    ]);
    const rest = await list(learner, `?limit=2&cursor=${String(page['next'])}`, learner.key);
    expect(rest).toMatchObject({ items: [{ askedAmount: '5.00' }], next: null });
    expect(await list(other)).toEqual({ items: [], next: null });
    const { conversionId } = (page['items'] as { conversionId: string }[])[0]!;
    const hidden = [
      `/api/v1/learners/${learner.learnerId}/refused-conversions`,
      `/api/v1/conversions/${conversionId}`,
      `/api/v1/conversions/${other.learnerId}.${conversionId.split('.')[1]}`,
    ];
    for (const path of hidden) await seed.bank.get(path, other.key).expect(404);
    await seed.bank.get(`/api/v1/learners/${randomUUID()}/refused-conversions`, seed.auditor).expect(404);
    const bad = await seed.bank.get(`/api/v1/learners/${learner.learnerId}/refused-conversions?cursor=x`, learner.key);
    expect(bad.body).toMatchObject({ code: 'cursor-invalid' });
  });

  it('is kept also where no rule speaks of what was asked', async () => {
    const learner = await learnerWith(1);
    const refused = bodyOf(await ask(learner, { to: 'degree', amount: '0.10' }).expect(409));
    expect(refused).toMatchObject({ code: 'leisure-to-degree-forbidden' });
    expect(await story(refused['conversionId'], seed.registrar)).toMatchObject({
      ...{ state: 'refused', rule: null, reproduced: true, otherRules: [] },
    });
  });
});
