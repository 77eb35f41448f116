import { randomUUID } from 'node:crypto';
import supertest from 'supertest';
import { ROLES, type Role } from '../../src/platform/auth/caller.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { bodyOf, CatalogueApp, COURSE, PROVIDER, SESSION } from '../support/catalogue.js';

const NOWHERE = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';

describe('the catalogue over HTTP', () => {
  let app: CatalogueApp;
  beforeAll(async () => {
    app = await CatalogueApp.start();
  });
  afterAll(() => app.stop());

  describe('every write', () => {
    const WRITES: [string, () => string, object, Role[]][] = [
      ['POST providers', () => 'providers', PROVIDER, ['registrar', 'administrator']],
      [
        'POST approval',
        () => `providers/${app.providerId}/approval`,
        { approvedFrom: '2013-01-01', approvedTo: null },
        ['registrar'],
      ],
      [
        'POST courses',
        () => 'courses',
        { ...COURSE, code: 'NEW-1', providerId: NOWHERE },
        ['registrar', 'administrator'],
      ],
      ['POST versions', () => `courses/${app.courseId}/versions`, COURSE, ['registrar', 'administrator']],
      ['POST sessions', () => 'sessions', { ...SESSION, code: 'NEW-1', courseId: NOWHERE }, ['provider', 'registrar']],
    ];

    it.each(WRITES)('%s is refused without a key and to every other role', async (_, path, body, allowed) => {
      await app.bank.post(`/api/v1/${path()}`, undefined, body).expect(401);
      for (const role of ROLES.filter((candidate) => !allowed.includes(candidate))) {
        const problem = bodyOf(await app.bank.post(`/api/v1/${path()}`, app.keys[role], body).expect(403));
        expect(problem).toMatchObject({ code: 'forbidden', role });
      }
    });

    it.each(WRITES)('%s needs an idempotency key', async (_, path, body, [role]) => {
      const request = supertest(app.bank.app.getHttpServer()).post(`/api/v1/${path()}`);
      const missing = await request.set('Authorization', `Bearer ${app.keys[role!]}`).send(body).expect(400);
      expect(missing.body).toMatchObject({ code: 'idempotency-key-missing' });
    });

    it.each(WRITES)('%s tells all mistakes at once', async (_, path, body, [role]) => {
      const problem = bodyOf(await app.bank.post(`/api/v1/${path()}`, app.keys[role!], { surprise: 1 }).expect(400));
      const { code, errors } = problem as { code: string; errors: { pointer: string }[] };
      expect(code).toBe('validation-failed');
      const optional = ['capacity'];
      const needed = Object.keys(body).filter((field) => !optional.includes(field));
      expect(new Set(errors.map(({ pointer }) => pointer))).toEqual(
        new Set(['/surprise', ...needed.map((field) => `/${field}`)]),
      );
    });
  });

  describe('providers', () => {
    it('are created once under one key, and another body is refused', async () => {
      const once = randomUUID();
      const body = { ...PROVIDER, code: 'ONCE-1', approvedTo: '2026-12-31' };
      const first = await app.bank.post('/api/v1/providers', app.keys.administrator, body, once).expect(201);
      expect(first.body).toEqual({
        ...body,
        providerId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        recordedAt: '2024-06-10T01:00:00.000Z',
      });
      const again = await app.bank.post('/api/v1/providers', app.keys.administrator, body, once).expect(201);
      expect(again.body).toEqual(first.body);
      expect(again.headers['idempotency-replayed']).toBe('true');
      const other = await app.bank
        .post('/api/v1/providers', app.keys.administrator, { ...body, name: '别名' }, once)
        .expect(422);
      expect(other.body).toMatchObject({ code: 'idempotency-key-reused' });
      const found = bodyOf(
        await app.bank.get(`/api/v1/providers/${String(bodyOf(first)['providerId'])}`, app.keys.learner).expect(200),
      );
      expect(found).toEqual(first.body);
    });

    it.each([
      ['a code that is taken', { code: 'SQXY-YZ' }, 409, 'code-already-used', { takenCode: 'SQXY-YZ' }],
      ['a unit that does not exist', { unitCode: '140199' }, 422, 'unit-unknown', { unitCode: '140199' }],
      ['a statistical code', { unitCode: '140171' }, 422, 'unit-unknown', { unitCode: '140171' }],
      ['an approval that ends before it begins', { approvedTo: '2012-12-31' }, 422, 'approval-period-invalid', {}],
    ])('are refused with %s', async (_, change, status, code, facts) => {
      const body = { ...PROVIDER, code: 'REFUSED-1', ...change };
      const problem = bodyOf(await app.bank.post('/api/v1/providers', app.keys.registrar, body).expect(status));
      expect(problem).toMatchObject({ code, ...facts });
    });

    it.each([
      ['a damaged name', { name: '太原\uFFFD大学' }, '/name'],
      ['a control character in the name', { name: '太\u0007原' }, '/name'],
      ['half a character in the name', { name: '太\uD800原' }, '/name'],
      ['a name of spaces', { name: '　 ' }, '/name'],
      ['a name of 101 characters', { name: '学'.repeat(101) }, '/name'],
      ['a code in small letters', { code: 'sqxy' }, '/code'],
      ['a code with a line end', { code: 'SQXY\n' }, '/code'],
      ['a type of its own', { type: 'BANK' }, '/type'],
      ['a day that does not exist', { approvedFrom: '2023-02-29' }, '/approvedFrom'],
      ['a unit code of seven digits', { unitCode: '1401061' }, '/unitCode'],
    ])('are refused with %s', async (_, change, pointer) => {
      const body = { ...PROVIDER, code: 'REFUSED-2', ...change };
      const problem = bodyOf(await app.bank.post('/api/v1/providers', app.keys.registrar, body).expect(400));
      expect(problem).toMatchObject({ code: 'validation-failed', errors: [{ pointer }] });
    });

    it('keep HTML and SQL in a name as text, trimmed and composed', async () => {
      const name = `<b onclick="x">Cafe\u0301</b>'); drop table provider; --`;
      const { providerId: id } = await app.create('providers', { ...PROVIDER, code: 'TEXT-1', name: `  ${name}　` });
      const body = bodyOf(await app.bank.get(`/api/v1/providers/${id}`, app.keys.auditor).expect(200));
      expect(body).toMatchObject({ name: name.normalize('NFC') });
    });

    it('are listed to the end, and a wrong cursor or limit is refused', async () => {
      const codes = await app.walk('/api/v1/providers', app.keys.learner);
      expect(codes).toEqual([...codes].sort());
      expect(codes).toEqual(expect.arrayContaining(['SQXY-XD', 'SQXY-YZ', 'ONCE-1', 'TEXT-1']));
      for (const cursor of ['x', '', 'W10', Buffer.from('["a\\u0000"]').toString('base64url')]) {
        const body = bodyOf(await app.bank.get(`/api/v1/providers?cursor=${cursor}`, app.keys.learner).expect(400));
        expect(body).toMatchObject({ code: 'cursor-invalid' });
      }
      for (const limit of ['0', '201', '1.5', 'many', '']) {
        const body = bodyOf(await app.bank.get(`/api/v1/providers?limit=${limit}`, app.keys.learner).expect(400));
        expect((body as { errors: object[] }).errors).toContainEqual(expect.objectContaining({ pointer: '/limit' }));
      }
    });

    it('change their approval, by a registrar and audited', async () => {
      const { providerId: id } = await app.create('providers', { ...PROVIDER, code: 'APPROVAL-1' });
      const path = `/api/v1/providers/${id}/approval`;
      const period = { approvedFrom: '2014-01-01', approvedTo: '2023-12-31' };
      const change = (to: object) => app.bank.post(path, app.keys.registrar, to).set('If-Match', '*');
      const body = bodyOf(await change(period).expect(200));
      expect(body).toMatchObject({ code: 'APPROVAL-1', ...period });
      const bad = await change({ ...period, approvedTo: '2013-12-31' }).expect(422);
      expect(bad.body).toMatchObject({ code: 'approval-period-invalid' });
      const open = await change({ approvedFrom: '2014-01-01' }).expect(400);
      expect(open.body).toMatchObject({ errors: [{ pointer: '/approvedTo', code: 'isDayOrNull' }] });
      expect((await app.bank.get(`/api/v1/providers/${id}`, app.keys.registrar).expect(200)).body).toMatchObject(
        period,
      );
      const audit = await app.bank.app
        .get(Reader)
        .sql.rows("select subject, outcome from audit_event where subject like 'APPROVAL-1%' order by action");
      expect(audit).toEqual([
        { subject: 'APPROVAL-1 2013-01-01/.. -> 2014-01-01/2023-12-31', outcome: 'done' },
        { subject: 'APPROVAL-1', outcome: 'done' },
      ]);
    });
  });

  it.each(['not-an-id', NOWHERE, NOWHERE.toUpperCase(), '%00', 'a'.repeat(150)])(
    'finds nothing under the id %s',
    async (id) => {
      for (const path of [`providers/${id}`, `courses/${id}`, `sessions/${id}`, `units/${id}`]) {
        const body = bodyOf(await app.bank.get(`/api/v1/${path}`, app.keys.registrar).expect(404));
        expect(body).toMatchObject({ code: 'not-found' });
      }
      const period = { approvedFrom: '2014-01-01', approvedTo: null };
      const change = (path: string, body: object) =>
        app.bank.post(`/api/v1/${path}`, app.keys.registrar, body).set('If-Match', '*');
      await change(`providers/${id}/approval`, period).expect(404);
      await change(`courses/${id}/versions`, COURSE).expect(404);
    },
  );
});
