import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Policies } from '../../src/policy/policy.port.js';
import { bodyOf } from '../support/catalogue.js';
import { DIALECTS } from '../support/databases.js';
import { Seed, type SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';

/** Lots of a learner as a transcript shows them: type, what is available + what was converted, last day. */
async function lotsOf(seed: Seed, { learnerId }: SeededLearner): Promise<string[]> {
  const issued = await seed.bank.post('/api/v1/transcripts', seed.registrar, { learnerId }).expect(201);
  const { lines } = (issued.body as { document: { lines: Record<string, string>[] } }).document;
  return lines.map(
    ({ lot, creditType, available, converted, validUntil }) =>
      `${lot} ${creditType} ${available} + ${converted} until ${validUntil}`,
  );
}

function convert(seed: Seed, { learnerId }: SeededLearner, amount: string) {
  return seed.bank.post('/api/v1/conversions', seed.registrar, {
    learnerId,
    from: 'leisure',
    to: 'vocational',
    amount,
  });
}

describe('the lots of a conversion', () => {
  let seed: Seed;
  let course: string;
  beforeAll(async () => {
    seed = await Seed.start();
    course = await seed.course();
  });
  beforeEach(() => seed.bank.clock.set('2024-06-10T01:00:00Z'));
  afterAll(() => seed.stop());

  const attendOn = async (learner: SeededLearner, day: string) =>
    seed.attend(await seed.session(course, { startsAt: `${day}T09:00:00+08:00` }), learner);
  const undo = (conversionId: unknown) =>
    seed.bank.post(`/api/v1/conversions/${String(conversionId)}/reversal`, seed.registrar, { reason: '申请有误' });

  it('are the soonest to expire, whenever they were posted, and the new one lives no longer than they', async () => {
    const learner = await seed.learner();
    for (const day of ['2024-06-03', '2022-03-01', '2023-05-04']) await attendOn(learner, day);
    expect((await convert(seed, learner, '0.16').expect(201)).body).toMatchObject({
      draws: [
        { lot: 2, amount: '0.11' },
        { lot: 3, amount: '0.05' },
      ],
      validUntil: '2029-03-01',
    });
    expect(await lotsOf(seed, learner)).toEqual([
      '1 leisure 0.11 + 0.00 until 2031-06-03',
      '2 leisure 0.00 + 0.11 until 2029-03-01',
      '3 leisure 0.06 + 0.05 until 2030-05-04',
      '4 vocational 0.08 + 0.00 until 2029-03-01',
    ]);
  });

  it('keep the validity of the rules they were earned under when later rules shorten it', async () => {
    const rules = parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as { creditTypes: object[] };
    const [leisure, ...others] = rules.creditTypes;
    const shorter = { ...rules, version: '2024.7', effectiveFrom: '2024-06-05' };
    await seed.bank.app
      .get(Policies)
      .publish({ ...shorter, creditTypes: [{ ...leisure, validityYears: 1 }, ...others] });
    const learner = await seed.learner();
    for (const day of ['2024-06-03', '2024-06-06']) await attendOn(learner, day);
    expect((await convert(seed, learner, '0.12').expect(201)).body).toMatchObject({
      draws: [
        { lot: 2, amount: '0.11' },
        { lot: 1, amount: '0.01' },
      ],
      validUntil: '2025-06-06',
    });
  });

  it('are left alone once they have expired, though they stay on record', async () => {
    const learner = await seed.learner();
    for (const day of ['2024-06-03', '2024-06-04']) await attendOn(learner, day);
    // A lot is good through the whole of its last day in Taiyuan.
    seed.bank.clock.set('2031-06-03T15:59:59Z');
    expect((await convert(seed, learner, '0.02').expect(201)).body).toMatchObject({ draws: [{ lot: 1 }] });
    seed.bank.clock.set('2031-06-03T16:00:00Z');
    expect((await convert(seed, learner, '0.12').expect(409)).body).toMatchObject({
      code: 'insufficient-credit',
      available: '0.11',
    });
    expect((await convert(seed, learner, '0.02').expect(201)).body).toMatchObject({ draws: [{ lot: 2 }] });
    expect(await lotsOf(seed, learner)).toContain('1 leisure 0.09 + 0.02 until 2031-06-03');
  });

  it('come back with their own validity when it is reversed, and the new one goes', async () => {
    const learner = await seed.learner();
    for (const day of ['2024-06-03', '2022-03-01']) await attendOn(learner, day);
    const before = await lotsOf(seed, learner);
    const { conversionId } = bodyOf(await convert(seed, learner, '0.20').expect(201));
    const reversal = await undo(conversionId).expect(201);
    expect(reversal.body).toEqual({ entryId: `${learner.learnerId}.4`, reversesEntryId: conversionId });
    expect(await lotsOf(seed, learner)).toEqual(before);
    expect((await undo(conversionId).expect(409)).body).toMatchObject({ code: 'entry-already-reversed' });
    await undo(`${learner.learnerId}.1`).expect(404);
    // What came back can be converted again.
    await convert(seed, learner, '0.20').expect(201);
  });

  it('cannot come back while the credit they became stands in a certificate', async () => {
    const learner = await seed.learner();
    await seed.attendDays(course, learner, 9);
    const vocational = await seed.course({ activityType: 'SKILL_TRAINING', creditType: 'vocational' });
    for (const day of ['03', '04', '05', '06'])
      await seed.attend(await seed.session(vocational, { startsAt: `2024-06-${day}T14:00:00+08:00` }), learner);
    // 4 × 5,400 s at 432 s are 0.50; 0.72 of leisure make 0.36 more.
    const { conversionId } = bodyOf(await convert(seed, learner, '0.72').expect(201));
    const serial = await seed.certificate(learner, 'community-care');
    expect((await undo(conversionId).expect(409)).body).toMatchObject({ code: 'credit-already-used' });
    await seed.revoke(serial, '颁发有误');
    await undo(conversionId).expect(201);
  });
});

describe.each(DIALECTS)('fifty conversions of one learner at the same time, on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect));
  });
  afterAll(() => stop());

  it.each([
    { bound: 'credit', visits: 5, made: 5, refusal: 'insufficient-credit' },
    { bound: 'cap', visits: 18, made: 9, refusal: 'conversion-cap-exceeded' },
  ])('never go beyond the $bound', async ({ visits, made, refusal }) => {
    const learner = await seed.learner();
    await seed.attendDays(await seed.course(), learner, visits);
    const answers = await Promise.all(Array.from({ length: 50 }, () => convert(seed, learner, '0.10')));
    const codes = answers.map(({ status, body }) => (status === 201 ? 'made' : (body as { code: string }).code));
    expect(codes.sort()).toEqual([
      ...Array.from({ length: 50 - made }, () => refusal),
      ...Array.from({ length: made }, () => 'made'),
    ]);
    const path = `/api/v1/learners/${learner.learnerId}/balance`;
    const { credits } = bodyOf(await seed.bank.get(path, seed.registrar).expect(200));
    expect(credits).toMatchObject([
      { creditType: 'leisure', converted: `${made === 5 ? '0.50' : '0.90'}` },
      { creditType: 'vocational', available: `${made === 5 ? '0.25' : '0.45'}` },
    ]);
  });
});
