import { randomUUID } from 'node:crypto';
import supertest from 'supertest';
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
    const { text } = await bank.get('/problems/day-cap-reached').expect(200);
    expect(text).toContain('每日上限');
    expect(text).not.toMatch(/[{}]\w*[{}]/);
    expect((await bank.get('/api/v1/nothing').expect(404)).body).toMatchObject({ code: 'not-found' });
  });

  it.each(['/api/v1/learners/%zz', `/api/v1/learners/${'a'.repeat(300)}`, '/verify/%E0%A4%A'])(
    'answers %s, which names nothing, without repeating it',
    async (path) => {
      const answer = await bank.get(path, await bank.key('registrar')).expect(404);
      expect(answer.body).toMatchObject({ code: 'not-found' });
      expect(answer.text).not.toContain('%zz');
    },
  );

  it.each([
    ['multipart/form-data', 'no boundary'],
    ['multipart/form-data; boundary=x', '--x\r\ncut off'],
    ['multipart/form-data; boundary=x', ''],
  ])('takes a broken form (%s, %j) as no file', async (type, form) => {
    const answer = await supertest(bank.app.getHttpServer())
      .post('/api/v1/attendance-imports')
      .set('Authorization', `Bearer ${await bank.key('registrar')}`)
      .set('Idempotency-Key', randomUUID())
      .set('Content-Type', type)
      .send(form);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'file-missing' });
  });
});
