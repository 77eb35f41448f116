import { bodyOf, CatalogueApp, COURSE } from '../support/catalogue.js';

const NOWHERE = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';
interface Item {
  code: string;
  [field: string]: unknown;
}

describe('courses over HTTP', () => {
  let app: CatalogueApp;
  beforeAll(async () => {
    app = await CatalogueApp.start();
  });
  afterAll(() => app.stop());

  describe('courses', () => {
    it('keep every version and show the latest one in lists', async () => {
      const created = await app.create('courses', {
        ...COURSE,
        code: 'VERSIONS-1',
        providerId: app.providerId,
        title: '剪纸',
      });
      expect(created).toMatchObject({
        code: 'VERSIONS-1',
        versions: [{ version: 1, title: '剪纸', plannedSeconds: 5400 }],
      });
      const path = `courses/${created['courseId']}`;
      const revised = await app.create(`${path}/versions`, {
        ...COURSE,
        title: '剪纸进阶',
        plannedMinutes: 45,
        capacity: null,
      });
      expect(revised).toMatchObject({
        courseId: created['courseId'],
        versions: [{ version: 1 }, { version: 2, title: '剪纸进阶', plannedSeconds: 2700, capacity: null }],
      });
      const body = bodyOf(await app.bank.get(`/api/v1/${path}`, app.keys.learner).expect(200));
      const { likelyDuplicates: _, ...history } = revised;
      expect(body).toEqual(history);
      const listed = await app.bank.get(`/api/v1/courses?providerId=${app.providerId}`, app.keys.learner).expect(200);
      expect((listed.body as { items: Item[] }).items).toContainEqual(
        expect.objectContaining({ code: 'VERSIONS-1', version: 2, title: '剪纸进阶', providerId: app.providerId }),
      );
    });

    it('name the provider’s courses with practically the same title, and only those', async () => {
      const create1 = (code: string, title: string) =>
        app.create('courses', { ...COURSE, code, providerId: app.providerId, title });
      expect(await create1('TWIN-1', 'S/W 活用')).toMatchObject({ likelyDuplicates: [] });
      expect(await create1('TWIN-2', '《SW活用》Ⅰ')).toMatchObject({ likelyDuplicates: ['TWIN-1'] });
      expect(await create1('TWIN-3', 'ｓｗ活用１')).toMatchObject({ likelyDuplicates: ['TWIN-1', 'TWIN-2'] });
      expect(await create1('TWIN-4', 'SW活用Ⅱ')).toMatchObject({ likelyDuplicates: [] });
      // The other provider has a course of the title every test course has.
      const elsewhere = await app.create('courses', { ...COURSE, code: 'TWIN-5', providerId: app.providerId });
      expect(elsewhere).toMatchObject({ likelyDuplicates: ['TTKT-YZ-1'] });
    });

    it.each([
      ['a provider that does not exist', { providerId: NOWHERE }, 422, 'provider-unknown'],
      ['a code that is taken', { code: 'TTKT-YZ-1' }, 409, 'code-already-used'],
      ['an approval that ends before it begins', { approvedTo: '2023-08-31' }, 422, 'approval-period-invalid'],
      ['six hundred and one minutes', { plannedMinutes: 601 }, 400, 'validation-failed'],
      ['half minutes', { plannedMinutes: 1.5 }, 400, 'validation-failed'],
      ['no seats', { capacity: 0 }, 400, 'validation-failed'],
      ['minutes as text', { plannedMinutes: '90' }, 400, 'validation-failed'],
      ['a type with a space', { activityType: 'DAILY CLASS' }, 400, 'validation-failed'],
    ])('are refused with %s', async (_, change, status, code) => {
      const body = { ...COURSE, code: 'REFUSED-1', providerId: app.providerId, ...change };
      const problem = bodyOf(await app.bank.post('/api/v1/courses', app.keys.registrar, body).expect(status));
      expect(problem).toMatchObject({ code });
    });

    it('are listed by provider to the end', async () => {
      const codes = await app.walk(`/api/v1/courses?providerId=${app.providerId}`);
      expect(codes).toEqual([...codes].sort());
      expect(codes).toContain('TTKT-YZ-1');
      expect(codes).not.toContain('TTKT-XD-1');
      expect(await app.walk('/api/v1/courses')).toContain('TTKT-XD-1');
      const body = bodyOf(await app.bank.get('/api/v1/courses?providerId=x&limit=0', app.keys.auditor).expect(400));
      const pointers = (body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
      expect(new Set(pointers)).toEqual(new Set(['/providerId', '/limit']));
    });
  });

  describe('units', () => {
    it('have a path from the city down', async () => {
      const body = bodyOf(await app.bank.get('/api/v1/units/140106001901', app.keys.learner).expect(200));
      expect(body).toMatchObject({ code: '140106001901', name: '示例社区甲', level: 4, parentCode: '140106001' });
      const path = (body as { path: Item[] }).path.map(({ code }) => code);
      expect(path).toEqual(['140100', '140106', '140106001', '140106001901']);
      expect((await app.bank.get('/api/v1/units/140100', app.keys.provider).expect(200)).body).toMatchObject({
        parentCode: null,
        isSynthetic: false,
        path: [{ code: '140100' }],
      });
    });

    it('are listed by parent and level to the end', async () => {
      expect(await app.walk('/api/v1/units')).toEqual(['140100', '140105', '140106', '140106001', '140106001901']);
      expect(await app.walk('/api/v1/units?parent=140100', app.keys.auditor)).toEqual(['140105', '140106']);
      expect(await app.walk('/api/v1/units?level=3', app.keys.administrator)).toEqual(['140106001']);
      expect(await app.walk('/api/v1/units?parent=140100&level=4')).toEqual([]);
      const body = bodyOf(await app.bank.get('/api/v1/units?parent=x&level=5&page=2', app.keys.learner).expect(400));
      const pointers = (body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
      expect(new Set(pointers)).toEqual(new Set(['/parent', '/level', '/page']));
    });

    it.each(['140171', '140000', '140199', '1401', 'x', '%00'])('of code %s are not found', async (code) => {
      const body = bodyOf(await app.bank.get(`/api/v1/units/${code}`, app.keys.learner).expect(404));
      expect(body).toMatchObject({ code: 'not-found' });
    });

    it('need a key', async () => {
      await app.bank.get('/api/v1/units').expect(401);
    });
  });
});
