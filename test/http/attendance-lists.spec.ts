import { randomUUID } from 'node:crypto';
import { bodyOf } from '../support/catalogue.js';
import { Seed, type SeededLearner } from '../support/seed.js';

interface RowResult {
  row: number;
  status: string;
  problem?: { field: string; code: string; detail: string };
}

describe('a list of visits over HTTP', () => {
  let seed: Seed;
  let course: string;
  beforeAll(async () => {
    seed = await Seed.start();
    course = await seed.course();
  });
  afterAll(() => seed.stop());

  const send = (sessionId: string, rows: object[], onceKey: string = randomUUID(), key = seed.provider) =>
    seed.bank.post(`/api/v1/sessions/${sessionId}/attendance`, key, { rows }, onceKey);
  const versions = (learners: SeededLearner[]) =>
    Promise.all(
      learners.map(async ({ learnerId }) => {
        const answer = await seed.bank.get(`/api/v1/learners/${learnerId}/balance`, seed.registrar).expect(200);
        return bodyOf(answer)['version'];
      }),
    );

  it('posts the good rows, gives back the bad ones each with its field and reason, in the order sent', async () => {
    const [good, late, lost, closed] = [
      await seed.learner(),
      await seed.learner(),
      await seed.learner(),
      await seed.learner(),
    ];
    await seed.bank.post(`/api/v1/cards/${lost.cardNumber}/loss-report`, seed.registrar, {}).expect(200);
    await seed.bank
      .post(`/api/v1/learners/${closed.learnerId}/closure`, seed.registrar, { reason: '注销' })
      .expect(200);
    const sessionId = await seed.session(course);
    await seed.attend(sessionId, late, 60);
    const rows = [
      { cardNumber: good.cardNumber, minutes: 90 },
      { cardNumber: late.cardNumber, minutes: 60 },
      { cardNumber: late.cardNumber, minutes: 90 },
      { cardNumber: lost.cardNumber, minutes: 90 },
      { cardNumber: closed.cardNumber, minutes: 90 },
      { cardNumber: '140106000099990', minutes: 90 },
      { cardNumber: '1.40106E+14', minutes: 90 },
      { cardNumber: '123', minutes: 90 },
      { cardNumber: good.cardNumber, minutes: 0 },
      { cardNumber: good.cardNumber, minutes: 91 },
      { cardNumber: good.cardNumber, minutes: 90, evidence: 'self' },
      { cardNumber: good.cardNumber, minutes: 90 },
    ];
    const body = bodyOf(await send(sessionId, rows).expect(201));
    expect(body).toMatchObject({ posted: 1, alreadyRecorded: 2, refused: 9 });
    const results = body['rows'] as RowResult[];
    expect(results.map(({ row }) => row)).toEqual(rows.map((_, index) => index));
    expect(results.map(({ status, problem }) => (problem ? `${problem.field}: ${problem.code}` : status))).toEqual([
      'posted',
      'already-recorded',
      'cardNumber: attendance-already-recorded',
      'cardNumber: card-not-active',
      // A closed account has closed its cards too; the account is the reason that a person must hear first.
      'cardNumber: account-closed',
      'cardNumber: card-unknown',
      'cardNumber: card-number-mangled',
      'cardNumber: card-number-invalid',
      'minutes: minutes-out-of-range',
      'minutes: minutes-exceed-session',
      'evidence: evidence-not-accepted',
      'already-recorded',
    ]);
    expect(results[0]).toEqual({
      row: 0,
      status: 'posted',
      entryId: `${good.learnerId}.1`,
      credit: '0.11',
      acceptedSeconds: 5_400,
    });
    expect(results[1]).toEqual({
      row: 1,
      status: 'already-recorded',
      entryId: `${late.learnerId}.1`,
      recordedAt: '2024-06-10T01:00:00.000Z',
    });
    expect(results[9]!.problem).toEqual({
      field: 'minutes',
      code: 'minutes-exceed-session',
      type: '/problems/minutes-exceed-session',
      title: '分钟数超过课次时长',
      titleEn: 'More minutes than the session had',
      detail: '课次时长 90 分钟；请核对后填写实际分钟数。',
      detailEn: 'The session lasted 90 minutes: enter the real minutes.',
    });
    expect(await versions([good, late, lost, closed])).toEqual([1, 1, 0, 0]);
  });

  it('is answered once, and under another key finds everything on record', async () => {
    const learners = [await seed.learner(), await seed.learner()];
    const sessionId = await seed.session(course);
    const rows = learners.map(({ cardNumber }) => ({ cardNumber, minutes: 90 }));
    const onceKey = randomUUID();
    const first = await send(sessionId, rows, onceKey).expect(201);
    expect(first.body).toMatchObject({ posted: 2 });
    const again = await send(sessionId, rows, onceKey).expect(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect((await send(sessionId, rows.slice(1), onceKey).expect(422)).body).toMatchObject({
      code: 'idempotency-key-reused',
    });
    const otherKey = await send(sessionId, rows).expect(201);
    expect(otherKey.headers['idempotency-replayed']).toBeUndefined();
    expect(otherKey.body).toMatchObject({ posted: 0, alreadyRecorded: 2, refused: 0 });
    expect(await versions(learners)).toEqual([1, 1]);
  });

  it('fills the last places of a session in the order of its rows', async () => {
    const learners = [await seed.learner(), await seed.learner(), await seed.learner()];
    const sessionId = await seed.session(await seed.course({ capacity: 2 }));
    const body = bodyOf(
      await send(
        sessionId,
        learners.map(({ cardNumber }) => ({ cardNumber, minutes: 90 })),
      ),
    );
    expect((body['rows'] as RowResult[]).map(({ status, problem }) => problem?.code ?? status)).toEqual([
      'posted',
      'posted',
      'session-full',
    ]);
  });

  it('takes a thousand rows and not one more', async () => {
    const learner = await seed.learner();
    const sessionId = await seed.session(course);
    const row = { cardNumber: learner.cardNumber, minutes: 90 };
    const tooMany = await send(
      sessionId,
      Array.from({ length: 1_001 }, () => row),
    ).expect(413);
    expect(tooMany.body).toMatchObject({
      code: 'list-too-long',
      limit: 1_000,
      given: 1_001,
      detail: '一次最多 1000 行，收到 1001 行；请分批发送。',
    });
    expect(await versions([learner])).toEqual([0]);
    const most = await send(
      sessionId,
      Array.from({ length: 1_000 }, () => row),
    ).expect(201);
    expect(most.body).toMatchObject({ posted: 1, alreadyRecorded: 999, refused: 0 });
  });

  it('names every mistake of form at once, and then posts nothing', async () => {
    const { cardNumber, ...rest } = await seed.learner();
    const rows = [
      { cardNumber, minutes: 90 },
      { cardNumber: 140106000000019, minutes: '90' },
      { minutes: 1.5, evidence: 'hearsay' },
      { cardNumber: '', minutes: 90, remark: '<b>!</b>' },
      null,
    ];
    const body = bodyOf(await send(await seed.session(course), rows as object[]).expect(400));
    expect(body).toMatchObject({ code: 'validation-failed' });
    const pointers = (body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer).sort();
    expect(pointers).toEqual([
      '/rows/1/cardNumber',
      '/rows/1/minutes',
      '/rows/2/cardNumber',
      '/rows/2/evidence',
      '/rows/2/minutes',
      '/rows/3/cardNumber',
      '/rows/3/remark',
      '/rows/4',
    ]);
    expect(await versions([{ cardNumber, ...rest }])).toEqual([0]);
  });

  it.each([
    ['no rows', { rows: [] }, ['/rows']],
    ['rows that are no list', { rows: 'all' }, ['/rows']],
    ['rows and a row', { rows: [{ cardNumber: '1', minutes: 1 }], minutes: 90 }, ['/minutes']],
  ])('refuses a body with %s', async (_, body, pointers) => {
    const path = `/api/v1/sessions/${await seed.session(course)}/attendance`;
    const problem = bodyOf(await seed.bank.post(path, seed.provider, body).expect(400));
    expect((problem['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual(pointers);
  });
});
