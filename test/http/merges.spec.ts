import { randomUUID } from 'node:crypto';
import { bodyOf } from '../support/catalogue.js';
import type { Body } from '../support/learners.js';
import { MERGE_REASON, mergeRequests } from '../support/merges.js';
import { Seed } from '../support/seed.js';

describe('merging two accounts of one person over HTTP', () => {
  let seed: Seed;
  let course: string;
  beforeAll(async () => {
    seed = await Seed.start();
    course = await seed.course();
  });
  afterAll(() => seed.stop());

  const { merge, undo, read, balance, leisure, post, session, isSound } = mergeRequests(
    () => seed,
    () => course,
  );

  it('moves all that is live, completes the step, closes the duplicate, and says so', async () => {
    const [kept, duplicate] = [await seed.learner(), await seed.learner()];
    // 3,600 s are 0.07 and 198 s; 3,960 s are 0.08 and 72 s; together 0.15 and 270 s.
    await seed.attend(await session(3), kept, 60);
    await seed.attend(await session(4), duplicate, 66);
    const body = bodyOf(await merge(kept, duplicate).expect(201));
    expect(body).toMatchObject({
      learnerId: kept.learnerId,
      duplicateLearnerId: duplicate.learnerId,
      keptEntryId: `${kept.learnerId}.2`,
      duplicateEntryId: `${duplicate.learnerId}.2`,
      reason: MERGE_REASON,
      reversal: null,
    });
    expect(await leisure(kept)).toEqual({ available: '0.15', recognised: '0.15', attended: 3_672, waiting: 270 });
    expect(await leisure(duplicate)).toEqual({ available: '0.00', recognised: '0.00', attended: 3_888, waiting: 0 });
    expect(await read(`learners/${duplicate.learnerId}`)).toMatchObject({
      status: 'closed',
      mergedInto: kept.learnerId,
      cards: [{ status: 'closed' }],
      statusChanges: [{ statusBefore: 'active', statusAfter: 'closed', reason: MERGE_REASON }],
    });
    expect(await read(`merges/${body['mergeId'] as string}`)).toEqual(body);
    const lots = (await read(`entries/${kept.learnerId}.2`))['postings'] as Body[];
    expect(lots[0]).toMatchObject({ source: 'merged', destination: 'available', amount: '0.08', lot: 2 });
    expect(lots[0]!['validUntil']).toBe('2031-06-04');
    expect(await isSound()).toEqual([]);
  });

  it('turns time of both accounts into the hundredth that neither had filled, and takes it back', async () => {
    const [kept, duplicate] = [await seed.learner(), await seed.learner()];
    const short = await seed.course({ activityType: 'DAILY_CLASS' });
    // 5,400 s leave 54 s; 60 minutes leave 198 s; five times 90 minutes leave 270 s.
    for (const day of [3, 4, 5, 6, 7]) await seed.attend(await session(day, short), kept);
    await seed.attend(await session(8, short), duplicate, 64); // 3,840 s: 0.07 and 438 s
    const before = [await balance(kept), await balance(duplicate)];
    const body = bodyOf(await merge(kept, duplicate).expect(201));
    expect(await leisure(kept)).toMatchObject({ available: '0.63', waiting: 222 });
    const undone = await undo(body['mergeId'] as string).expect(200);
    expect(undone.body).toMatchObject({
      reversal: {
        reason: '并非同一人',
        keptEntryId: `${kept.learnerId}.7`,
        duplicateEntryId: `${duplicate.learnerId}.3`,
      },
    });
    expect([await balance(kept), await balance(duplicate)]).toEqual(before);
    expect(await read(`learners/${duplicate.learnerId}`)).toMatchObject({
      status: 'active',
      mergedInto: null,
      cards: [{ status: 'active', cardNumber: duplicate.cardNumber }],
    });
    await seed.attend(await session(9, short), duplicate);
    expect(await isSound()).toEqual([]);
  });

  it('lets nobody attend one session twice, before and after, in either account', async () => {
    const [kept, duplicate] = [await seed.learner(), await seed.learner()];
    const [third, fourth] = [await session(3), await session(4)];
    const first = await seed.attend(third, duplicate);
    const mergeId = await seed.merge(kept, duplicate);
    expect((await post(third, kept).expect(409)).body).toMatchObject({
      code: 'attendance-already-recorded',
      entryId: first,
    });
    expect((await post(await session(3), kept).expect(409)).body).toMatchObject({ code: 'attendance-overlaps' });
    await seed.attend(fourth, kept);
    await undo(mergeId).expect(200);
    await seed.attend(third, kept);
    expect((await post(third, duplicate).expect(409)).body).toMatchObject({ code: 'attendance-already-recorded' });
    expect(await isSound()).toEqual([]);
  });

  it('counts visits and a passed course of both accounts for one course', async () => {
    const gated = await seed.course({
      creditType: 'vocational',
      activityType: 'VOCATIONAL_COURSE',
      plannedSessions: 2,
    });
    const [kept, duplicate] = [await seed.learner(), await seed.learner()];
    await seed.attend(await session(3, gated), kept);
    await seed.attend(await session(4, gated), duplicate);
    const mergeId = await seed.merge(kept, duplicate);
    const completion = await seed.complete(gated, kept, 90);
    expect(completion).toBe(`${kept.learnerId}.3`);
    expect(bodyOf(await undo(mergeId).expect(409))).toMatchObject({ code: 'credit-already-used' });
    await seed.reverse(completion);
    await undo(mergeId).expect(200);
    // Now only the duplicate passes another course; what waits for it in the kept account is set free.
    const other = await seed.course({
      creditType: 'vocational',
      activityType: 'VOCATIONAL_COURSE',
      plannedSessions: 1,
    });
    await seed.attend(await session(5, other), duplicate);
    await seed.attend(await session(6, other), kept);
    await seed.complete(other, duplicate, 90);
    const again = await seed.merge(kept, duplicate);
    const [time] = (await balance(kept)).studyTime as Body[];
    expect(time).toMatchObject({ creditType: 'vocational' });
    const pendingOfGated = 10_800;
    expect(time!['pendingSeconds']).toBe(pendingOfGated);
    expect(await isSound()).toEqual([]);
    await undo(again).expect(200);
    expect(await isSound()).toEqual([]);
  });

  it('leaves certificates with the account that earned them; they still verify and can be revoked', async () => {
    const [kept, duplicate] = [await seed.learner(), await seed.learner()];
    await seed.attendDays(course, duplicate, 9);
    await seed.convert(duplicate, 'leisure', 'vocational', '0.14');
    const serial = await seed.certificate(duplicate, 'community-learner');
    const mergeId = await seed.merge(kept, duplicate);
    await seed.bank.get(`/api/v1/verifications/${serial}`).expect(200);
    const transcript = await seed.transcript(kept);
    // Where it was earned: seven visits and the conversion, in the account that was merged.
    const { document } = await read(`transcripts/${transcript}`);
    const sources = (document as { lines: { source: Body }[] }).lines.map(({ source }) => source);
    expect(new Set(sources.map(({ kind }) => kind))).toEqual(new Set(['attendance', 'conversion']));
    expect(sources[0]).toMatchObject({
      title: '养生有道',
      entryId: expect.stringContaining(duplicate.learnerId) as string,
    });
    const page = await seed.bank.get(`/learners/${kept.learnerId}/credits/leisure`, kept.key).expect(200);
    expect(page.text).toContain('养生有道');
    await seed.revoke(serial, '材料不实');
    expect(await isSound()).toEqual([]);
    await undo(mergeId).expect(200);
    expect(await isSound()).toEqual([]);
  });

  it('merges accounts in which nothing ever happened', async () => {
    const [kept, duplicate] = [await seed.learner(), await seed.learner()];
    const body = bodyOf(await merge(kept, duplicate).expect(201));
    expect(body).toMatchObject({ keptEntryId: null, duplicateEntryId: null });
    expect((await undo(body['mergeId'] as string).expect(200)).body).toMatchObject({
      reversal: { keptEntryId: null, duplicateEntryId: null },
    });
    expect(await isSound()).toEqual([]);
  });

  it('goes on over a third account, and is undone from the last', async () => {
    const [first, second, third] = [await seed.learner(), await seed.learner(), await seed.learner()];
    const visited = await session(3);
    await seed.attend(visited, first);
    const inner = await seed.merge(second, first);
    const outer = await seed.merge(third, second);
    expect((await post(visited, third).expect(409)).body).toMatchObject({ code: 'attendance-already-recorded' });
    expect(await leisure(third)).toMatchObject({ available: '0.11', waiting: 54 });
    expect(bodyOf(await undo(inner).expect(409))).toMatchObject({ code: 'account-merged' });
    await undo(outer).expect(200);
    await undo(inner).expect(200);
    expect(await leisure(first)).toMatchObject({ available: '0.11', waiting: 54 });
    expect(await isSound()).toEqual([]);
  });

  it('happens once under a key, and once at all', async () => {
    const [kept, duplicate] = [await seed.learner(), await seed.learner()];
    await seed.attend(await session(3), duplicate);
    const [onceKey, undoKey] = [randomUUID(), randomUUID()];
    const first = await merge(kept, duplicate, onceKey).expect(201);
    const again = await merge(kept, duplicate, onceKey).expect(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect((await merge(duplicate, kept, onceKey).expect(422)).body).toMatchObject({ code: 'idempotency-key-reused' });
    expect((await merge(kept, duplicate).expect(409)).body).toMatchObject({ code: 'account-merged' });
    expect((await merge(duplicate, kept).expect(409)).body).toMatchObject({ code: 'account-merged' });
    const { mergeId } = first.body as { mergeId: string };
    const undone = await undo(mergeId, undoKey).expect(200);
    expect((await undo(mergeId, undoKey).expect(200)).body).toEqual(undone.body);
    expect(bodyOf(await undo(mergeId).expect(409))).toMatchObject({ code: 'merge-already-reversed' });
    expect(await isSound()).toEqual([]);
  });

  it('happens once when ten registrars merge the two in both directions at the same time', async () => {
    const [one, other] = [await seed.learner(), await seed.learner()];
    await seed.attend(await session(3), one);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? merge(one, other) : merge(other, one))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    expect(await isSound()).toEqual([]);
  });

  it('shows each half with the way to the other, to staff; a learner sees only the own account', async () => {
    const [kept, duplicate] = [await seed.learner(), await seed.learner()];
    await seed.attendDays(course, duplicate, 2);
    const { keptEntryId: entryId, duplicateEntryId } = bodyOf(await merge(kept, duplicate).expect(201)) as Record<
      string,
      string
    >;
    const page = async (id: string, key: string) => (await seed.bank.get(`/entries/${id}`, key)).text;
    expect(await page(entryId!, seed.registrar)).toContain(`href="/entries/${duplicateEntryId}"`);
    expect(await page(duplicateEntryId!, seed.registrar)).toContain(`href="/entries/${entryId}"`);
    expect(await page(entryId!, kept.key)).toContain('由本人另一账户并入');
    expect(await page(entryId!, kept.key)).not.toContain(`href="/entries/${duplicateEntryId}"`);
    await seed.bank.get(`/api/v1/entries/${duplicateEntryId}`, kept.key).expect(404);
    const own = await seed.bank.get(`/learners/${duplicate.learnerId}`, duplicate.key).expect(200);
    expect(own.text).toContain('已并入本人另一账户');
    const statement = await seed.bank.get(`/learners/${kept.learnerId}`, kept.key).expect(200);
    expect(statement.text).toContain('账户合并');
  });
});
