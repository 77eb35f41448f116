import { randomUUID } from 'node:crypto';
import supertest from 'supertest';
import { Reader } from '../../src/platform/database/data-sources.js';
import { ROLES, type Role } from '../../src/platform/auth/caller.js';
import { bodyOf, CatalogueApp } from '../support/catalogue.js';

const PATH = '/api/v1/api-keys';
const NOBODY = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';

describe('API keys', () => {
  let app: CatalogueApp;
  beforeAll(async () => {
    app = await CatalogueApp.start();
  });
  afterAll(() => app.stop());

  const issue = (body: object, once?: string) => app.bank.post(PATH, app.keys.administrator, body, once);

  function revoke(keyId: string, key: string | undefined, once = randomUUID()): supertest.Test {
    const request = supertest(app.bank.app.getHttpServer()).delete(`${PATH}/${keyId}`).set('Idempotency-Key', once);
    return key ? request.set('Authorization', `Bearer ${key}`) : request;
  }

  it.each<[Role, (owners: { providerId: string; learnerId: string }) => object]>([
    ['administrator', () => ({})],
    ['registrar', () => ({})],
    ['auditor', () => ({})],
    ['provider', ({ providerId }) => ({ providerId })],
    ['learner', ({ learnerId }) => ({ learnerId })],
  ])('are issued for the role %s and work at once', async (role, ownerOf) => {
    const owner = ownerOf({ providerId: app.providerId, learnerId: NOBODY });
    const issued = bodyOf(await issue({ role, label: '  柜台一号 ', ...owner }).expect(201));
    expect(issued).toEqual({
      keyId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      key: expect.stringMatching(/^cbk_[0-9a-f]{32}_[\w-]{43}$/) as string,
      role,
      label: '柜台一号',
      providerId: null,
      learnerId: null,
      expertSince: null,
      ...owner,
    });
    await app.bank.get('/api/v1/units', String(issued['key'])).expect(200);
  });

  it('show their text once: a replay has the same id and no key, and the database has neither text nor secret', async () => {
    const once = randomUUID();
    const body = { role: 'auditor', label: '审计' };
    const first = bodyOf(await issue(body, once).expect(201));
    const again = await issue(body, once).expect(201);
    expect(again.body).toEqual({ ...first, key: null });
    expect(again.headers['idempotency-replayed']).toBe('true');
    const stored = await app.bank.app.get(Reader).sql.rows('select answer from idempotency_record');
    const secret = String(first['key']).slice(-43);
    expect(JSON.stringify(stored)).toContain(String(first['keyId']));
    expect(JSON.stringify(stored)).not.toContain(secret);
    const other = bodyOf(await issue({ ...body, label: '别的' }, once).expect(422));
    expect(other).toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('are issued and revoked by an administrator only', async () => {
    await app.bank.post(PATH, undefined, { role: 'auditor', label: 'x' }).expect(401);
    await revoke(NOBODY, undefined).expect(401);
    for (const role of ROLES.filter((candidate) => candidate !== 'administrator')) {
      const refused = await app.bank.post(PATH, app.keys[role], { role: 'auditor', label: 'x' }).expect(403);
      expect(refused.body).toMatchObject({ code: 'forbidden', role });
      await revoke(NOBODY, app.keys[role]).expect(403);
    }
  });

  it.each([
    ['nothing at all', {}, ['/role', '/label']],
    ['an unknown role and an empty label', { role: 'king', label: '' }, ['/role', '/label']],
    ['a label of 81 characters', { role: 'auditor', label: '长'.repeat(81) }, ['/label']],
    ['a provider key without a provider', { role: 'provider', label: 'x' }, ['/providerId']],
    [
      'a provider key with a learner',
      { role: 'provider', label: 'x', learnerId: NOBODY },
      ['/providerId', '/learnerId'],
    ],
    ['a learner key without a learner', { role: 'learner', label: 'x' }, ['/learnerId']],
    ['an auditor with a provider', { role: 'auditor', label: 'x', providerId: NOBODY }, ['/providerId']],
    ['an owner that is no id', { role: 'learner', label: 'x', learnerId: 'me' }, ['/learnerId']],
    ['a field of its own', { role: 'auditor', label: 'x', secret: 'y' }, ['/secret']],
    ['an expert who reviews nothing', { role: 'auditor', label: 'x', expertSince: '2015-03-01' }, ['/expertSince']],
    ['an expert since no day', { role: 'registrar', label: 'x', expertSince: '2015-02-30' }, ['/expertSince']],
  ])('are refused for %s', async (_, body, pointers) => {
    const { code, errors } = bodyOf(await issue(body).expect(400)) as { code: string; errors: { pointer: string }[] };
    expect(code).toBe('validation-failed');
    expect(new Set(errors.map(({ pointer }) => pointer))).toEqual(new Set(pointers));
  });

  it('are refused for a provider that is not on record', async () => {
    const problem = bodyOf(await issue({ role: 'provider', label: 'x', providerId: NOBODY }).expect(422));
    expect(problem).toMatchObject({ code: 'provider-unknown' });
  });

  it('stop working when they are revoked, and cannot be revoked twice', async () => {
    const issued = bodyOf(await issue({ role: 'auditor', label: '临时' }).expect(201));
    const [keyId, key] = [String(issued['keyId']), String(issued['key'])];
    await app.bank.get('/api/v1/units', key).expect(200);
    const once = randomUUID();
    expect((await revoke(keyId, app.keys.administrator, once).expect(204)).text).toBe('');
    await app.bank.get('/api/v1/units', key).expect(401);
    const again = await revoke(keyId, app.keys.administrator, once).expect(204);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const twice = bodyOf(await revoke(keyId, app.keys.administrator).expect(404));
    expect(twice).toMatchObject({ code: 'not-found' });
    const audit = await app.bank.app
      .get(Reader)
      .sql.rows('select action, role from audit_event where subject = ? order by action', [keyId]);
    expect(audit).toEqual([
      { action: 'issue-api-key', role: 'administrator' },
      { action: 'revoke-api-key', role: 'administrator' },
    ]);
  });

  it.each(['x', NOBODY, NOBODY.toUpperCase(), '%00'])('are not found under the id %s', async (keyId) => {
    const problem = bodyOf(await revoke(keyId, app.keys.administrator).expect(404));
    expect(problem).toMatchObject({ code: 'not-found' });
  });

  it('need an idempotency key for every write', async () => {
    const server = app.bank.app.getHttpServer();
    const key = `Bearer ${app.keys.administrator}`;
    const posted = await supertest(server).post(PATH).set('Authorization', key).send({ role: 'auditor', label: 'x' });
    const deleted = await supertest(server).delete(`${PATH}/${NOBODY}`).set('Authorization', key);
    for (const answer of [posted, deleted]) {
      expect(answer.body).toMatchObject({ status: 400, code: 'idempotency-key-missing' });
    }
  });
});
