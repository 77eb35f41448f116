import { randomUUID } from 'node:crypto';
import { Reader } from '../../src/platform/database/data-sources.js';
import { Writer } from '../../src/platform/database/writer.js';
import { BrowseSessions } from '../../src/providers/browse-sessions.service.js';
import { ChangeApproval } from '../../src/providers/change-approval.service.js';
import type { CreateCourseRequest } from '../../src/providers/create-course.request.js';
import { CreateCourse } from '../../src/providers/create-course.service.js';
import type { CreateProviderRequest } from '../../src/providers/create-provider.request.js';
import { CreateProvider } from '../../src/providers/create-provider.service.js';
import { listProviders } from '../../src/providers/provider.store.js';
import { SessionCatalogue, unitExists, unitLevel } from '../../src/providers/providers.port.js';
import { ReviseCourse } from '../../src/providers/revise-course.service.js';
import type { ScheduleSessionRequest } from '../../src/providers/schedule-session.request.js';
import { ScheduleSession } from '../../src/providers/schedule-session.service.js';
import { unitPath } from '../../src/providers/unit.store.js';
import { TestApp } from '../support/app.js';
import { DIALECTS } from '../support/databases.js';
import { seedUnits } from '../support/learners.js';
import { endings, newOnce, REGISTRAR } from '../support/writers.js';

const FIFTY = Array.from({ length: 50 }, (_, index) => index);

function provider(code: string): CreateProviderRequest {
  return { code, name: '示例学校', type: 'COMMUNITY_SCHOOL', unitCode: '140106001', approvedFrom: '2013-01-01' };
}

function course(code: string, providerId: string, title = '养生有道'): CreateCourseRequest {
  const planned = { plannedMinutes: 90, plannedSessions: 40, capacity: 30 };
  return {
    code,
    providerId,
    title,
    creditType: 'leisure',
    activityType: 'DAILY_CLASS',
    ...planned,
    approvedFrom: '2023-09-01',
  };
}

function session(code: string, courseId: string): ScheduleSessionRequest {
  const times = { startsAt: '2024-06-03T09:00:00+08:00', endsAt: '2024-06-03T10:30:00+08:00' };
  return { code, courseId, ...times, place: '一号教室', unitCode: '140106001901' };
}

describe.each(DIALECTS)('the catalogue on %s', (dialect) => {
  let bank: TestApp;
  let providerId: string;
  let courseId: string;
  const sql = () => bank.app.get(Reader).sql;
  const catalogue = () => bank.app.get(SessionCatalogue);
  const createProvider = (request: CreateProviderRequest, once = newOnce()) =>
    bank.app.get(CreateProvider).run(REGISTRAR, once, request);
  const createCourse = (request: CreateCourseRequest) => bank.app.get(CreateCourse).run(REGISTRAR, newOnce(), request);
  const schedule = (request: ScheduleSessionRequest) =>
    bank.app.get(ScheduleSession).run(REGISTRAR, newOnce(), request);

  beforeAll(async () => {
    bank = await TestApp.start(dialect);
    await seedUnits(bank);
    providerId = (await createProvider(provider('SQXX-01'))).answer.providerId;
    courseId = (await createCourse(course('KC-01', providerId))).answer.courseId;
  });
  afterAll(() => bank.stop());

  describe('codes', () => {
    it('belong to one of fifty providers created at once', async () => {
      expect(await endings(FIFTY.map(() => createProvider(provider('SQXX-50'))))).toEqual({
        done: 1,
        'code-already-used': 49,
      });
      expect(await sql().rows("select count(*) as n from provider where code = 'SQXX-50'")).toEqual([{ n: 1 }]);
    });

    it('belong to one of fifty courses created at once, and only that one has a version', async () => {
      expect(await endings(FIFTY.map(() => createCourse(course('KC-50', providerId, '剪纸'))))).toEqual({
        done: 1,
        'code-already-used': 49,
      });
      expect(await sql().rows("select count(*) as n from course_version where title = '剪纸'")).toEqual([{ n: 1 }]);
    });

    it('belong to one of fifty sessions scheduled at once, and only that one has seats', async () => {
      expect(await endings(FIFTY.map(() => schedule(session('KC-50-0603', courseId))))).toEqual({
        done: 1,
        'code-already-used': 49,
      });
      expect(
        await sql().rows(
          "select s.code, q.taken from course_session s join session_seat q on q.session_id = s.session_id where s.code = 'KC-50-0603'",
        ),
      ).toEqual([{ code: 'KC-50-0603', taken: 0 }]);
      expect(await sql().rows('select count(*) as n from session_seat')).toEqual(
        await sql().rows('select count(*) as n from course_session'),
      );
    });

    it('give fifty parallel requests under one key one provider and one answer', async () => {
      const once = newOnce();
      const receipts = await Promise.all(FIFTY.map(() => createProvider(provider('SQXX-ONE'), once)));
      expect(receipts.filter(({ replayed }) => !replayed)).toHaveLength(1);
      expect(new Set(receipts.map(({ answer }) => answer.providerId)).size).toBe(1);
    });

    it('sort byte by byte', async () => {
      for (const code of ['ZZ-1', 'ZZ1', 'ZZ-', 'ZZ--1', 'ZZA']) await createProvider(provider(code));
      const listed = (await listProviders(sql(), 'ZZ', 10)).map(({ code }) => code);
      expect(listed).toEqual(['ZZ-', 'ZZ--1', 'ZZ-1', 'ZZ1', 'ZZA']);
    });
  });

  describe('versions of a course', () => {
    it('are numbered without a gap by twenty at once', async () => {
      const created = (await createCourse(course('KC-VERSIONS', providerId, '版本'))).answer;
      const { code: _, providerId: __, ...body } = course('KC-VERSIONS', providerId, '版本');
      const revise = bank.app.get(ReviseCourse);
      await Promise.all(
        FIFTY.slice(0, 20).map((index) =>
          revise.run(
            REGISTRAR,
            newOnce(),
            { courseId: created.courseId, ifMatch: '*' },
            { ...body, title: `版本${index}` },
          ),
        ),
      );
      const rows = await sql().rows<{ version: number }>(
        'select version from course_version where course_id = ? order by version',
        [created.courseId],
      );
      expect(rows.map(({ version }) => version)).toEqual(Array.from({ length: 21 }, (__, index) => index + 1));
    });

    it('can never be changed or taken away', async () => {
      // An SQLite error may come from the realm of an earlier test file, where `toThrow` does not know it for an error.
      const refused = { message: expect.stringMatching(/append-only/) as string };
      const write = (text: string) => bank.app.get(Writer).write((transaction) => transaction.sql.run(text));
      await expect(write("update course_version set title = 'x'")).rejects.toMatchObject(refused);
      await expect(write('delete from course_version')).rejects.toMatchObject(refused);
    });
  });

  describe('facts', () => {
    it('of a session come with its course version, provider and approvals', async () => {
      const { sessionId } = (await schedule(session('FACTS-1', courseId))).answer;
      expect(await catalogue().byId(sessionId)).toEqual({
        sessionId,
        code: 'FACTS-1',
        courseId,
        courseCode: 'KC-01',
        courseVersion: 1,
        courseTitle: '养生有道',
        creditType: 'leisure',
        activityType: 'DAILY_CLASS',
        level: null,
        plannedSeconds: 5_400,
        plannedSessions: 40,
        providerId,
        providerCode: expect.stringMatching(/^SQXX-/) as string,
        providerName: '示例学校',
        startsAt: Date.parse('2024-06-03T01:00:00Z'),
        endsAt: Date.parse('2024-06-03T02:30:00Z'),
        unitCode: '140106001901',
        place: '一号教室',
        capacity: 30,
        providerApproval: { from: '2013-01-01', to: null },
        courseApproval: { from: '2023-09-01', to: null },
      });
      expect([...(await catalogue().byCodes(['FACTS-1', 'NO-SUCH', '\0', 'FACTS-1'])).keys()]).toEqual(['FACTS-1']);
      expect([...(await catalogue().sessionFacts([sessionId, randomUUID(), 'x'])).keys()]).toEqual([sessionId]);
      expect(await catalogue().byId('no id')).toBeNull();
      expect(await catalogue().byId(randomUUID())).toBeNull();
    });

    it('of a course are those of its latest version while its sessions keep theirs', async () => {
      const { courseId: ownId } = (await createCourse(course('KC-FACTS', providerId, '旧名'))).answer;
      const { sessionId } = (await schedule(session('FACTS-2', ownId))).answer;
      expect(await catalogue().courseByCode('KC-FACTS')).toMatchObject({ title: '旧名', version: 1 });
      const { code: _, providerId: __, ...body } = course('KC-FACTS', providerId, '新名');
      await bank.app
        .get(ReviseCourse)
        .run(REGISTRAR, newOnce(), { courseId: ownId, ifMatch: '"1"' }, { ...body, plannedSessions: 12 });
      const latest = { courseId: ownId, code: 'KC-FACTS', title: '新名', version: 2, plannedSessions: 12 };
      expect(await catalogue().courseByCode('KC-FACTS')).toMatchObject({ ...latest, providerCode: 'SQXX-01' });
      expect(await catalogue().courseById(ownId)).toMatchObject(latest);
      expect((await catalogue().courseFacts([ownId, 'x'])).get(ownId)).toMatchObject(latest);
      expect(await catalogue().byId(sessionId)).toMatchObject({ courseTitle: '旧名', courseVersion: 1 });
      const { answer } = await schedule(session('FACTS-3', ownId));
      expect(answer).toMatchObject({ courseTitle: '新名', courseVersion: 2 });
      expect(await catalogue().courseById('x')).toBeNull();
      expect(await catalogue().courseByCode('x')).toBeNull();
    });

    it('come from memory for five seconds, so a hit costs no read', async () => {
      const { sessionId } = (await schedule(session('FACTS-4', courseId))).answer;
      await catalogue().byId(sessionId);
      await catalogue().byCodes(['FACTS-4']);
      // What another process would do.
      await bank.app
        .get(Writer)
        .write((transaction) =>
          transaction.sql.run('update course_session set place = ? where session_id = ?', ['二号教室', sessionId]),
        );
      bank.clock.advanceMs(4_999);
      expect(await catalogue().byId(sessionId)).toMatchObject({ place: '一号教室' });
      expect((await catalogue().byCodes(['FACTS-4'])).get('FACTS-4')).toMatchObject({ place: '一号教室' });
      bank.clock.advanceMs(1);
      expect(await catalogue().byId(sessionId)).toMatchObject({ place: '二号教室' });
      expect((await catalogue().byCodes(['FACTS-4'])).get('FACTS-4')).toMatchObject({ place: '二号教室' });
    });

    it('show a session the moment it exists, even to who asked before', async () => {
      expect((await catalogue().byCodes(['FACTS-5'])).size).toBe(0);
      await schedule(session('FACTS-5', courseId));
      expect((await catalogue().byCodes(['FACTS-5'])).size).toBe(1);
    });

    it('show a changed approval at once, and the audit has the old period beside the new one', async () => {
      const own = (await createProvider(provider('SQXX-AUDIT'))).answer;
      const ownCourse = (await createCourse(course('KC-AUDIT', own.providerId))).answer;
      const { sessionId } = (await schedule(session('FACTS-6', ownCourse.courseId))).answer;
      expect(await catalogue().byId(sessionId)).toMatchObject({ providerApproval: { from: '2013-01-01', to: null } });
      const change = bank.app.get(ChangeApproval);
      const to = (approvedTo: string | null) =>
        change.run(
          REGISTRAR,
          newOnce(),
          { providerId: own.providerId, ifMatch: '*' },
          { approvedFrom: '2013-01-01', approvedTo },
        );
      await to('2023-12-31');
      expect(await catalogue().byId(sessionId)).toMatchObject({ providerApproval: { to: '2023-12-31' } });
      bank.clock.advanceMs(1);
      await to(null);
      const deeds = await sql().rows(
        "select actor, role, subject from audit_event where action = 'change-approval' order by recorded_at",
      );
      expect(deeds).toEqual([
        { actor: REGISTRAR.keyId, role: 'registrar', subject: 'SQXX-AUDIT 2013-01-01/.. -> 2013-01-01/2023-12-31' },
        { actor: REGISTRAR.keyId, role: 'registrar', subject: 'SQXX-AUDIT 2013-01-01/2023-12-31 -> 2013-01-01/..' },
      ]);
    });
  });

  describe('units', () => {
    it('know their level and their path', async () => {
      expect(await unitLevel(sql(), '140106001901')).toBe(4);
      expect(await unitLevel(sql(), '140171')).toBeNull();
      expect(await unitExists(sql(), '140106')).toBe(true);
      expect((await unitPath(sql(), '140106001901')).map(({ name }) => name)).toEqual([
        '太原市',
        '迎泽区',
        '柳巷街道',
        '示例社区甲',
      ]);
      expect(await unitPath(sql(), '140106001902')).toEqual([]);
    });
  });

  it('lists sessions that start together page by page without loss or repetition', async () => {
    const { courseId: ownId } = (await createCourse(course('KC-LIST', providerId, '列表'))).answer;
    const codes = FIFTY.slice(0, 7).map((index) => `LIST-${index}`);
    for (const code of codes) await schedule(session(code, ownId));
    const browse = bank.app.get(BrowseSessions);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await browse.list(REGISTRAR, { courseId: ownId, limit: 2, cursor });
      seen.push(...page.items.map(({ code }) => code));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen.sort()).toEqual(codes);
  });
});
