import { randomUUID } from 'node:crypto';
import { bodyOf } from '../support/catalogue.js';
import { Seed, type SeededLearner } from '../support/seed.js';

interface Advice {
  title: string;
  creditType: string;
  studySeconds: number;
  credit: string;
  mustBePassed: boolean;
  duplicates: { entryId: string; how: string }[];
  notes: { code: string; words: string; wordsEn: string }[];
  countsTowards: { programme: string }[];
  conversions: { rule: string; allowed: boolean; toAmount: string; checks: { check: string; passed: boolean }[] }[];
}

describe('advice before enrolling', () => {
  let seed: Seed;
  beforeAll(async () => {
    seed = await Seed.start();
  });
  afterAll(() => seed.stop());

  const ask = (learner: SeededLearner, question: object, key = learner.key) =>
    seed.bank.post('/api/v1/conversions/advice', key, { learnerId: learner.learnerId, ...question });
  const advice = async (learner: SeededLearner, question: object) =>
    (await ask(learner, question).expect(200)).body as Advice;

  it('says how much a course would bring, towards what, and what the rules would make of it', async () => {
    const courseId = await seed.course({ title: '太原街巷', plannedMinutes: 90, plannedSessions: 8 });
    const learner = await seed.learner();
    const said = await advice(learner, { courseId });
    // Eight times 90 minutes are 43,200 s, at 486 s a hundredth.
    expect(said).toMatchObject({
      title: '太原街巷',
      creditType: 'leisure',
      studySeconds: 43_200,
      credit: '0.88',
      mustBePassed: false,
      duplicates: [],
    });
    expect(said.countsTowards.map(({ programme }) => programme)).toEqual(['community-learner', 'community-care']);
    expect(said.conversions).toMatchObject([{ rule: 'leisure-to-vocational', allowed: true, toAmount: '0.44' }]);
  });

  it('names the limit that is in the way', async () => {
    const courseId = await seed.course({ title: '书法研修', plannedMinutes: 90, plannedSessions: 20 });
    const { conversions } = await advice(await seed.learner(), { courseId });
    expect(conversions).toMatchObject([{ rule: 'leisure-to-vocational', allowed: false }]);
    const failed = conversions[0]!.checks.filter(({ passed }) => !passed);
    expect(failed.map(({ check }) => check)).toContain('cap');
  });

  it('names the entry of a course with the same title that the learner has already', async () => {
    const [first, again] = [await seed.course({ title: '养生有道' }), await seed.course({ title: '《养生 有道》1' })];
    const learner = await seed.learner();
    await seed.attendDays(first, learner, 1);
    expect((await advice(learner, { courseId: first })).duplicates).toMatchObject([
      { entryId: `${learner.learnerId}.1`, how: 'same-item' },
    ]);
    expect((await advice(learner, { courseId: again })).duplicates).toMatchObject([
      { entryId: `${learner.learnerId}.1`, how: 'same-title' },
    ]);
  });

  it('says that a course with a gate counts only once it is passed', async () => {
    const courseId = await seed.course({
      activityType: 'VOCATIONAL_COURSE',
      creditType: 'vocational',
      plannedSessions: 5,
    });
    expect(await advice(await seed.learner(), { courseId })).toMatchObject({ mustBePassed: true, conversions: [] });
  });

  it('says in both languages why nothing comes of a course', async () => {
    const courseId = await seed.course({
      activityType: 'VOCATIONAL_COURSE',
      creditType: 'vocational',
      plannedSessions: 5,
    });
    const said = await advice(await seed.learner(), { courseId, programme: 'community-learner' });
    expect(said).toMatchObject({ countsTowards: [], conversions: [] });
    expect(said.notes.map(({ code }) => code)).toEqual(['counts-towards-nothing', 'no-rule']);
    expect(said.notes[0]).toMatchObject({
      words: '“社区学习结业证书”没有接受职业培训学分的类别',
      wordsEn: 'no bucket of "Community learning certificate" takes Vocational training credit',
    });
  });

  it('names no lot that is not there', async () => {
    const courseId = await seed.course({ title: '书法研修', plannedMinutes: 90, plannedSessions: 20 });
    const said = await advice(await seed.learner(), { courseId });
    expect(said.conversions).toMatchObject([{ rule: 'leisure-to-vocational', allowed: false }]);
    expect(JSON.stringify(said)).not.toMatch(/100000\d/);
  });

  it('is refused for an outcome and a course at once', async () => {
    const refused = await ask(await seed.learner(), { courseId: await seed.course(), outcome: 'OPEN-COURSE' });
    expect(refused.body).toMatchObject({ status: 400, errors: [{ pointer: '/outcome', code: 'isOnlySubject' }] });
  });

  it('writes nothing', async () => {
    const courseId = await seed.course();
    const learner = await seed.learner();
    await seed.attendDays(courseId, learner, 1);
    const entries = async () =>
      bodyOf(await seed.bank.get(`/api/v1/learners/${learner.learnerId}/entries`, learner.key).expect(200));
    const before = await entries();
    await advice(learner, { courseId });
    expect(await entries()).toEqual(before);
  });

  it('is not given of another learner, an unknown course or programme, or of nothing', async () => {
    const courseId = await seed.course();
    const [learner, other] = [await seed.learner(), await seed.learner()];
    expect((await ask(learner, { courseId }, other.key)).status).toBe(404);
    expect((await ask(learner, { courseId: randomUUID() })).body).toMatchObject({ code: 'course-unknown' });
    expect((await ask(learner, { courseId, programme: 'nowhere' })).body).toMatchObject({ code: 'programme-unknown' });
    expect((await ask(learner, {})).body).toMatchObject({ status: 400, code: 'validation-failed' });
  });
});
