import { randomUUID } from 'node:crypto';
import { makeCardNumber } from '../../src/learners/domain/card-number.js';
import { Counter, withoutInstance } from '../support/learners.js';

const NOBODY = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';
const UNISSUED = makeCardNumber('140106', 99_999_999);
const NOW = '2024-06-10T01:00:00.000Z';

describe('a card', () => {
  let counter: Counter;
  beforeAll(async () => {
    counter = await Counter.open();
  });
  afterAll(() => counter.bank.stop());

  it('is issued, activated, reported lost and replaced, and the account keeps both numbers', async () => {
    const { learnerId, cardNumber } = await counter.openWithCard();
    const active = await counter.changeCard(cardNumber, 'activation').expect(200);
    expect(active.body).toMatchObject({ cardNumber, status: 'active', activatedAt: NOW, lostAt: null });
    const lost = await counter.changeCard(cardNumber, 'loss-report').expect(200);
    expect(lost.body).toMatchObject({ cardNumber, status: 'lost', activatedAt: NOW, lostAt: NOW });
    const fresh = await counter.changeCard(cardNumber, 'replacement').expect(201);
    expect(fresh.body).toMatchObject({ learnerId, status: 'active', countyCode: '140106', replaces: cardNumber });
    const learner = await counter.bank.get(`/api/v1/learners/${learnerId}`, counter.keys.registrar);
    const { cards } = learner.body as { cards: { cardNumber: string; status: string }[] };
    expect(cards.map(({ status }) => status)).toEqual(['replaced', 'active']);
    expect(await counter.actionsOn(learnerId)).toEqual([
      'activate-card',
      'issue-card',
      'open-account',
      'read-learner',
      'replace-card',
      'report-card-lost',
    ]);
  });

  it('is not issued beside a usable one', async () => {
    const { learnerId } = await counter.openWithCard();
    const answer = await counter.issueCard(learnerId, '140106').expect(409);
    expect(answer.body).toMatchObject({ code: 'card-still-valid' });
  });

  it.each([
    ['140100', 'a city'],
    ['149999', 'nothing on record'],
  ])('is not issued in %s, which is %s', async (countyCode) => {
    const answer = await counter.issueCard(await counter.openLearner(), countyCode).expect(422);
    expect(answer.body).toMatchObject({ code: 'unit-unknown', unitCode: countyCode });
  });

  it('is not issued in a street, to nobody, or by others than registrars and administrators', async () => {
    const learnerId = await counter.openLearner();
    const street = await counter.issueCard(learnerId, '140106001').expect(400);
    expect(street.body).toMatchObject({ errors: [{ pointer: '/countyCode' }] });
    const nobody = await counter.issueCard(NOBODY, '140106').expect(404);
    expect(nobody.body).toMatchObject({ code: 'not-found' });
    for (const role of ['learner', 'provider', 'auditor'] as const) {
      expect((await counter.issueCard(learnerId, '140106', counter.keys[role])).status).toBe(403);
    }
    expect((await counter.issueCard(learnerId, '140106', counter.keys.administrator)).status).toBe(201);
  });

  it.each(['activation', 'loss-report', 'replacement', 'closure'])('does not undergo %s once closed', async (verb) => {
    const { cardNumber } = await counter.openWithCard();
    await counter.changeCard(cardNumber, 'closure').expect(200);
    const answer = await counter.changeCard(cardNumber, verb).expect(409);
    expect(answer.body).toMatchObject({ code: 'card-change-not-allowed', status: 409 });
    expect((answer.body as { detail: string }).detail).toContain('closed');
  });

  it('is replaced only when lost, and not beside a usable one', async () => {
    const { learnerId, cardNumber } = await counter.openWithCard();
    const early = await counter.changeCard(cardNumber, 'replacement').expect(409);
    expect(early.body).toMatchObject({ code: 'card-change-not-allowed', wanted: 'replaced' });
    await counter.changeCard(cardNumber, 'loss-report').expect(200);
    await counter.issueCard(learnerId, '140105').expect(201);
    const late = await counter.changeCard(cardNumber, 'replacement').expect(409);
    expect(late.body).toMatchObject({ code: 'card-still-valid' });
  });

  it.each(['activation', 'loss-report'])(
    'undergoes %s by its holder, and is unknown to other learners',
    async (verb) => {
      const { learnerId, cardNumber } = await counter.openWithCard();
      const own = await counter.bank.key('learner', { learnerId });
      const stranger = await counter.bank.key('learner', { learnerId: await counter.openLearner() });
      const refused = await counter.changeCard(cardNumber, verb, stranger).expect(404);
      const missing = await counter.changeCard(UNISSUED, verb, stranger).expect(404);
      expect(withoutInstance(refused.body)).toEqual(withoutInstance(missing.body));
      const done = await counter.changeCard(cardNumber, verb, own).expect(200);
      expect(done.body).toMatchObject({ cardNumber, learnerId });
    },
  );

  it.each(['replacement', 'closure'])('does not undergo %s by its holder', async (verb) => {
    const { learnerId, cardNumber } = await counter.openWithCard();
    const own = await counter.bank.key('learner', { learnerId });
    const answer = await counter.changeCard(cardNumber, verb, own).expect(403);
    expect(answer.body).toMatchObject({ code: 'forbidden', role: 'learner' });
  });

  it.each(['activation', 'loss-report', 'replacement', 'closure'])('does not undergo %s by others', async (verb) => {
    const { cardNumber } = await counter.openWithCard();
    for (const role of ['provider', 'auditor', 'administrator'] as const) {
      expect((await counter.changeCard(cardNumber, verb, counter.keys[role])).status).toBe(403);
    }
    expect((await counter.bank.post(`/api/v1/cards/${cardNumber}/${verb}`, undefined, {})).status).toBe(401);
  });

  it('is shown whole to staff and its holder, and to nobody else', async () => {
    const { cardNumber, learnerId } = await counter.openWithCard();
    const path = `/api/v1/cards/${cardNumber}`;
    const own = await counter.bank.key('learner', { learnerId });
    for (const key of [own, counter.keys.registrar, counter.keys.auditor, counter.keys.administrator]) {
      const answer = await counter.bank.get(path, key).expect(200);
      expect(answer.body).toEqual({
        cardNumber,
        learnerId,
        status: 'issued',
        countyCode: '140106',
        issuedAt: NOW,
        activatedAt: null,
        lostAt: null,
        closedAt: null,
        replaces: null,
      });
    }
    expect((await counter.bank.get(path, counter.keys.learner)).status).toBe(404);
    expect((await counter.bank.get(path)).status).toBe(401);
  });

  it('is shown to a provider as number and status and nothing else', async () => {
    const { cardNumber } = await counter.openWithCard();
    const answer = await counter.bank.get(`/api/v1/cards/${cardNumber}`, counter.keys.provider).expect(200);
    expect(answer.body).toEqual({ cardNumber, status: 'issued' });
  });

  it('is found in full-width digits', async () => {
    const { cardNumber } = await counter.openWithCard();
    const wide = [...cardNumber].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
    const answer = await counter.bank.get(`/api/v1/cards/${encodeURIComponent(wide)}`, counter.keys.registrar);
    expect(answer.body).toMatchObject({ cardNumber });
  });

  it.each([
    ['140106000000018', 422, 'card-number-invalid'],
    ['x', 422, 'card-number-invalid'],
    ['1.40106E+14', 422, 'card-number-mangled'],
    [UNISSUED, 404, 'not-found'],
  ])('called %s is answered with %i %s', async (text, status, code) => {
    const number = encodeURIComponent(text);
    for (const answer of [
      await counter.bank.get(`/api/v1/cards/${number}`, counter.keys.registrar),
      await counter.changeCard(number, 'activation'),
    ]) {
      expect([answer.status, (answer.body as { code: string }).code]).toEqual([status, code]);
    }
  });

  it('is changed once under one key, and not without a key', async () => {
    const { cardNumber } = await counter.openWithCard();
    const path = `/api/v1/cards/${cardNumber}/loss-report`;
    const onceKey = randomUUID();
    const first = await counter.bank.post(path, counter.keys.registrar, {}, onceKey).expect(200);
    const again = await counter.bank.post(path, counter.keys.registrar, {}, onceKey).expect(200);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const missing = await counter.changeCard(cardNumber, 'loss-report').unset('Idempotency-Key').expect(400);
    expect(missing.body).toMatchObject({ code: 'idempotency-key-missing' });
  });
});
