import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { VerifyAttendance } from '../../src/attendance/attendance.port.js';
import { Policies } from '../../src/policy/policy.port.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.service.js';
import { bodyOf } from '../support/catalogue.js';
import { DIALECTS } from '../support/databases.js';
import { Cases } from '../support/recognition.js';
import { seedOn } from '../support/seed-on.js';
import type { Seed, SeededLearner } from '../support/seed.js';

const dayAt = (day: number, hour = '08') =>
  new Date(Date.parse(`2024-03-01T${hour}:00:00+08:00`) + day * 86_400_000).toISOString();

async function available(seed: Seed, { learnerId }: SeededLearner): Promise<unknown> {
  const body = bodyOf(await seed.bank.get(`/api/v1/learners/${learnerId}/balance`, seed.registrar).expect(200));
  return (body['credits'] as { available: string }[])[0]?.available;
}

async function differences(seed: Seed): Promise<unknown[]> {
  const found: unknown[] = [];
  await seed.bank.app.get(VerifyAttendance).run((difference) => found.push(difference));
  return found;
}

const undo = (seed: Seed, entryId: string) =>
  seed.bank.post(`/api/v1/entries/${entryId}/reversal`, seed.registrar, { reason: '登记错误' });

describe.each(DIALECTS)('a pack like that of Korea on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect, { POLICY_FILE: 'fixtures/policy/acbs-like.yaml' }));
  });
  afterAll(() => stop());

  /** A course of sixty class hours, four whole credits, of which four of five sessions are attended from this day on. */
  const attended = async (learner: SeededLearner, title: string, day: number) => {
    const courseId = await seed.course({
      ...{ title, activityType: 'ACCREDITED_COURSE', creditType: 'major', plannedSessions: 5, plannedMinutes: 600 },
    });
    for (let session = 0; session < 4; session += 1)
      await seed.attend(await seed.session(courseId, { startsAt: dayAt(day + session), minutes: 600 }), learner, 600);
    return courseId;
  };
  const complete = async (courseId: string, { cardNumber }: SeededLearner) => {
    const body = { rows: [{ cardNumber, grade: 60 }] };
    const answer = await seed.bank.post(`/api/v1/courses/${courseId}/completions`, seed.provider, body).expect(201);
    return (answer.body as { rows: { entryId?: string; credit?: string; problem?: Record<string, unknown> }[] })
      .rows[0]!;
  };

  it('passes 24 credits a semester and no more, whoever comes first, after undoing and bringing back', async () => {
    const learner = await seed.learner();
    const courses: string[] = [];
    for (let index = 0; index < 7; index += 1)
      courses.push(await attended(learner, `전공 과목 ${index + 2}`, index * 4));
    const results = await Promise.all(courses.map((course) => complete(course, learner)));
    const passed = results.flatMap(({ entryId }) => entryId ?? []);
    expect(passed).toHaveLength(6);
    expect(results.flatMap(({ problem }) => problem ?? [])).toMatchObject([
      {
        code: 'cap-reached',
        detail: '“每学期学分上限”（semester-24，每学期）：已计 24.00，上限 24.00，尚余 0.00（学分）。',
      },
    ]);
    expect(await available(seed, learner)).toBe('24.00');

    const { entryId: reversal } = bodyOf(await undo(seed, passed[0]!).expect(201)) as { entryId: string };
    expect(await available(seed, learner)).toBe('20.00');
    const late = courses[results.findIndex(({ problem }) => problem)]!;
    expect(await complete(late, learner)).toMatchObject({ status: 'posted', credit: '4.00' });
    expect((await undo(seed, reversal)).body).toMatchObject({ code: 'cap-reached', cap: 'semester-24', left: '0.00' });
    expect(await available(seed, learner)).toBe('24.00');
    expect(await differences(seed)).toEqual([]);
  });

  it('has three people decide a course of a university, five with an expert a worth of its own, one a certificate', async () => {
    const learner = await seed.learner();
    const cases = await Cases.on(seed);
    const expertSince = '2015-03-01';
    const { key: expert } = await seed.bank.app
      .get(ApiKeys)
      .issue({ role: 'registrar', label: '行业专家', expertSince });
    const members = await Promise.all(Array.from({ length: 4 }, () => seed.bank.key('registrar')));
    const decided = async (content: object, worth: object, voters: string[], step: string) => {
      const id = await cases.submitted(learner, content);
      const [first] = cases.reviewers;
      await cases.step(id, 'preliminary-review', first, { outcome: 'approved', ...worth }).expect(200);
      for (const key of voters) await cases.step(id, step, key, { outcome: 'approved' }).expect(200);
      const { state, standard, panel } = await cases.show(id);
      return { state, credit: standard?.credit, panel: (panel as { code: string } | null)?.code };
    };
    const course = { outcomeClass: 'course', title: '경영학 개론', rawCredit: '3.00' };
    const other = { ...course, title: '회계학 개론' };
    const item = {
      outcomeClass: 'certificate',
      title: '정보처리기사',
      item: 'info-processing',
      obtainedOn: '2023-05-20',
    };
    const general = { creditType: 'general' };
    expect(await decided(course, general, members.slice(1), 'panel-vote')).toEqual({
      state: 'recognised',
      credit: '3.00',
      panel: 'collective',
    });
    expect(await decided(other, { ...general, standardCredit: '2.00' }, [...members, expert], 'panel-vote')).toEqual({
      state: 'recognised',
      credit: '2.00',
      panel: 'new-standard',
    });
    expect(await decided(item, {}, members.slice(0, 1), 'final-review')).toEqual({
      state: 'recognised',
      credit: '20.00',
      panel: undefined,
    });
  });

  it('refuses a course whose title is one already passed, and names that one', async () => {
    const learner = await seed.learner();
    const first = await attended(learner, 'S/W 활용', 0);
    const second = await attended(learner, 'SW활용', 4);
    const { entryId } = await complete(first, learner);
    expect((await complete(second, learner)).problem).toMatchObject({
      code: 'course-duplicates-passed',
      detail: expect.stringContaining(`《S/W 활용》`) as string,
    });
    const { entryId: reversal } = bodyOf(await undo(seed, entryId!).expect(201)) as { entryId: string };
    await complete(second, learner);
    expect((await undo(seed, reversal)).body).toMatchObject({ code: 'course-duplicates-passed' });
  });

  it('refuses an outcome of elsewhere whose title is a course passed here, and a course whose title was recognised', async () => {
    const learner = await seed.learner();
    const cases = await Cases.on(seed);
    const passed = await attended(learner, '사무자동화 실무', 0);
    const later = await attended(learner, '회계학 개론', 4);
    const { entryId } = await complete(passed, learner);
    const paper = { outcomeClass: 'course', rawCredit: '3.00' };
    const same = await cases.draft(learner, { ...paper, title: 'OA 실무 1' });
    const refused = (await cases.step(same, 'submission', learner.key).expect(409)).body as object;
    expect(refused).toMatchObject({
      ...{ code: 'outcome-duplicates-held', outcomeTitle: '사무자동화 실무', entryId },
      errors: [{ pointer: '/title', code: 'outcome-duplicates-held' }],
    });
    const id = await cases.submitted(learner, { ...paper, title: '회계학개론' });
    const worth = { outcome: 'approved', creditType: 'general' };
    await cases.step(id, 'preliminary-review', cases.reviewers[0], worth).expect(200);
    const members = [cases.reviewers[1], cases.reviewers[2], await seed.bank.key('registrar')];
    for (const key of members) await cases.step(id, 'panel-vote', key, { outcome: 'approved' }).expect(200);
    const { standard } = await cases.show(id);
    const told = (await complete(later, learner)).problem;
    expect(told).toMatchObject({ code: 'outcome-duplicates-held' });
    expect((told as { detail: string }).detail).toContain(`《회계학개론》的学分（分录 ${standard!.entryId}）`);
    const { entryId: reversal } = bodyOf(await undo(seed, standard!.entryId).expect(201)) as { entryId: string };
    expect(await complete(later, learner)).toMatchObject({ status: 'posted' });
    expect((await undo(seed, reversal).expect(409)).body).toMatchObject({ code: 'outcome-duplicates-held' });
    expect(await differences(seed)).toEqual([]);
  });
});

describe.each(DIALECTS)('caps under concurrent posts on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect));
    const rules = parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as object;
    const name = { zh: '每学期上限', en: 'Credit of a semester' };
    const only = { outcomeClasses: ['activity'] };
    const caps = [
      { code: 'semester', name, limit: { credit: '1.00' }, per: 'semester', only, whenOver: 'cut' },
      {
        code: 'provider-visits',
        name,
        limit: { count: 15 },
        per: 'year',
        each: ['provider'],
        only,
        whenOver: 'refuse',
      },
    ];
    await seed.bank.app.get(Policies).publish({ ...rules, version: 'caps', effectiveFrom: '2014-01-01', caps });
  });
  afterAll(() => stop());

  const post = async (learner: SeededLearner, day: number) => {
    const sessionId = await seed.session(await seed.course(), { startsAt: dayAt(day), minutes: 100 });
    return () =>
      seed.bank.post(`/api/v1/sessions/${sessionId}/attendance`, seed.provider, {
        cardNumber: learner.cardNumber,
        minutes: 100,
      });
  };

  it('holds a limit of credit among twenty posts at once, to the second', async () => {
    const learner = await seed.learner();
    const posts = [];
    for (let day = 0; day < 20; day += 1) posts.push(await post(learner, day));
    const answers = await Promise.all(posts.map((send) => send()));
    const bodies = answers.map(({ body }) => body as { code?: string; acceptedSeconds?: number; entryId: string });
    // 48,600 s are 1.00: eight visits of 6,000 s, 600 s of a ninth.
    expect(bodies.reduce((sum, { acceptedSeconds = 0 }) => sum + acceptedSeconds, 0)).toBe(48_600);
    expect(bodies.filter(({ code }) => code === 'cap-reached')).toHaveLength(11);
    expect(bodies.find(({ acceptedSeconds }) => acceptedSeconds === 600)).toMatchObject({
      cuts: [{ cap: 'semester', limitCredit: '1.00', usedCredit: '0.99', cutSeconds: 5_400 }],
    });
    expect(await available(seed, learner)).toBe('1.00');

    const whole = bodies.find(({ acceptedSeconds }) => acceptedSeconds === 6_000)!;
    const { entryId: reversal } = bodyOf(await undo(seed, whole.entryId).expect(201)) as { entryId: string };
    const refused = posts[bodies.findIndex(({ code }) => code === 'cap-reached')]!;
    const rivals = await Promise.all([undo(seed, reversal), refused()]);
    expect(rivals.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await available(seed, learner)).toBe('1.00');
    expect(await differences(seed)).toEqual([]);
  });
});

describe('a pack like that of Cixi', () => {
  let seed: Seed;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ seed, stop } = await seedOn('sqlite', { POLICY_FILE: 'fixtures/policy/cixi-like.yaml' }));
  });
  afterAll(() => stop());

  it("gives one credit an hour, and half the time for one's own word", async () => {
    const learner = await seed.learner();
    const reading = await seed.course({ activityType: 'READING', creditType: 'point' });
    const sessionId = await seed.session(reading, { minutes: 300 });
    const answer = await seed.bank.post(`/api/v1/sessions/${sessionId}/attendance`, seed.provider, {
      ...{ cardNumber: learner.cardNumber, minutes: 150, evidence: 'self' },
    });
    expect(answer.body).toMatchObject({
      acceptedSeconds: 4_500,
      cuts: [{ cap: 'evidence', worthPercent: 50, cutSeconds: 4_500 }],
      credit: '1.00',
      // Sessions count one by one: what is over a full hour is on record and waits for nothing.
      waitingSeconds: 0,
      policyVersion: 'cixi-like@1',
    });
    const { entryId } = bodyOf(answer) as { entryId: string };
    const { entryId: reversal } = bodyOf(await undo(seed, entryId).expect(201)) as { entryId: string };
    await undo(seed, reversal).expect(201);
    expect(await available(seed, learner)).toBe('1.00');
  });
});
