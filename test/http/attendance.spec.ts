import { randomUUID } from 'node:crypto';
import { bodyOf } from '../support/catalogue.js';
import { withoutInstance, type Body } from '../support/learners.js';
import { Seed, type SeededLearner } from '../support/seed.js';

const NOWHERE = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';

describe('one visit over HTTP', () => {
  let seed: Seed;
  let course: string;
  beforeAll(async () => {
    seed = await Seed.start();
    course = await seed.course();
  });
  afterAll(() => seed.stop());

  const visit = (sessionId: string, body: object, key = seed.provider, onceKey: string = randomUUID()) =>
    seed.bank.post(`/api/v1/sessions/${sessionId}/attendance`, key, body, onceKey);
  const balance = async ({ learnerId }: SeededLearner) =>
    bodyOf(await seed.bank.get(`/api/v1/learners/${learnerId}/balance`, seed.registrar).expect(200));

  it('becomes study time and the credit it fills, and says what still waits', async () => {
    const learner = await seed.learner();
    const { cardNumber, learnerId } = learner;
    const first = await visit(await seed.session(course), { cardNumber, minutes: 90 }).expect(201);
    expect(first.body).toEqual({
      status: 'posted',
      entryId: `${learnerId}.1`,
      submittedSeconds: 5_400,
      acceptedSeconds: 5_400,
      cuts: [],
      creditType: 'leisure',
      credit: '0.11',
      waitingSeconds: 54,
      policyVersion: 'taiyuan-default@2024.1',
    });
    const next = await seed.session(course, { startsAt: '2024-06-04T09:00:00+08:00' });
    const second = await visit(next, { cardNumber, minutes: 90, evidence: 'qr' }, seed.registrar).expect(201);
    expect(second.body).toMatchObject({ entryId: `${learnerId}.2`, credit: '0.11', waitingSeconds: 108 });
    expect(await balance(learner)).toMatchObject({
      version: 2,
      credits: [{ creditType: 'leisure', recognised: '0.22', available: '0.22' }],
      studyTime: [{ creditType: 'leisure', attendedSeconds: 10_800, waitingSeconds: 108, pendingSeconds: 0 }],
    });
  });

  it('takes the number as it is written on the card, with spaces and full-width digits', async () => {
    const { cardNumber } = await seed.learner();
    const written = `${cardNumber.slice(0, 6)} ${cardNumber.slice(6, 12)} ${cardNumber.slice(12)}`;
    const wide = [...cardNumber].map((digit) => String.fromCodePoint(digit.codePointAt(0)! + 0xfee0)).join('');
    await visit(await seed.session(course), { cardNumber: written, minutes: 45 }).expect(201);
    const next = await seed.session(course, { startsAt: '2024-06-04T09:00:00+08:00' });
    await visit(next, { cardNumber: wide, minutes: 45 }).expect(201);
  });

  it('is answered once: the same key gives the first answer again and posts nothing', async () => {
    const learner = await seed.learner();
    const sessionId = await seed.session(course);
    const onceKey = randomUUID();
    const body = { cardNumber: learner.cardNumber, minutes: 90 };
    const first = await visit(sessionId, body, seed.provider, onceKey).expect(201);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    const again = await visit(sessionId, body, seed.provider, onceKey).expect(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    const other = await visit(sessionId, { ...body, minutes: 60 }, seed.provider, onceKey).expect(422);
    expect(other.body).toMatchObject({ code: 'idempotency-key-reused' });
    expect(await balance(learner)).toMatchObject({ version: 1 });
  });

  it('keeps a refusal under its key too, so that the outcome of a key never changes', async () => {
    const { cardNumber } = await seed.learner();
    const sessionId = await seed.session(course, { startsAt: '2024-06-10T08:30:00+08:00' });
    const onceKey = randomUUID();
    const early = await visit(sessionId, { cardNumber, minutes: 90 }, seed.provider, onceKey).expect(409);
    expect(early.body).toMatchObject({ code: 'session-not-over' });
    seed.bank.clock.advanceMs(3_600_000);
    const again = await visit(sessionId, { cardNumber, minutes: 90 }, seed.provider, onceKey).expect(409);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(withoutInstance(again.body)).toEqual(withoutInstance(early.body));
    await visit(sessionId, { cardNumber, minutes: 90 }).expect(201);
    seed.bank.clock.set('2024-06-10T01:00:00Z');
  });

  it('needs an idempotency key of the right form', async () => {
    const { cardNumber } = await seed.learner();
    const sessionId = await seed.session(course);
    const missing = await visit(sessionId, { cardNumber, minutes: 90 }).unset('Idempotency-Key').expect(400);
    expect(missing.body).toMatchObject({ code: 'idempotency-key-missing' });
    const short = await visit(sessionId, { cardNumber, minutes: 90 }, seed.provider, 'abc').expect(400);
    expect(short.body).toMatchObject({ code: 'idempotency-key-invalid' });
  });

  it('to another provider’s session looks like a visit to none', async () => {
    const { cardNumber } = await seed.learner();
    const other = await seed.bank.post('/api/v1/providers', seed.registrar, {
      code: 'SQXY-XD',
      name: '示例小店区社区学院',
      type: 'COMMUNITY_COLLEGE',
      unitCode: '140105',
      approvedFrom: '2013-01-01',
    });
    const { providerId } = other.body as { providerId: string };
    const stranger = await seed.bank.key('provider', { providerId });
    const body = { cardNumber, minutes: 90 };
    const theirs = await visit(await seed.session(course), body, stranger).expect(404);
    const none = await visit(NOWHERE, body, stranger).expect(404);
    expect(theirs.body).toMatchObject({ code: 'session-unknown' });
    expect(withoutInstance(theirs.body)).toEqual(withoutInstance(none.body));
  });

  describe('by the state of account and card', () => {
    const change = (path: string, body: object = {}) =>
      seed.bank.post(`/api/v1/${path}`, seed.registrar, body).expect((response) => {
        if (response.status >= 300) throw new Error(JSON.stringify(response.body));
      });

    it('earns on a frozen account', async () => {
      const learner = await seed.learner();
      await change(`learners/${learner.learnerId}/freeze`, { reason: '身份核实中' });
      await visit(await seed.session(course), { cardNumber: learner.cardNumber, minutes: 90 }).expect(201);
      expect(await balance(learner)).toMatchObject({ credits: [{ available: '0.11' }] });
    });

    it('is refused on a closed account', async () => {
      const { learnerId, cardNumber } = await seed.learner();
      await change(`learners/${learnerId}/closure`, { reason: '本人申请' });
      const answer = await visit(await seed.session(course), { cardNumber, minutes: 90 }).expect(409);
      expect(answer.body).toMatchObject({ code: 'account-closed' });
    });

    it('is refused with a lost card, and earns for the same account with the card that replaced it', async () => {
      const learner = await seed.learner();
      const first = await seed.session(course);
      await visit(first, { cardNumber: learner.cardNumber, minutes: 90 }).expect(201);
      await change(`cards/${learner.cardNumber}/loss-report`);
      const second = await seed.session(course, { startsAt: '2024-06-04T09:00:00+08:00' });
      const lost = await visit(second, { cardNumber: learner.cardNumber, minutes: 90 }).expect(409);
      expect(lost.body).toMatchObject({
        code: 'card-not-active',
        detail: '该卡状态为“已挂失”（lost）；请先激活，或使用补办的新卡。',
      });
      const replaced = await change(`cards/${learner.cardNumber}/replacement`);
      const { cardNumber } = replaced.body as { cardNumber: string };
      expect(cardNumber).not.toBe(learner.cardNumber);
      expect((await visit(second, { cardNumber, minutes: 90 }).expect(201)).body).toMatchObject({
        entryId: `${learner.learnerId}.2`,
        waitingSeconds: 108,
      });
      // The replaced card posted the first session already: a new card is no second person.
      const again = await visit(first, { cardNumber, minutes: 90 }).expect(409);
      expect(again.body).toMatchObject({ code: 'attendance-already-recorded', entryId: `${learner.learnerId}.1` });
    });

    it('is refused with a card that was issued and not activated', async () => {
      const learner = await seed.learner();
      await change(`cards/${learner.cardNumber}/closure`);
      const issued = await change(`learners/${learner.learnerId}/cards`, { countyCode: '140106' });
      const { cardNumber } = issued.body as { cardNumber: string };
      const answer = await visit(await seed.session(course), { cardNumber, minutes: 90 }).expect(409);
      expect(answer.body).toMatchObject({
        code: 'card-not-active',
        detailEn: expect.stringContaining('issued') as string,
      });
    });
  });

  it.each<[string, (cardNumber: string) => string, number, string]>([
    ['that was never issued', () => '140106000099990', 422, 'card-unknown'],
    [
      'with a wrong check digit',
      (card) => card.slice(0, -1) + String((Number(card.at(-1)) + 1) % 10),
      422,
      'card-number-invalid',
    ],
    ['that a spreadsheet damaged', () => '1.40106E+14', 422, 'card-number-mangled'],
    ['of 18 digits', () => '140106190001010015', 422, 'card-number-invalid'],
    ['that is a statement of SQL', () => "'; drop table learner; --", 422, 'card-number-invalid'],
    ['that is a script', () => '<script>alert(1)</script>', 422, 'card-number-invalid'],
  ])('refuses a card number %s', async (_, numberOf, status, code) => {
    const learner = await seed.learner();
    const sessionId = await seed.session(course);
    const answer = await visit(sessionId, { cardNumber: numberOf(learner.cardNumber), minutes: 90 }).expect(status);
    const problem = answer.body as Body;
    expect(problem).toMatchObject({ status, code, type: `/problems/${code}` });
    // What was sent is never given back: it may be somebody's number.
    expect(JSON.stringify(problem)).not.toContain(numberOf(learner.cardNumber));
    expect(await balance(learner)).toMatchObject({ version: 0 });
  });
});
