import { randomUUID } from 'node:crypto';
import { Reader } from '../../src/platform/database/data-sources.js';
import { bodyOf } from '../support/catalogue.js';
import { withoutInstance, type Body } from '../support/learners.js';
import { Seed, type SeededLearner } from '../support/seed.js';

interface CheckBody {
  check: string;
  passed: boolean;
  code: string | null;
  facts: Body;
}

const LEISURE_TO_VOCATIONAL = { from: 'leisure', to: 'vocational' };

/** Credit by type: what is available, and what was converted away. */
async function creditsOf(seed: Seed, { learnerId }: SeededLearner): Promise<Record<string, string>> {
  const body = bodyOf(await seed.bank.get(`/api/v1/learners/${learnerId}/balance`, seed.registrar).expect(200));
  return Object.fromEntries(
    (body['credits'] as Record<string, string>[]).map(({ creditType, available, converted }) => [
      creditType!,
      `${available} + ${converted}`,
    ]),
  );
}

describe('conversion over HTTP', () => {
  let seed: Seed;
  let course: string;
  beforeAll(async () => {
    seed = await Seed.start();
    course = await seed.course();
  });
  afterAll(() => seed.stop());

  const quote = (
    { learnerId }: SeededLearner,
    amount: string,
    types: object = LEISURE_TO_VOCATIONAL,
    key = seed.registrar,
  ) => seed.bank.post('/api/v1/conversions/quote', key, { learnerId, ...types, amount });
  const convert = (
    { learnerId }: SeededLearner,
    amount: string,
    types: object = LEISURE_TO_VOCATIONAL,
    onceKey?: string,
  ) => seed.bank.post('/api/v1/conversions', seed.registrar, { learnerId, ...types, amount }, onceKey);
  const undo = (conversionId: string) =>
    seed.bank.post(`/api/v1/conversions/${conversionId}/reversal`, seed.registrar, { reason: '申请有误' });
  /** A learner with so many visits, each worth 0.11 of leisure credit. */
  const learnerWith = async (visits: number) => {
    const learner = await seed.learner();
    await seed.attendDays(course, learner, visits);
    return learner;
  };

  const passed = (check: string, words: string, facts: unknown) => ({
    ...{ check, passed: true, code: null, words, facts },
    wordsEn: expect.stringMatching(/^[ -~]+$/) as string,
  });

  it('is quoted as it is executed, with every check and what it compared', async () => {
    const learner = await learnerWith(2);
    const { fingerprint, ...quoted } = bodyOf(await quote(learner, '0.12').expect(200));
    expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
    expect(quoted).toEqual({
      allowed: true,
      rule: 'leisure-to-vocational',
      policyVersion: 'taiyuan-default@2024.1',
      from: 'leisure',
      to: 'vocational',
      fromAmount: '0.12',
      toAmount: '0.06',
      validUntil: '2031-06-08',
      draws: [
        { lot: 1, amount: '0.11' },
        { lot: 2, amount: '0.01' },
      ],
      grants: [
        {
          creditType: 'vocational',
          amount: '0.06',
          programme: null,
          item: null,
          provider: 'SQXY-YZ',
          grade: null,
          exempt: false,
        },
      ],
      approval: 'automatic',
      holdUntil: null,
      otherRules: [],
      checks: [
        passed('account', '账户可以转换', { status: 'active' }),
        passed('category', '学分始于文化休闲，没有由文化休闲变为学历的学分', {
          ...{ from: 'leisure', to: 'vocational', fromCategory: 'leisure', toCategory: 'vocational' },
          ...{ lots: '1, 2', began: 'leisure' },
        }),
        passed(
          'rule',
          '按规则“文化休闲学分转换为职业培训学分”（leisure-to-vocational，taiyuan-default@2024.1）',
          expect.objectContaining({ day: '2024-06-10', rule: 'leisure-to-vocational' }),
        ),
        passed('ratio', '0.12 学分按 2:1 换算，没有零头', {
          ...{ ratio: '2:1', asked: '0.12', step: '0.02', nearest: '0.12' },
        }),
        passed('cap', '《社区养老护理研修证书》总学分的 1/2：上限 0.47，已用 0.00，尚余 0.47，申请 0.06', {
          ...{ programme: 'community-care', share: '1/2', per: 'lifetime', usedBy: null },
          ...{ capName: '《社区养老护理研修证书》总学分的 1/2' },
          ...{ capNameEn: '1/2 of the total of "Community care study certificate"' },
          ...{ limit: '0.47', used: '0.00', left: '0.47', asked: '0.06' },
        }),
        passed('credit', '可用 0.22 学分，需要 0.12', { creditType: 'leisure', available: '0.22', needed: '0.12' }),
      ],
    });
    const { conversionId, state, ...made } = bodyOf(await convert(learner, '0.12').expect(201));
    expect(made).toEqual(quoted);
    expect(state).toBe('converted');
    expect(conversionId).toBe(`${learner.learnerId}.3`);
    expect(await creditsOf(seed, learner)).toEqual({ leisure: '0.10 + 0.12', vocational: '0.06 + 0.00' });
    // The decision is kept with the conversion, so that it can be explained for ever.
    const kept = bodyOf(await seed.bank.get(`/api/v1/conversions/${String(conversionId)}`, seed.auditor).expect(200));
    expect(kept).toMatchObject({ ...quoted, state: 'converted', decidedOn: '2024-06-10', reproduced: true });
  });

  it('writes nothing for a quote, allowed or not', async () => {
    const learner = await learnerWith(1);
    const { sql } = seed.bank.app.get(Reader);
    const count = async () =>
      Promise.all(
        ['journal_entry', 'posting', 'conversion', 'idempotency_record', 'audit_event'].map((table) =>
          sql.rows(`select count(*) as count from ${table}`),
        ),
      );
    const before = await count();
    await quote(learner, '0.10').expect(200);
    await quote(learner, '5.00').expect(200);
    expect(await count()).toEqual(before);
  });

  it('tells every check of a quote, also after one has failed', async () => {
    const learner = await learnerWith(1);
    const change = { reason: '身份核实中' };
    await seed.bank.post(`/api/v1/learners/${learner.learnerId}/freeze`, seed.registrar, change).expect(200);
    const body = bodyOf(await quote(learner, '1.01').expect(200));
    expect(body).toMatchObject({ allowed: false, draws: [], validUntil: null });
    expect((body['checks'] as CheckBody[]).map(({ check, code }) => [check, code])).toEqual([
      ['account', 'account-frozen'],
      ['category', null],
      ['rule', null],
      ['ratio', 'conversion-amount-not-whole'],
      ['cap', 'conversion-cap-exceeded'],
      ['credit', 'insufficient-credit'],
    ]);
    expect((await convert(learner, '0.10').expect(409)).body).toMatchObject({ code: 'account-frozen' });
  });

  it.each<[string, object, string, number, string, string]>([
    [
      'from leisure into degree, which no rule can allow',
      { from: 'leisure', to: 'degree' },
      '0.10',
      409,
      'leisure-to-degree-forbidden',
      '任何规则都不能允许此转换。',
    ],
    [
      'without a rule',
      { from: 'vocational', to: 'leisure' },
      '0.10',
      409,
      'conversion-not-allowed',
      '规则表中没有从 vocational 到 leisure 的规则；没有规则即不可转换。',
    ],
    [
      'of a type into itself',
      { from: 'leisure', to: 'leisure' },
      '0.10',
      409,
      'conversion-not-allowed',
      '规则表中没有从 leisure 到 leisure 的规则；没有规则即不可转换。',
    ],
    [
      'of an amount that the ratio does not divide',
      LEISURE_TO_VOCATIONAL,
      '0.11',
      422,
      'conversion-amount-not-whole',
      '数量须是 0.02 学分的整数倍；可改为 0.10。',
    ],
    [
      'of the least there is',
      LEISURE_TO_VOCATIONAL,
      '0.01',
      422,
      'conversion-amount-not-whole',
      '数量须是 0.02 学分的整数倍；可改为 0.02。',
    ],
    [
      'of more than there is',
      LEISURE_TO_VOCATIONAL,
      '0.24',
      409,
      'insufficient-credit',
      'leisure 可用 0.22 学分，需要 0.24 学分。',
    ],
    [
      'of more than the cap leaves',
      LEISURE_TO_VOCATIONAL,
      '99999999.98',
      409,
      'conversion-cap-exceeded',
      '《社区养老护理研修证书》总学分的 1/2：上限 0.47 学分，已用 0.00，还可转换 0.47，申请 49999999.99。',
    ],
  ])('refuses a conversion %s', async (_, types, amount, status, code, detail) => {
    const learner = await learnerWith(2);
    const answer = await convert(learner, amount, types).expect(status);
    expect(answer.body).toMatchObject({ code, detail });
    const checks = bodyOf(await quote(learner, amount, types))['checks'] as CheckBody[];
    expect(checks.find(({ passed }) => !passed)?.code).toBe(code);
    expect(await creditsOf(seed, learner)).toEqual({ leisure: '0.22 + 0.00' });
  });

  it.each([
    ['from', { from: 'gold', to: 'vocational' }],
    ['to', { from: 'leisure', to: 'gold' }],
  ])('refuses a type that does not exist as `%s`, in a quote as in a conversion', async (_, types) => {
    const learner = await learnerWith(1);
    const unknown = { code: 'credit-type-unknown', creditType: 'gold', detail: '现行规则中没有学分类型 gold。' };
    expect((await convert(learner, '0.10', types).expect(422)).body).toMatchObject(unknown);
    expect((await quote(learner, '0.10', types).expect(422)).body).toMatchObject(unknown);
  });

  it('counts every live conversion under the cap, and no reversed one', async () => {
    const learner = await learnerWith(10);
    const first = bodyOf(await convert(learner, '0.60').expect(201));
    expect((await convert(learner, '0.36').expect(409)).body).toMatchObject({
      code: 'conversion-cap-exceeded',
      limit: '0.47',
      used: '0.30',
      left: '0.17',
      asked: '0.18',
    });
    await convert(learner, '0.34').expect(201);
    expect((await convert(learner, '0.02').expect(409)).body).toMatchObject({ used: '0.47', left: '0.00' });
    await undo(String(first['conversionId'])).expect(201);
    const left = (bodyOf(await quote(learner, '0.60'))['checks'] as CheckBody[]).find(({ check }) => check === 'cap');
    expect(left).toMatchObject({ passed: true, facts: { used: '0.17', left: '0.30' } });
  });

  it('comes back by undoing its reversal only while the account and the cap have room for it', async () => {
    const learner = await learnerWith(18);
    const first = bodyOf(await convert(learner, '0.94').expect(201));
    const { entryId } = bodyOf(await undo(String(first['conversionId'])).expect(201));
    const second = bodyOf(await convert(learner, '0.94').expect(201));
    const comeBack = () =>
      seed.bank.post(`/api/v1/entries/${String(entryId)}/reversal`, seed.registrar, { reason: '恢复' });
    expect((await comeBack()).body).toMatchObject({ status: 409, code: 'conversion-cap-exceeded', left: '0.00' });
    await undo(String(second['conversionId'])).expect(201);
    const change = (verb: string) =>
      seed.bank.post(`/api/v1/learners/${learner.learnerId}/${verb}`, seed.registrar, { reason: '核实' }).expect(200);
    await change('freeze');
    expect((await comeBack()).body).toMatchObject({ status: 409, code: 'account-frozen' });
    await change('unfreeze');
    await comeBack().expect(201);
    expect(await creditsOf(seed, learner)).toEqual({ leisure: '1.06 + 0.94', vocational: '0.47 + 0.00' });
  });

  it('is answered once, under its key', async () => {
    const learner = await learnerWith(2);
    const onceKey = randomUUID();
    const first = await convert(learner, '0.10', LEISURE_TO_VOCATIONAL, onceKey).expect(201);
    const again = await convert(learner, '0.10', LEISURE_TO_VOCATIONAL, onceKey).expect(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    const other = await convert(learner, '0.08', LEISURE_TO_VOCATIONAL, onceKey).expect(422);
    expect(other.body).toMatchObject({ code: 'idempotency-key-reused' });
    expect(await creditsOf(seed, learner)).toMatchObject({ leisure: '0.12 + 0.10' });
  });

  it('is quoted to its owner and made by a registrar; to others the account looks like none', async () => {
    const [owner, other] = [await learnerWith(1), await seed.learner()];
    await quote(owner, '0.10', LEISURE_TO_VOCATIONAL, owner.key).expect(200);
    const theirs = await quote(owner, '0.10', LEISURE_TO_VOCATIONAL, other.key).expect(404);
    const nobody = { ...owner, learnerId: randomUUID() };
    const none = await quote(nobody, '0.10').expect(404);
    expect(withoutInstance(theirs.body)).toEqual(withoutInstance(none.body));
    await convert(nobody, '0.10').expect(404);
    const body = { learnerId: owner.learnerId, ...LEISURE_TO_VOCATIONAL, amount: '0.10' };
    await seed.bank.post('/api/v1/conversions', owner.key, body).expect(403);
  });

  const WRONG = '0 0.00 -0.10 +0.10 0.105 1e1 0,10 ０.10 123456789'.split(' ');
  it.each([...WRONG, '', ' 0.10', 0.1, null, ['0.10']])('refuses the amount %j', async (amount) => {
    const answer = await convert(await seed.learner(), amount as string).expect(400);
    expect(answer.body).toMatchObject({ code: 'validation-failed', errors: [{ pointer: '/amount' }] });
  });
});
