import { verify } from '../../src/cli/verify.js';
import { Policies } from '../../src/policy/policy.port.js';
import { bodyOf } from '../support/catalogue.js';
import { DEGREE_RULES, MANY_RULES } from '../support/conversion-rules.js';
import { DIALECTS } from '../support/databases.js';
import type { Body } from '../support/learners.js';
import type { Seed, SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';

interface Asked {
  to?: string;
  from?: string;
  amount?: string;
  lots?: number[];
}

describe.each(DIALECTS)('conversions of a person with two accounts on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let course: string;
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect));
    await seed.bank.app.get(Policies).publish(MANY_RULES);
    course = await seed.course();
  });
  afterEach(async () => {
    const said: string[] = [];
    const isSound = await verify(seed.bank.app, (line) => said.push(line));
    expect(isSound ? [] : said).toEqual([]);
  });
  afterAll(() => stop());

  /** A learner with so many visits, each a lot of 0.11. */
  const learnerWith = async (visits: number): Promise<SeededLearner> => {
    const learner = await seed.learner();
    await seed.attendDays(course, learner, visits);
    return learner;
  };
  const ask = (path: string, { learnerId }: SeededLearner, asked: Asked) =>
    seed.bank.post(`/api/v1/${path}`, seed.registrar, {
      ...{ learnerId, from: 'leisure', to: 'bonus', amount: '0.05', ...asked },
    });
  const made = async (learner: SeededLearner, asked: Asked = {}): Promise<Body> =>
    bodyOf(await ask('conversions', learner, asked).expect(201));
  const refused = async (learner: SeededLearner, asked: Asked = {}): Promise<Body> =>
    bodyOf(await ask('conversions', learner, asked).expect(409));
  const quote = async (learner: SeededLearner, asked: Asked = {}): Promise<Body> => {
    const { fingerprint, ...quoted } = bodyOf(await ask('conversions/quote', learner, asked).expect(200));
    expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
    return quoted;
  };
  const reversed = (id: unknown) =>
    seed.bank.post(`/api/v1/conversions/${String(id)}/reversal`, seed.registrar, { reason: '申请有误' });
  const undo = (mergeId: string) =>
    seed.bank.post(`/api/v1/merges/${mergeId}/reversal`, seed.registrar, { reason: '并非同一人' });
  const story = async (id: unknown) =>
    bodyOf(await seed.bank.get(`/api/v1/conversions/${String(id)}`, seed.auditor).expect(200));

  it('use an outcome once, in whichever account it was used', async () => {
    const [kept, duplicate] = [await learnerWith(1), await learnerWith(2)];
    await made(duplicate, { lots: [1] });
    await seed.merge(kept, duplicate);
    // Lot 2 is what is left of the outcome that served, lot 3 the other one.
    expect(await refused(kept, { lots: [2] })).toMatchObject({ code: 'outcome-already-converted', leftOut: '2' });
    const { conversionId } = await made(kept, { lots: [3] });
    expect(await story(conversionId)).toMatchObject({ reproduced: true, state: 'converted' });
    expect(await refused(kept, { lots: [3] })).toMatchObject({ code: 'outcome-already-converted' });
    // Unnamed, the outcomes that may still serve are drawn: its own.
    expect(await made(kept)).toMatchObject({ draws: [{ lot: 1, amount: '0.05' }] });
    expect(await refused(kept)).toMatchObject({ code: 'outcome-already-converted' });
  });

  it('follow an outcome through three accounts, and into what it was converted to', async () => {
    const [first, second, third] = [await learnerWith(1), await learnerWith(0), await learnerWith(0)];
    const once = await made(first, { amount: '0.11' });
    expect(once).toMatchObject({ grants: [{ creditType: 'bonus', amount: '0.11' }] });
    await seed.merge(second, first);
    await seed.merge(third, second);
    // The bonus is the same outcome, and that has served for ever.
    expect(await refused(third, { from: 'bonus', to: 'special' })).toMatchObject({ code: 'outcome-already-converted' });
    expect(await quote(third, { from: 'bonus', to: 'special' })).toMatchObject({ allowed: false });
  });

  it('take no outcome as whole of which something was used before', async () => {
    const [kept, duplicate] = [await learnerWith(0), await learnerWith(2)];
    await made(duplicate, { to: 'vocational', amount: '0.02', lots: [1] });
    await seed.merge(kept, duplicate);
    expect(await refused(kept, { to: 'special', amount: '0.10', lots: [1] })).toMatchObject({
      code: 'outcome-not-whole',
    });
    await made(kept, { to: 'special', amount: '0.11', lots: [2] });
  });

  it('count every account under the share of a programme', async () => {
    const [kept, duplicate] = [await learnerWith(5), await learnerWith(6)];
    await made(kept, { to: 'vocational', amount: '0.20' });
    await made(duplicate, { to: 'vocational', amount: '0.60' });
    const quoted = await quote(kept, { to: 'vocational', amount: '0.20' });
    expect(quoted).toMatchObject({ allowed: true });
    const mergeId = await seed.merge(kept, duplicate);
    expect(await refused(kept, { to: 'vocational', amount: '0.20' })).toMatchObject({
      ...{ code: 'conversion-cap-exceeded', limit: '0.47', used: '0.40', left: '0.07' },
    });
    await undo(mergeId).expect(200);
    expect(await quote(kept, { to: 'vocational', amount: '0.20' })).toEqual(quoted);
    const again = await seed.merge(kept, duplicate);
    const { conversionId } = await made(kept, { to: 'vocational', amount: '0.14' });
    const told = await story(conversionId);
    expect(told['reproduced']).toBe(true);
    const caps = (told['checks'] as Body[]).filter(({ check }) => check === 'cap');
    expect(caps).toMatchObject([{ passed: true, facts: { used: '0.40', asked: '0.07' } }]);
    expect(await refused(kept, { to: 'vocational', amount: '0.02' })).toMatchObject({ left: '0.00' });
    // What it drew was its own, so the accounts can part: then each stands under the cap by itself.
    await undo(again).expect(200);
    expect(await quote(duplicate, { to: 'vocational', amount: '0.02' })).toMatchObject({ allowed: true });
  });

  it('count every account under what a year and an institution may have, held or made', async () => {
    const [kept, duplicate] = [await learnerWith(2), await learnerWith(2)];
    const second = await seed.bank.key('registrar');
    const approve = (id: unknown) =>
      seed.bank.post(`/api/v1/conversions/${String(id)}/approval`, second, {}).expect(200);
    await approve((await made(duplicate, { to: 'extra', amount: '0.20' }))['conversionId']);
    const held = await made(kept, { to: 'extra', amount: '0.03' });
    await seed.merge(kept, duplicate);
    // 0.20 there and 0.03 held here leave 0.02 of 0.25.
    const rest = await made(kept, { to: 'extra', amount: '0.08' });
    expect(rest).toMatchObject({ state: 'held', fromAmount: '0.02' });
    await approve(held['conversionId']);
    expect(await refused(kept, { to: 'extra', amount: '0.01' })).toMatchObject({ used: '0.25', left: '0.00' });
  });

  it('are not brought back where the other account has taken their place', async () => {
    const [kept, duplicate] = [await learnerWith(5), await learnerWith(6)];
    const { conversionId } = await made(kept, { to: 'vocational', amount: '0.40' });
    const { entryId } = bodyOf(await reversed(conversionId).expect(201));
    await made(duplicate, { to: 'vocational', amount: '0.60' });
    await seed.merge(kept, duplicate);
    const back = await seed.bank.post(`/api/v1/entries/${String(entryId)}/reversal`, seed.registrar, {
      reason: '恢复',
    });
    expect([back.status, bodyOf(back)['code']]).toEqual([409, 'conversion-cap-exceeded']);
  });

  it('are each account’s own again when the merge is undone', async () => {
    const [kept, duplicate] = [await learnerWith(2), await learnerWith(2)];
    await made(duplicate, { lots: [1] });
    const before = [await quote(kept), await quote(duplicate), await quote(duplicate, { lots: [1] })];
    const mergeId = await seed.merge(kept, duplicate);
    const { conversionId } = await made(kept, { lots: [4] });
    expect(bodyOf(await undo(mergeId).expect(409))).toMatchObject({ code: 'credit-already-used' });
    await reversed(conversionId).expect(201);
    await undo(mergeId).expect(200);
    expect([await quote(kept), await quote(duplicate), await quote(duplicate, { lots: [1] })]).toEqual(before);
    expect(await refused(duplicate, { lots: [1] })).toMatchObject({ code: 'outcome-already-converted' });
    // Lot 2 served only while both accounts were one, and that was taken back.
    await made(duplicate, { lots: [2] });
    // The other way round: who was kept is now the one that is closed.
    await seed.merge(duplicate, kept);
    expect(await refused(duplicate, { lots: [2] })).toMatchObject({ code: 'outcome-already-converted' });
    expect(await story(conversionId)).toMatchObject({ state: 'reversed', reproduced: true });
    expect(await made(duplicate, { amount: '0.22' })).toMatchObject({ fromAmount: '0.22' });
    expect(await refused(duplicate, { amount: '0.01' })).toMatchObject({ code: 'outcome-already-converted' });
  });

  it('use no outcome twice while both convert and are merged at the same time', async () => {
    const [kept, duplicate] = [await learnerWith(4), await learnerWith(4)];
    const convert = (learner: SeededLearner) => ask('conversions', learner, { amount: '0.06' });
    const merge = () =>
      seed.bank.post(`/api/v1/learners/${kept.learnerId}/merge`, seed.registrar, {
        ...{ duplicateLearnerId: duplicate.learnerId, reason: '同一人重复开户' },
      });
    const answers = await Promise.all([
      ...Array.from({ length: 3 }, () => [convert(duplicate), convert(kept)]).flat(),
      merge(),
      ...Array.from({ length: 12 }, () => [convert(kept), convert(duplicate)]).flat(),
    ]);
    expect(answers[6]!.status).toBe(201);
    // Whichever came first: what nobody used before the merge is the kept account's to use.
    for (let index = 0; index < 8; index += 1) answers.push(await convert(kept));
    const codes = answers.map(({ status, body }) => (status === 201 ? 'made' : String((body as Body)['code'])));
    // Eight visits of 0.11: each serves one conversion of 0.06 and no other.
    expect(codes.filter((code) => code === 'made')).toHaveLength(8 + 1);
    const known = ['made', 'outcome-already-converted', 'account-merged'];
    expect(codes.filter((code) => !known.includes(code))).toEqual([]);
    expect(codes.at(-1)).toBe('outcome-already-converted');
  });

  it('know leisure again after it came over as vocational credit', async () => {
    const [kept, duplicate] = [await learnerWith(0), await learnerWith(2)];
    await made(duplicate, { to: 'vocational', amount: '0.22' });
    await seed.merge(kept, duplicate);
    await seed.bank.app.get(Policies).publish(DEGREE_RULES);
    expect(await refused(kept, { from: 'vocational', to: 'degree' })).toMatchObject({
      code: 'leisure-to-degree-forbidden',
    });
  });
});
