import { TestApp } from '../support/app.js';

describe('the service', () => {
  let bank: TestApp;
  beforeAll(async () => {
    bank = await TestApp.start();
  });
  afterAll(() => bank.stop());

  it('answers health checks without a key', async () => {
    await bank.get('/health/live').expect(200, { status: 'ok' });
    await bank.get('/health/ready').expect(200, { status: 'ok' });
  });

  it('refuses metrics without a key, with a wrong key and to a learner', async () => {
    const missing = await bank.get('/metrics').expect(401);
    expect(missing.body).toMatchObject({ code: 'unauthenticated', type: '/problems/unauthenticated' });
    await bank.get('/metrics', `cbk_${'0'.repeat(32)}_${'a'.repeat(43)}`).expect(401);
    const learner = await bank.key('learner');
    expect((await bank.get('/metrics', learner).expect(403)).body).toMatchObject({ code: 'forbidden' });
  });

  it('shows its own metrics to an auditor', async () => {
    const text = (await bank.get('/metrics', await bank.key('auditor')).expect(200)).text;
    expect(text).toContain('bank_commit_queue_depth');
  });

  it('has a page for every problem and a problem for every unknown address', async () => {
    expect((await bank.get('/problems/day-cap-reached').expect(200)).text).toContain('每日上限');
    expect((await bank.get('/api/v1/nothing').expect(404)).body).toMatchObject({ code: 'not-found' });
  });
});
