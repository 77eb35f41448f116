import { verify } from '../../src/cli/verify.js';
import { Policies } from '../../src/policy/policy.port.js';
import { approvalRules } from '../support/approval-rules.js';
import { bodyOf } from '../support/catalogue.js';
import type { Body } from '../support/learners.js';
import { Seed, type SeededLearner } from '../support/seed.js';

describe('a conversion that somebody else must approve', () => {
  let seed: Seed;
  let course: string;
  let second: string;
  beforeAll(async () => {
    seed = await Seed.start();
    await seed.bank.app.get(Policies).publish(approvalRules(30));
    course = await seed.course();
    second = await seed.bank.key('registrar');
  });
  beforeEach(() => seed.bank.clock.set('2024-06-10T01:00:00Z'));
  afterAll(async () => {
    const said: string[] = [];
    expect({ sound: await verify(seed.bank.app, (line) => said.push(line)), said }).toMatchObject({ sound: true });
    await seed.stop();
  });

  const question = ({ learnerId }: SeededLearner, more: object = {}) => ({
    ...{ learnerId, from: 'leisure', to: 'vocational', amount: '0.12', ...more },
  });
  const convert = (learner: SeededLearner, more: object = {}) =>
    seed.bank.post('/api/v1/conversions', seed.registrar, question(learner, more));
  const settle = (id: unknown, verb: 'approval' | 'refusal', key = second) =>
    seed.bank.post(`/api/v1/conversions/${String(id)}/${verb}`, key, { reason: '材料齐全' });
  const undo = (id: unknown) =>
    seed.bank.post(`/api/v1/conversions/${String(id)}/reversal`, seed.registrar, { reason: '申请有误' });
  const story = async (id: unknown) =>
    bodyOf(await seed.bank.get(`/api/v1/conversions/${String(id)}`, seed.auditor).expect(200));
  const credits = async ({ learnerId }: SeededLearner) => {
    const body = bodyOf(await seed.bank.get(`/api/v1/learners/${learnerId}/balance`, seed.registrar).expect(200));
    return (body['credits'] as Record<string, string>[]).map(
      ({ creditType, available, held, converted }) => `${creditType} ${available} + ${held} + ${converted}`,
    );
  };
  const learnerWith = async (visits: number) => {
    const learner = await seed.learner();
    await seed.attendDays(course, learner, visits);
    return learner;
  };
  const held = async (learner: SeededLearner): Promise<string> => {
    const made = bodyOf(await convert(learner).expect(201));
    expect(made).toMatchObject({ state: 'held', allowed: true, approval: 'required', holdUntil: '2024-07-10' });
    return String(made['conversionId']);
  };

  it('is held, then executed by another registrar, exactly as it was decided', async () => {
    const learner = await learnerWith(2);
    const id = await held(learner);
    expect(await credits(learner)).toEqual(['leisure 0.10 + 0.12 + 0.00']);
    expect(await story(id)).toMatchObject({
      state: 'held',
      executedBy: null,
      reproduced: true,
      decidedOn: '2024-06-10',
    });
    const done = bodyOf(await settle(id, 'approval').expect(200));
    expect(done).toEqual({ conversionId: id, entryId: `${learner.learnerId}.4`, state: 'converted' });
    expect(await credits(learner)).toEqual(['leisure 0.10 + 0.00 + 0.12', 'vocational 0.06 + 0.00 + 0.00']);
    expect(await story(id)).toMatchObject({ state: 'converted', executedBy: done['entryId'], reproduced: true });
    // The entry that executed it names the same conversion.
    expect(await story(done['entryId'])).toMatchObject({ conversionId: id });
    expect((await settle(id, 'refusal').expect(409)).body).toMatchObject({
      code: 'conversion-not-held',
      state: 'converted',
    });
  });

  it('is not approved by the one who asked for it', async () => {
    const id = await held(await learnerWith(2));
    expect((await settle(id, 'approval', seed.registrar).expect(403)).body).toMatchObject({
      code: 'approver-not-independent',
    });
    await settle(id, 'refusal', seed.registrar).expect(200);
  });

  it('gives every hundredth back when it is refused', async () => {
    const learner = await learnerWith(2);
    const id = await held(learner);
    expect((await undo(id).expect(409)).body).toMatchObject({ code: 'conversion-still-held', state: 'held' });
    expect(bodyOf(await settle(id, 'refusal').expect(200))).toMatchObject({ state: 'released' });
    expect(await credits(learner)).toEqual(['leisure 0.22 + 0.00 + 0.00']);
    expect(await story(id)).toMatchObject({ state: 'released' });
    expect((await settle(id, 'approval').expect(409)).body).toMatchObject({ code: 'conversion-not-held' });
    await held(learner);
  });

  it('lapses with its days, and nothing of it is lost', async () => {
    const learner = await learnerWith(2);
    const id = await held(learner);
    seed.bank.clock.set('2024-07-11T01:00:00Z');
    expect((await settle(id, 'approval').expect(409)).body).toMatchObject({
      code: 'conversion-hold-lapsed',
      holdUntil: '2024-07-10',
    });
    await settle(id, 'refusal').expect(200);
    expect(await credits(learner)).toEqual(['leisure 0.22 + 0.00 + 0.00']);
  });

  it('ends at the latest with the credit in it', async () => {
    const learner = await learnerWith(2);
    seed.bank.clock.set('2031-06-01T01:00:00Z');
    const made = bodyOf(await convert(learner).expect(201));
    expect(made).toMatchObject({ state: 'held', holdUntil: '2031-06-08' });
    await settle(made['conversionId'], 'refusal').expect(200);
  });

  it('waits while the account is frozen', async () => {
    const learner = await learnerWith(2);
    const id = await held(learner);
    await seed.bank
      .post(`/api/v1/learners/${learner.learnerId}/freeze`, seed.registrar, { reason: '核实身份' })
      .expect(200);
    expect((await settle(id, 'approval').expect(409)).body).toMatchObject({ code: 'account-frozen' });
    expect(await story(id)).toMatchObject({ state: 'held' });
  });

  it('counts under the cap while it is held, and not after it is refused', async () => {
    const learner = await learnerWith(18);
    const first = bodyOf(await convert(learner, { amount: '0.90' }).expect(201));
    expect((await convert(learner, { amount: '0.10' }).expect(409)).body).toMatchObject({
      ...{ code: 'conversion-cap-exceeded', used: '0.45', left: '0.02', rule: 'leisure-to-vocational' },
    });
    await settle(first['conversionId'], 'refusal').expect(200);
    await convert(learner, { amount: '0.10' }).expect(201);
  });

  it('is taken back to available, whole, once executed; and comes back by undoing that', async () => {
    const learner = await learnerWith(2);
    const id = await held(learner);
    await settle(id, 'approval').expect(200);
    const { entryId } = bodyOf(await undo(id).expect(201));
    expect(await credits(learner)).toEqual(['leisure 0.22 + 0.00 + 0.00', 'vocational 0.00 + 0.00 + 0.00']);
    expect(await story(id)).toMatchObject({ state: 'reversed' });
    await seed.reverse(String(entryId), '恢复');
    expect(await credits(learner)).toEqual(['leisure 0.10 + 0.00 + 0.12', 'vocational 0.06 + 0.00 + 0.00']);
    expect(await story(id)).toMatchObject({ state: 'converted' });
  });

  it('is executed on the state that was quoted, or not at all', async () => {
    const learner = await learnerWith(2);
    const quote = async () =>
      bodyOf(await seed.bank.post('/api/v1/conversions/quote', learner.key, question(learner)).expect(200));
    const { fingerprint } = await quote();
    await seed.attend(await seed.session(course, { startsAt: '2024-06-01T09:00:00+08:00' }), learner);
    expect((await convert(learner, { fingerprint }).expect(409)).body).toMatchObject({
      code: 'conversion-quote-outdated',
    });
    expect(await credits(learner)).toEqual(['leisure 0.33 + 0.00 + 0.00']);
    const again = await quote();
    seed.bank.clock.set('2024-06-11T01:00:00Z');
    expect((await convert(learner, again).expect(400)).body).toMatchObject({ code: 'validation-failed' });
    const { fingerprint: yesterday } = again;
    expect((await convert(learner, { fingerprint: yesterday }).expect(409)).body).toMatchObject({
      code: 'conversion-quote-outdated',
    });
    await convert(learner, { fingerprint: (await quote())['fingerprint'] }).expect(201);
  });

  it('shows its trace to its owner and to nobody else', async () => {
    const learner = await learnerWith(2);
    const id = await held(learner);
    await seed.bank.get(`/api/v1/conversions/${id}`, learner.key).expect(200);
    await seed.bank.get(`/api/v1/conversions/${id}`, (await seed.learner()).key).expect(404);
    for (const name of [`${learner.learnerId}.1`, `${learner.learnerId}.99`, 'x', '1.1'])
      await seed.bank.get(`/api/v1/conversions/${name}`, seed.registrar).expect(404);
  });

  it('names lots that cannot be used, and takes those that are named', async () => {
    const learner = await learnerWith(3);
    const unsuitable = await convert(learner, { lots: [2, 9] }).expect(409);
    expect(unsuitable.body).toMatchObject({ code: 'conversion-lots-unsuitable', unsuitable: '9' });
    expect(bodyOf(await convert(learner, { lots: [3], amount: '0.06' }).expect(201))).toMatchObject({
      draws: [{ lot: 3, amount: '0.06' }],
    });
  });
});

describe('the public rules', () => {
  let seed: Seed;
  beforeAll(async () => {
    seed = await Seed.start();
  });
  afterAll(() => seed.stop());

  const rules = async (query = '') =>
    (await seed.bank.get(`/api/v1/conversion-rules${query}`).expect(200)).body as Body[];

  it('say in plain words what becomes of what, to everybody', async () => {
    const [rule] = await rules();
    expect(rule).toMatchObject({
      ...{ code: 'leisure-to-vocational', from: ['leisure'], inForce: true, accepted: 0, refused: 0 },
      to: [{ creditType: 'vocational', programme: null, item: null, credit: null }],
    });
    expect((rule!['words'] as { zh: string }[]).map(({ zh }) => zh)).toContain('2.00 文化休闲学分 → 1.00 职业培训学分');
    expect(await rules('?from=leisure&to=vocational')).toHaveLength(1);
    expect(await rules('?from=vocational')).toEqual([]);
    expect(await rules('?to=degree')).toEqual([]);
    expect(await rules('?to=community-care')).toEqual([]);
    for (const query of ['from=zzz', 'to=zzz', 'from=community-care']) {
      const refused = await seed.bank.get(`/api/v1/conversion-rules?${query}`).expect(422);
      expect(refused.body).toMatchObject({ code: 'credit-type-unknown' });
    }
    await seed.bank.get('/api/v1/conversion-rules?from=%00').expect(400);
    await seed.bank.get('/api/v1/conversion-rules/nothing').expect(404);
  });

  it('count what was accepted and what was refused, each request once', async () => {
    const learner = await seed.learner();
    await seed.attendDays(await seed.course(), learner, 2);
    const ask = (amount: string, onceKey?: string) =>
      seed.bank.post(
        '/api/v1/conversions',
        seed.registrar,
        { learnerId: learner.learnerId, from: 'leisure', to: 'vocational', amount },
        onceKey,
      );
    await ask('0.10').expect(201);
    for (const onceKey of ['a'.repeat(20), 'a'.repeat(20), 'b'.repeat(20)]) await ask('0.90', onceKey).expect(409);
    seed.bank.clock.advanceMs(61_000);
    const counted = await seed.bank.get('/api/v1/conversion-rules/leisure-to-vocational').expect(200);
    expect(counted.body).toMatchObject({ accepted: 1, refused: 2 });
  });
});
