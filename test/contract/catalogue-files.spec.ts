import { randomUUID } from 'node:crypto';
import { Refusal } from '../../src/kernel/refusal.js';
import type { Caller } from '../../src/platform/auth/caller.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { Writer } from '../../src/platform/database/writer.js';
import { Policies } from '../../src/policy/policy.port.js';
import { CreateCourse } from '../../src/providers/create-course.service.js';
import { CatalogueLoader, SessionCatalogue, type CatalogueRows } from '../../src/providers/providers.port.js';
import { TestApp } from '../support/app.js';
import { fixtureCatalogue, loadRows } from '../support/catalogue.js';
import { DIALECTS } from '../support/databases.js';

/** The one refusal that `call` must end with. */
async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await call.then(
    () => new Error('was not refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refusal)) throw error;
  return error;
}

describe.each(DIALECTS)('loading the catalogue from files on %s', (dialect) => {
  let bank: TestApp;
  beforeAll(async () => {
    bank = await TestApp.start(dialect);
  });
  afterAll(() => bank.stop());

  /** Mistakes that the sample files have after one change. */
  async function mistakes(
    change: (rows: Required<CatalogueRows>) => void,
  ): Promise<{ pointer: string; code: string }[]> {
    const rows = fixtureCatalogue();
    change(rows);
    const refusal = await refusalOf(loadRows(bank, rows));
    expect(refusal.code).toBe('validation-failed');
    return (refusal.details['errors'] as { pointer: string; code: string }[]).map(({ pointer, code }) => ({
      pointer,
      code,
    }));
  }

  it.each<[string, string, string, (rows: Required<CatalogueRows>) => void]>([
    ['a statistical code as a county', '/units/1/code', 'unit-unknown', ({ units }) => (units[1]!.code = '140171')],
    ['a level that is not the code’s', '/units/1/level', 'unitCodeShape', ({ units }) => (units[1]!.level = '3')],
    [
      'a unit below another one’s parent',
      '/units/1/parent_code',
      'unitCodeShape',
      ({ units }) => (units[1]!.parent_code = '140105'),
    ],
    ['a unit before its parent', '/units/0/parent_code', 'unit-unknown', ({ units }) => units.reverse()],
    ['a unit twice', '/units/2/code', 'code-already-used', ({ units }) => (units[2] = units[1]!)],
    ['a name with a damaged character', '/units/0/name', 'isPlainText', ({ units }) => (units[0]!.name = '太原\uFFFD')],
    ['a type that is no provider type', '/providers/3/type', 'isIn', ({ providers }) => (providers[3]!.type = 'BANK')],
    [
      'a provider in no unit',
      '/providers/3/unit_code',
      'unit-unknown',
      ({ providers }) => (providers[3]!.unit_code = '140171'),
    ],
    [
      'an approval that ends before it begins',
      '/providers/3/approved_to',
      'approval-period-invalid',
      ({ providers }) => (providers[3]!.approved_to = '2012-12-31'),
    ],
    [
      'a course of no provider',
      '/courses/5/provider_code',
      'provider-unknown',
      ({ courses }) => (courses[5]!.provider_code = 'NO-SUCH'),
    ],
    [
      'minutes that are no number',
      '/courses/5/planned_minutes',
      'isInt',
      ({ courses }) => (courses[5]!.planned_minutes = '九十'),
    ],
    ['a level that cannot be one', '/courses/5/level', 'isLevelCode', ({ courses }) => (courses[5]!.level = '6')],
    ['a course twice', '/courses/5/code', 'code-already-used', ({ courses }) => (courses[5]!.code = courses[0]!.code)],
    [
      'a session of no course',
      '/sessions/7/course_code',
      'course-unknown',
      ({ sessions }) => (sessions[7]!.course_code = 'NO-SUCH'),
    ],
    [
      'a session that ends before it starts',
      '/sessions/7/ends_at',
      'session-times-invalid',
      ({ sessions }) => (sessions[7]!.ends_at = '2024-06-03T08:00:00+08:00'),
    ],
    [
      'a time without an offset',
      '/sessions/7/starts_at',
      'isInstant',
      ({ sessions }) => (sessions[7]!.starts_at = '2024-06-03T09:00:00'),
    ],
    [
      'a session in no unit',
      '/sessions/7/unit_code',
      'unit-unknown',
      ({ sessions }) => (sessions[7]!.unit_code = '140106999999'),
    ],
  ])('refuses %s', async (_, pointer, code, change) => {
    const found = await mistakes(change);
    expect(found).toContainEqual({ pointer, code });
    expect(new Set(found.map(({ pointer: place }) => place.split('/')[2])).size).toBe(1);
  });

  it('tells all mistakes of the first wrong row and none of the next', async () => {
    const found = await mistakes(({ providers }) => {
      Object.assign(providers[2]!, { code: 'kleine', name: '', approved_from: '2013-13-01' });
      providers[4]!.code = '';
    });
    expect(found).toEqual([
      { pointer: '/providers/2/code', code: 'isCatalogueCode' },
      { pointer: '/providers/2/name', code: 'isPlainText' },
      { pointer: '/providers/2/name', code: 'textLength' },
      { pointer: '/providers/2/approved_from', code: 'isDay' },
    ]);
  });

  it('has written nothing of a refused load', async () => {
    await mistakes(({ sessions }) => (sessions.at(-1)!.course_code = 'NO-SUCH'));
    expect(await bank.app.get(Reader).sql.rows('select count(*) as n from administrative_unit')).toEqual([{ n: 0 }]);
  });

  it('brings the sample files in, and a second time changes nothing', async () => {
    const rows = fixtureCatalogue();
    expect(await loadRows(bank, rows)).toEqual({
      units: { added: 137, known: 0 },
      providers: { added: 50, known: 0 },
      courses: { added: 41, known: 0 },
      sessions: { added: 117, known: 0 },
    });
    expect(await loadRows(bank, rows)).toEqual({
      units: { added: 0, known: 137 },
      providers: { added: 0, known: 50 },
      courses: { added: 0, known: 41 },
      sessions: { added: 0, known: 117 },
    });
    const facts = await bank.app.get(SessionCatalogue).byCodes(['TTKT-YZ02-0603']);
    expect(facts.get('TTKT-YZ02-0603')).toMatchObject({
      courseTitle: '赏戏有道',
      plannedSeconds: 5_400,
      plannedSessions: 40,
      providerName: '示例迎泽区社区学院',
      capacity: 40,
      unitCode: '140106001902',
      startsAt: Date.parse('2024-06-03T09:00:00+08:00'),
    });
    const ended = await bank.app.get(SessionCatalogue).courseByCode('TSKC-GZ');
    expect(ended).toMatchObject({ providerApproval: { from: '2015-01-01', to: '2023-12-31' } });
  });

  it('asks the policy in force about every type, in files and in single courses', async () => {
    await bank.app.get(Policies).publishFile('fixtures/policy/taiyuan-default.yaml');
    const loader = bank.app.get(CatalogueLoader);
    const load = (changes: object) => {
      const row = { ...fixtureCatalogue().courses[0]!, code: 'TYPED-1', ...changes };
      const write = bank.app.get(Writer);
      return refusalOf(write.write((transaction) => loader.loadCatalogue(transaction, { courses: [row] }, 0)));
    };
    expect((await load({ credit_type: 'gold' })).details['errors']).toMatchObject([
      { pointer: '/courses/0/credit_type', code: 'credit-type-unknown' },
    ]);
    expect((await load({ activity_type: 'NAP' })).details['errors']).toMatchObject([
      { pointer: '/courses/0/activity_type', code: 'activity-type-unknown' },
    ]);

    const caller: Caller = { keyId: randomUUID(), role: 'registrar', providerId: null, learnerId: null };
    const once = { scope: caller.keyId, key: randomUUID(), bodyHash: 'test' };
    const create = bank.app.get(CreateCourse);
    const known = await bank.app.get(SessionCatalogue).courseByCode('TTKT-YZ-1');
    const request = { title: '小睡', plannedMinutes: 30, plannedSessions: 1, approvedFrom: '2024-01-01' };
    const types = { creditType: 'leisure', activityType: 'NAP' };
    const refusal = await refusalOf(
      create.run(caller, once, { ...request, ...types, code: 'TYPED-2', providerId: known!.providerId }),
    );
    expect(refusal).toMatchObject({ code: 'activity-type-unknown', details: { activityType: 'NAP' } });
  });

  it('lets a later file name what an earlier one brought', async () => {
    const row = { ...fixtureCatalogue().sessions[0]!, code: 'LATER-1', capacity: '' };
    const { sessions } = await loadRows(bank, { sessions: [row] });
    expect(sessions).toEqual({ added: 1, known: 0 });
    const facts = await bank.app.get(SessionCatalogue).byCodes(['LATER-1']);
    expect(facts.get('LATER-1')).toMatchObject({ courseCode: row.course_code, capacity: 40 });
  });
});
