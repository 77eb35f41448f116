import { randomUUID } from 'node:crypto';
import { bodyOf } from '../support/catalogue.js';
import { MERGE_REASON, mergeRequests } from '../support/merges.js';
import { Seed } from '../support/seed.js';

describe('merging over HTTP', () => {
  let seed: Seed;
  let course: string;
  beforeAll(async () => {
    seed = await Seed.start();
    course = await seed.course();
  });
  afterAll(() => seed.stop());

  const { merge, undo, read, leisure, post, session, isSound } = mergeRequests(
    () => seed,
    () => course,
  );

  it('is refused without a second account, a reason or the right to do it', async () => {
    const [kept, duplicate] = [await seed.learner(), await seed.learner()];
    expect((await merge(kept, kept).expect(422)).body).toMatchObject({ code: 'merge-with-itself' });
    await merge(kept, { learnerId: randomUUID() }).expect(404);
    await merge({ learnerId: randomUUID() }, duplicate).expect(404);
    await merge({ learnerId: 'nobody' }, duplicate).expect(404);
    for (const key of [seed.provider, seed.auditor, seed.administrator, kept.key]) {
      await merge(kept, duplicate, randomUUID(), key).expect(403);
    }
    const path = `/api/v1/learners/${kept.learnerId}/merge`;
    for (const body of [
      {},
      { duplicateLearnerId: 'x', reason: MERGE_REASON },
      { duplicateLearnerId: duplicate.learnerId },
    ]) {
      const answer = await seed.bank.post(path, seed.registrar, body);
      expect(answer.body).toMatchObject({ code: 'validation-failed' });
    }
    await seed.bank.get(`/api/v1/merges/${randomUUID()}`, seed.registrar).expect(404);
    await undo(randomUUID()).expect(404);
    await undo('x').expect(404);
  });

  it.each([
    ['freeze', 'duplicate', 'account-frozen'],
    ['closure', 'duplicate', 'account-closed'],
    ['closure', 'kept', 'account-closed'],
  ])('is refused after %s of the account called %s', async (change, who, code) => {
    const accounts = { kept: await seed.learner(), duplicate: await seed.learner() };
    const { learnerId } = accounts[who as 'kept'];
    await seed.bank
      .post(`/api/v1/learners/${learnerId}/${change}`, seed.registrar, { reason: MERGE_REASON })
      .expect(200);
    expect((await merge(accounts.kept, accounts.duplicate).expect(409)).body).toMatchObject({ code });
  });

  it('makes everything else refuse the closed account', async () => {
    const [kept, duplicate] = [await seed.learner(), await seed.learner()];
    const [visit] = await seed.attendDays(course, duplicate, 2);
    const merged = bodyOf(await merge(kept, duplicate).expect(201));
    const { learnerId, cardNumber } = duplicate;
    const reason = { reason: MERGE_REASON };
    for (const [path, body] of [
      [`learners/${learnerId}/cards`, { countyCode: '140106' }],
      [`learners/${learnerId}/freeze`, reason],
      [`cards/${cardNumber}/loss-report`, {}],
      ['conversions', { learnerId, from: 'leisure', to: 'vocational', amount: '0.02' }],
      ['certificates', { learnerId, programme: 'community-learner' }],
      [`entries/${visit}/reversal`, reason],
    ] as [string, object][]) {
      const answer = await seed.bank.post(`/api/v1/${path}`, seed.registrar, body);
      expect({ path, ...bodyOf(answer) }).toMatchObject({ path, status: 409, code: 'account-merged' });
    }
    expect((await post(await session(5), duplicate).expect(409)).body).toMatchObject({
      code: 'account-merged',
      detail: expect.stringContaining('请使用保留账户') as string,
    });
    for (const entryId of [merged['keptEntryId'], merged['duplicateEntryId']] as string[]) {
      const answer = await seed.bank.post(`/api/v1/entries/${entryId}/reversal`, seed.registrar, reason).expect(409);
      expect(answer.body).toMatchObject({ code: 'entry-not-reversible', kind: 'merge' });
    }
  });

  it('cannot be undone while what came over is used, and can when that is undone', async () => {
    const [kept, duplicate] = [await seed.learner(), await seed.learner()];
    await seed.attendDays(course, duplicate, 2);
    const mergeId = await seed.merge(kept, duplicate);
    const conversion = await seed.convert(kept, 'leisure', 'vocational', '0.14');
    const refused = bodyOf(await undo(mergeId).expect(409));
    expect(refused).toMatchObject({ code: 'credit-already-used', lot: 2 });
    expect(await read(`learners/${duplicate.learnerId}`)).toMatchObject({ status: 'closed' });
    await seed.reverse(conversion);
    await undo(mergeId).expect(200);
    expect(await leisure(duplicate)).toMatchObject({ available: '0.22' });
    expect(await isSound()).toEqual([]);
  });
});
