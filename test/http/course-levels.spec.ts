import { bodyOf } from '../support/catalogue.js';
import { changedPack } from '../support/changed-pack.js';
import type { Body } from '../support/learners.js';
import { Seed, type SeededLearner } from '../support/seed.js';

const named = (en: string) => ({ zh: en, en });
const SCHEME = {
  ...{ code: 'frame', name: named('Frame') },
  levels: ['L4', 'L5', 'L6'].map((code) => ({ code, name: named(code) })),
};
/** 0.25 of any vocational credit, with the item DISS at L6. */
const FINAL = {
  ...{ code: 'final', title: named('Final'), category: 'vocational' as const, total: '0.25' },
  buckets: [{ creditType: 'vocational' }],
  items: [
    { code: 'DISS', title: named('Thesis'), creditType: 'vocational', credit: '0.25', level: 'L6', required: true },
  ],
};
/** 0.25 of vocational credit from L5 up. */
const HIGH = {
  ...{ code: 'high', title: named('High'), category: 'vocational' as const, total: '0.25' },
  buckets: [{ code: 'high', name: named('High'), accepts: { creditTypes: ['vocational'], minimumLevel: 'L5' } }],
};

describe('levels of courses', () => {
  let seed: Seed;
  beforeAll(async () => {
    const pack = changedPack((file) => {
      file.levelSchemes = [SCHEME];
      file.programmes = [FINAL, HIGH];
      file.conversionRules = [];
    });
    seed = await Seed.start({ POLICY_FILE: pack });
  });
  afterAll(() => seed.stop());

  const passable = { activityType: 'VOCATIONAL_COURSE', creditType: 'vocational', plannedSessions: 2 };
  const progress = async ({ learnerId }: SeededLearner, programme: string) =>
    bodyOf(await seed.bank.get(`/api/v1/learners/${learnerId}/programmes/${programme}/progress`, seed.registrar));
  const advice = async ({ learnerId, key }: SeededLearner, courseId: string) => {
    const answer = await seed.bank.post('/api/v1/conversions/advice', key, { learnerId, courseId }).expect(200);
    return (bodyOf(answer)['countsTowards'] as Body[]).map(({ programme, item }) => [programme, item]);
  };
  const plan = async ({ learnerId }: SeededLearner, programme: string) => {
    const body = { learnerId, objective: 'study-time' };
    const answer = await seed.bank.post(`/api/v1/programmes/${programme}/plan`, seed.registrar, body).expect(200);
    return { status: bodyOf(answer)['status'], promised: bodyOf(answer)['promised'] };
  };
  const pass = async (courseId: string, learner: SeededLearner) => {
    await seed.attendDays(courseId, learner, 2);
    await seed.complete(courseId, learner, 80);
  };

  it('are kept with every version, and refused where no scheme has them', async () => {
    const courseId = await seed.course({ level: 'L4' });
    const path = `/api/v1/courses/${courseId}`;
    const read = await seed.bank.get(path, seed.registrar).expect(200);
    expect(bodyOf(read)).toMatchObject({ versions: [{ version: 1, level: 'L4' }] });
    const next = {
      ...{ title: '养生有道', creditType: 'leisure', activityType: 'DAILY_CLASS', plannedMinutes: 90 },
      ...{ plannedSessions: 40, approvedFrom: '2013-01-01' },
    };
    const revise = (body: object) =>
      seed.bank.post(`${path}/versions`, seed.registrar, body).set('If-Match', read.headers['etag'] as string);
    const wrong = await revise({ ...next, level: 'L9' }).expect(422);
    expect(bodyOf(wrong)).toMatchObject({ code: 'level-unknown', level: 'L9' });
    expect(bodyOf(await revise(next).expect(201))).toMatchObject({ versions: [{ level: 'L4' }, { level: null }] });
    await expect(seed.course({ level: 'L9' })).rejects.toThrow('level-unknown');
    await expect(seed.course({ level: '6' })).rejects.toThrow('validation-failed');
  });

  it('let the course that is an item meet it without one: advice, plan and evaluation say so', async () => {
    const learner = await seed.learner();
    const courseId = await seed.course({ ...passable, code: 'DISS', title: '毕业设计' });
    expect(await advice(learner, courseId)).toEqual([['final', 'DISS']]);
    expect(await plan(learner, 'final')).toMatchObject({ status: 'plan', promised: { met: true } });
    await pass(courseId, learner);
    expect(await progress(learner, 'final')).toMatchObject({ met: true, items: [{ code: 'DISS', missing: '0.00' }] });
  });

  it.each([
    ['L6', true, true],
    ['L5', false, true],
    ['L4', false, false],
    [undefined, false, false],
  ])('of %s reach an item at L6: %s, and a bucket from L5: %s', async (level, meetsItem, isInBucket) => {
    const learner = await seed.learner();
    const courseId = await seed.course({ ...passable, title: 'Thesis', ...(level ? { level } : {}) });
    expect(await advice(learner, courseId)).toEqual([
      ['final', meetsItem ? 'DISS' : null],
      ...(isInBucket ? [['high', null]] : []),
    ]);
    await pass(courseId, learner);
    expect(await progress(learner, 'final')).toMatchObject({ met: meetsItem, total: { missing: '0.00' } });
    expect(await progress(learner, 'high')).toMatchObject({ met: isInBucket });
  });

  it('are those of the day it was passed, whatever a later version says', async () => {
    const learner = await seed.learner();
    const courseId = await seed.course({ ...passable, level: 'L4' });
    await pass(courseId, learner);
    const read = await seed.bank.get(`/api/v1/courses/${courseId}`, seed.registrar);
    const next = { title: '养生有道', ...passable, plannedMinutes: 90, approvedFrom: '2013-01-01', level: 'L6' };
    await seed.bank
      .post(`/api/v1/courses/${courseId}/versions`, seed.registrar, next)
      .set('If-Match', read.headers['etag'] as string)
      .expect(201);
    expect(await progress(learner, 'high')).toMatchObject({ met: false });
  });
});
