import { randomUUID } from 'node:crypto';
import { bodyOf } from '../support/catalogue.js';
import type { Body } from '../support/learners.js';
import { DIALECTS } from '../support/databases.js';
import type { Seed, SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';

interface Step {
  do: string;
  words: string;
  wordsEn: string;
  course: string | null;
  lots: Body[];
}

describe.each(DIALECTS)('a plan over HTTP on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let daily: string;
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect));
    daily = await seed.course();
  });
  afterAll(() => stop());

  const ask = (
    { learnerId }: { learnerId: string },
    body: object = {},
    code = 'community-learner',
    key = seed.registrar,
  ) => seed.bank.post(`/api/v1/programmes/${code}/plan`, key, { learnerId, objective: 'study-time', ...body });
  const stepsOf = (body: Body) => body['steps'] as Step[];

  it('names the course with the least study time that is left, and promises what the evaluation will say', async () => {
    const learner = await seed.learner();
    await seed.attendDays(daily, learner, 1);
    await seed.course({ title: '书法入门', plannedSessions: 6, plannedMinutes: 90 });
    await seed.course({ title: '长课', plannedSessions: 30, plannedMinutes: 90 });
    const plan = bodyOf(await ask(learner, {}, 'community-learner', learner.key).expect(200));
    expect(plan).toMatchObject({
      status: 'plan',
      cheapest: true,
      studySeconds: 6 * 5_400,
      promised: { met: true, total: { need: '0.50', missing: '0.00' } },
      conflict: [],
      policyVersion: 'taiyuan-default@2024.1',
    });
    expect(stepsOf(plan).map((step) => [step.do, step.words])).toEqual([
      ['take', expect.stringContaining('修读《书法入门》剩余的 6 次课（9 小时）') as string],
    ]);
    expect(stepsOf(plan)[0]!.wordsEn).toContain('"书法入门" (9 h) for');
    const unchanged = bodyOf(await seed.bank.get(`/api/v1/learners/${learner.learnerId}/balance`, seed.registrar));
    expect((unchanged['credits'] as Body[])[0]).toMatchObject({ available: '0.11' });
  });

  it('converts what is there before it asks for study, and says which lots', async () => {
    const learner = await seed.learner();
    await seed.attendDays(daily, learner, 12);
    const gated = await seed.course({
      title: '护理实务',
      creditType: 'vocational',
      activityType: 'VOCATIONAL_COURSE',
      plannedSessions: 4,
      plannedMinutes: 90,
    });
    expect(gated).toEqual(expect.any(String));
    const plan = bodyOf(await ask(learner, {}, 'community-care').expect(200));
    expect(plan).toMatchObject({ status: 'plan', promised: { met: true } });
    const steps = stepsOf(plan);
    expect(steps.map((step) => step.do)).toEqual(['convert', 'take']);
    expect(steps[0]).toMatchObject({ rule: 'leisure-to-vocational' });
    expect(steps[0]!.lots.length).toBeGreaterThan(0);
    expect(steps[0]!.wordsEn).toContain('of lot 1 "养生有道"');
  });

  it('needs nothing when the programme is met', async () => {
    const learner = await seed.learner();
    await seed.attendDays(daily, learner, 5);
    expect(bodyOf(await ask(learner).expect(200))).toMatchObject({ status: 'met', steps: [], promised: { met: true } });
  });

  it('says which rules make it impossible, wishes of the learner among them', async () => {
    const learner = await seed.learner();
    const list = bodyOf(await seed.bank.get('/api/v1/courses?limit=200', seed.registrar));
    const excluded = (list['items'] as Body[]).map(({ code }) => code);
    const plan = bodyOf(await ask(learner, { excluded }).expect(200));
    expect(plan).toMatchObject({ status: 'impossible', steps: [], promised: null, smallest: true, most: '0.00' });
    const rules = (plan['conflict'] as Body[]).map(({ rule }) => rule as string);
    expect(rules).toContainEqual(expect.stringMatching(/^(total|bucket leisure)$/));
    expect(rules.filter((rule) => rule.startsWith('excluded ')).length).toBeGreaterThan(0);
  });

  it('finishes soonest by the timetable, and looks at cost when asked to', async () => {
    const learner = await seed.learner();
    const soon = await seed.course({ title: '早课', plannedSessions: 6 });
    const later = await seed.course({ title: '晚课', plannedSessions: 5 });
    for (let day = 0; day < 6; day += 1) {
      await seed.session(soon, { startsAt: `2024-06-${12 + day}T09:00:00+08:00` });
      await seed.session(later, { startsAt: `2024-07-${12 + day}T09:00:00+08:00` });
    }
    const first = bodyOf(await ask(learner, { objective: 'finish' }).expect(200));
    expect(first).toMatchObject({ status: 'plan', finishesOn: '2024-06-17' });
    const code = stepsOf(first)[0]!.course!;
    const costs = [{ course: code, cost: 3_000 }];
    expect(bodyOf(await ask(learner, { objective: 'cost', costs }).expect(200))).toMatchObject({
      status: 'plan',
      cost: 3_000,
      steps: [{ course: code }],
    });
  });

  it.each([
    ['left out', {}],
    ['an empty list', { costs: [] }],
  ])('of least cost with the costs %s is refused at that field', async (_, costs) => {
    const learner = await seed.learner();
    expect(bodyOf(await ask(learner, { objective: 'cost', ...costs }).expect(422))).toMatchObject({
      code: 'plan-costs-missing',
      errors: [{ pointer: '/costs', detail: expect.stringMatching(/费用.*least cost/) as string }],
    });
  });

  it('is refused for strangers, unknown programmes and courses, and broken questions', async () => {
    const [learner, other]: SeededLearner[] = [await seed.learner(), await seed.learner()];
    const code = async (request: ReturnType<typeof ask>, status: number) =>
      bodyOf(await request.expect(status))['code'];
    expect(await code(ask(learner!, {}, 'community-learner', other!.key), 404)).toBe('not-found');
    expect(await code(ask({ learnerId: randomUUID() }), 404)).toBe('not-found');
    expect(await code(ask(learner!, {}, 'doctor'), 404)).toBe('programme-unknown');
    expect(await code(ask(learner!, { excluded: ['NOWHERE'] }), 422)).toBe('course-unknown');
    expect(await code(ask(learner!, { objective: 'fun' }), 400)).toBe('validation-failed');
    expect(await code(ask(learner!, { costs: [{ course: 'KC', cost: 0.5 }] }), 400)).toBe('validation-failed');
  });
});
