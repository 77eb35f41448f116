import { ROLES } from '../../src/platform/auth/caller.js';
import { Counter } from '../support/learners.js';

const NOBODY = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';

describe('an account', () => {
  let counter: Counter;
  beforeAll(async () => {
    counter = await Counter.open();
  });
  afterAll(() => counter.bank.stop());

  it('is frozen, unfrozen and closed for reasons that stay on record', async () => {
    const learnerId = await counter.openLearner();
    for (const [verb, status] of [
      ['freeze', 'frozen'],
      ['unfreeze', 'active'],
      ['closure', 'closed'],
    ] as const) {
      const answer = await counter.changeAccount(learnerId, verb, `因为 ${verb}`).expect(200);
      expect(answer.body).toEqual({ learnerId, status });
    }
    const seen = await counter.bank.get(`/api/v1/learners/${learnerId}`, counter.keys.registrar);
    expect(seen.body).toMatchObject({
      status: 'closed',
      statusChanges: [
        { statusBefore: 'active', statusAfter: 'frozen', reason: '因为 freeze' },
        { statusBefore: 'frozen', statusAfter: 'active', reason: '因为 unfreeze' },
        {
          statusBefore: 'active',
          statusAfter: 'closed',
          reason: '因为 closure',
          changedAt: '2024-06-10T01:00:00.000Z',
        },
      ],
    });
    expect(await counter.actionsOn(learnerId)).toEqual([
      'close-account',
      'freeze-account',
      'open-account',
      'read-learner',
      'unfreeze-account',
    ]);
  });

  it.each(['freeze', 'unfreeze', 'closure'])('is not changed by %s once it is closed', async (verb) => {
    const learnerId = await counter.openLearner();
    await counter.changeAccount(learnerId, 'closure').expect(200);
    const answer = await counter.changeAccount(learnerId, verb).expect(409);
    expect(answer.body).toMatchObject({ code: 'account-change-not-allowed', status: 409 });
    expect((answer.body as { detail: string }).detail).toContain('closed');
  });

  it('takes its cards with it when it is closed, and gets no new one', async () => {
    const { learnerId, cardNumber } = await counter.openWithCard();
    await counter.changeCard(cardNumber, 'activation').expect(200);
    await counter.changeAccount(learnerId, 'closure').expect(200);
    const card = await counter.bank.get(`/api/v1/cards/${cardNumber}`, counter.keys.registrar);
    expect(card.body).toMatchObject({ status: 'closed', closedAt: '2024-06-10T01:00:00.000Z' });
    const answer = await counter.issueCard(learnerId, '140106').expect(409);
    expect(answer.body).toMatchObject({ code: 'account-closed' });
  });

  it.each(['', '  ', 'x'.repeat(201), 'a\u0000'])('is not changed for the reason %p', async (reason) => {
    const answer = await counter.changeAccount(NOBODY, 'freeze', reason).expect(400);
    const { errors } = answer.body as { errors: { pointer: string }[] };
    expect([...new Set(errors.map(({ pointer }) => pointer))]).toEqual(['/reason']);
  });

  it.each(['freeze', 'unfreeze', 'closure'])(
    'undergoes %s by a registrar only, and where there is one',
    async (verb) => {
      const learnerId = await counter.openLearner();
      for (const role of ROLES.filter((role) => role !== 'registrar')) {
        expect((await counter.changeAccount(learnerId, verb, '无权', counter.keys[role])).status).toBe(403);
      }
      for (const nobody of [NOBODY, 'x']) {
        expect((await counter.changeAccount(nobody, verb)).body).toMatchObject({ code: 'not-found' });
      }
    },
  );
});
