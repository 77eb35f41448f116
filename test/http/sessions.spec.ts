import { bodyOf, CatalogueApp, COURSE, SESSION } from '../support/catalogue.js';

const NOWHERE = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';
interface Item {
  code: string;
  [field: string]: unknown;
}

describe('sessions over HTTP', () => {
  let app: CatalogueApp;
  beforeAll(async () => {
    app = await CatalogueApp.start();
  });
  afterAll(() => app.stop());

  describe('sessions', () => {
    it('are scheduled by a provider for its own course, with the course’s seats unless they say otherwise', async () => {
      const body = { ...SESSION, code: 'OWN-1', courseId: app.courseId };
      const session = await app.create('sessions', body, app.keys.provider);
      expect(session).toMatchObject({
        code: 'OWN-1',
        courseCode: 'TTKT-YZ-1',
        courseTitle: '养生有道',
        courseVersion: 1,
        providerId: app.providerId,
        startsAt: '2024-06-03T01:00:00.000Z',
        endsAt: '2024-06-03T02:30:00.000Z',
        capacity: 40,
        seatsTaken: 0,
      });
      const smaller = await app.create('sessions', { ...body, code: 'OWN-2', capacity: 12 }, app.keys.provider);
      expect(smaller).toMatchObject({ capacity: 12 });
      const found = bodyOf(
        await app.bank.get(`/api/v1/sessions/${session['sessionId']}`, app.keys.provider).expect(200),
      );
      expect(found).toEqual(session);
    });

    it('of another provider’s course cannot be told from none', async () => {
      const attempt = (id: string) =>
        app.bank
          .post('/api/v1/sessions', app.keys.provider, { ...SESSION, code: 'FOREIGN-1', courseId: id })
          .expect(422);
      const foreign = bodyOf(await attempt(app.otherCourseId));
      const none = bodyOf(await attempt(NOWHERE));
      expect(foreign).toMatchObject({ code: 'course-unknown' });
      expect({ ...foreign, instance: '' }).toEqual({ ...none, instance: '' });
      await app.create('sessions', { ...SESSION, code: 'FOREIGN-1', courseId: app.otherCourseId });
    });

    it.each([
      ['a code that is taken', { code: 'OWN-0' }, 409, 'code-already-used'],
      ['an end at the start', { endsAt: SESSION.startsAt }, 422, 'session-times-invalid'],
      ['a day and a second', { endsAt: '2024-06-04T09:00:01+08:00' }, 422, 'session-times-invalid'],
      ['a unit that does not exist', { unitCode: '140106001902' }, 422, 'unit-unknown'],
      ['a start without an offset', { startsAt: '2024-06-03T09:00:00' }, 400, 'validation-failed'],
      ['a course id that is no id', { courseId: 'TTKT-YZ-1' }, 400, 'validation-failed'],
      ['a place of nothing', { place: ' ' }, 400, 'validation-failed'],
    ])('are refused with %s', async (_, change, status, code) => {
      await app.bank.post('/api/v1/sessions', app.keys.registrar, {
        ...SESSION,
        code: 'OWN-0',
        courseId: app.courseId,
      });
      const body = { ...SESSION, code: 'REFUSED-1', courseId: app.courseId, ...change };
      const problem = bodyOf(await app.bank.post('/api/v1/sessions', app.keys.registrar, body).expect(status));
      expect(problem).toMatchObject({ code });
    });

    it('are seen by their provider and the bank’s staff, not by a learner or another provider', async () => {
      const { sessionId } = await app.create('sessions', { ...SESSION, code: 'SEEN-1', courseId: app.otherCourseId });
      const path = `/api/v1/sessions/${sessionId}`;
      for (const role of ['registrar', 'auditor', 'administrator'] as const) {
        expect((await app.bank.get(path, app.keys[role]).expect(200)).body).toMatchObject({ code: 'SEEN-1' });
      }
      const body = bodyOf(await app.bank.get(path, app.keys.provider).expect(404));
      expect(body).toMatchObject({ code: 'not-found' });
      await app.bank.get(path, app.keys.learner).expect(403);
      await app.bank.get(`/api/v1/sessions?courseId=${app.courseId}`, app.keys.learner).expect(403);
    });

    it('are listed by course, provider and days of Shanghai to the end', async () => {
      const { courseId: id } = await app.create('courses', {
        ...COURSE,
        code: 'DAYS-1',
        providerId: app.providerId,
        title: '日程',
      });
      const day = (date: string, time: string) => ({
        startsAt: `${date}T${time}+08:00`,
        endsAt: `${date}T23:59:59+08:00`,
      });
      const times = [day('2024-05-03', '00:00:00'), day('2024-05-03', '22:00:00'), day('2024-05-04', '00:00:00')];
      const all = [...times, times[2]!, times[2]!].map((time, index) => ({
        ...SESSION,
        ...time,
        code: `DAYS-1-${index}`,
      }));
      for (const body of all) await app.create('sessions', { ...body, courseId: id }, app.keys.provider);
      const path = `/api/v1/sessions?courseId=${id}`;
      expect((await app.walk(path)).sort()).toEqual(all.map(({ code }) => code));
      expect(await app.walk(`${path}&from=2024-05-03&to=2024-05-03`)).toEqual(['DAYS-1-0', 'DAYS-1-1']);
      expect(await app.walk(`${path}&to=2024-05-02`)).toEqual([]);
      expect(await app.walk(`/api/v1/sessions?providerId=${app.providerId}&to=2024-05-03`)).toEqual([
        'DAYS-1-0',
        'DAYS-1-1',
      ]);
      const body = bodyOf(
        await app.bank.get(`${path}&from=May&to=2024-05-32&cursor=x`, app.keys.registrar).expect(400),
      );
      expect(body).toMatchObject({ errors: [{ pointer: '/from' }, { pointer: '/to' }] });
      expect((await app.bank.get(`${path}&cursor=x`, app.keys.registrar).expect(400)).body).toMatchObject({
        code: 'cursor-invalid',
      });
    });

    it('of others are missing from a provider’s lists, and staff must say which they mean', async () => {
      const other = (await app.bank.get(`/api/v1/courses/${app.otherCourseId}`, app.keys.registrar).expect(200))
        .body as Item;
      const own = await app.walk('/api/v1/sessions', app.keys.provider);
      expect(own).toContain('OWN-1');
      expect(own).not.toContain('SEEN-1');
      expect(await app.walk(`/api/v1/sessions?courseId=${app.otherCourseId}`, app.keys.provider)).toEqual([]);
      expect(await app.walk(`/api/v1/sessions?providerId=${String(other['providerId'])}`, app.keys.provider)).toEqual(
        [],
      );
      expect(await app.walk(`/api/v1/sessions?courseId=${app.courseId}`, await app.bank.key('provider'))).toEqual([]);
      const body = bodyOf(await app.bank.get('/api/v1/sessions', app.keys.auditor).expect(400));
      expect(body).toMatchObject({ code: 'validation-failed', errors: [{ pointer: '/providerId' }] });
    });
  });
});
