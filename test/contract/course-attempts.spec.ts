import { verify } from '../../src/cli/verify.js';
import { Policies } from '../../src/policy/policy.port.js';
import { shippedFile } from '../domain/policy/pack-parts.js';
import { bodyOf } from '../support/catalogue.js';
import { DIALECTS } from '../support/databases.js';
import type { Seed, SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';

const named = (en: string) => ({ zh: en, en });

/** The shipped rules; vocational credit may become credit of a study programme, or count there as it is. */
function studyRules(): object {
  const study = {
    ...{ code: 'study', title: named('Study'), category: 'vocational', total: '5.00' },
    buckets: [{ code: 'any', name: named('Any'), accepts: { creditTypes: ['degree', 'vocational'] } }],
  };
  const rule = {
    ...{ code: 'v-d', name: named('v-d'), from: [{ creditTypes: ['vocational'], origins: ['attendance'] }] },
    ...{ to: [{ creditType: 'degree', programme: 'study' }], ratio: { from: 1, to: 1 }, effectiveFrom: '2013-01-01' },
  };
  const { conversionRules = [], programmes = [], ...file } = shippedFile();
  const more = { conversionRules: [...conversionRules, rule], programmes: [...programmes, study] };
  return { ...file, ...more, version: '2024.9', effectiveFrom: '2024-01-01' };
}

/** Two courses of one title, of five and of seven sessions, both passed: 0.62 and 0.88 credits, with what waited of the first. */
describe.each(DIALECTS)('a course that was passed twice on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let courses: string[];
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect));
    await seed.bank.app.get(Policies).publish(studyRules());
    const care = { title: '养老护理', activityType: 'VOCATIONAL_COURSE', creditType: 'vocational' };
    courses = [await seed.course({ ...care, plannedSessions: 5 }), await seed.course({ ...care, plannedSessions: 7 })];
  });
  afterAll(async () => {
    const said: string[] = [];
    expect({ sound: await verify(seed.bank.app, (line) => said.push(line)), said }).toMatchObject({ sound: true });
    await stop();
  });

  const passedTwice = async (): Promise<SeededLearner> => {
    const learner = await seed.learner();
    for (const [index, courseId] of courses.entries()) {
      const days = [5, 7][index]!;
      for (let day = 1; day <= days; day += 1) {
        const startsAt = `2024-05-0${day}T${index === 0 ? '09' : '14'}:00:00+08:00`;
        await seed.attend(await seed.session(courseId, { startsAt }), learner);
      }
      await seed.complete(courseId, learner, [90, 70][index]!);
    }
    return learner;
  };
  const ask = ({ learnerId }: SeededLearner, more: object, path = '') =>
    seed.bank.post(`/api/v1/conversions${path}`, seed.registrar, { learnerId, rule: 'v-d', ...more });
  const progress = async ({ learnerId }: SeededLearner) =>
    bodyOf(await seed.bank.get(`/api/v1/learners/${learnerId}/programmes/study/progress`, seed.registrar).expect(200));
  const undo = (entry: unknown) =>
    seed.bank.post(`/api/v1/entries/${String(entry)}/reversal`, seed.registrar, { reason: '申请有误' });

  it('is converted once: the attempt that the programme counts, never both', async () => {
    const learner = await passedTwice();
    expect(await progress(learner)).toMatchObject({ total: { have: '0.62' } });
    const both = bodyOf(await ask(learner, { amount: '1.50' }).expect(409));
    expect(both).toMatchObject({
      ...{ code: 'course-counts-once', leftOut: '2', instead: '1' },
      detail: '批次 2 与已计入的另一项成果是同一门课程，只计一次。应计入批次 1（取成绩最好的一次）。',
    });
    const quoted = bodyOf(await ask(learner, { amount: '0.62' }, '/quote').expect(200));
    expect(quoted).toMatchObject({ allowed: true, draws: [{ lot: 1, amount: '0.62' }] });
    const made = bodyOf(await ask(learner, { amount: '0.40' }).expect(201));
    expect(made['checks']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          check: 'attempt',
          words: '一门课程只计一次（取成绩最好的一次）：批次 1；不用批次 2',
        }),
      ]),
    );
    const second = bodyOf(await ask(learner, { lots: [2], amount: '0.10' }).expect(409));
    expect(second).toMatchObject({ code: 'course-counts-once', usedBy: String(made['conversionId']).split('.')[1] });
    // What is left of the attempt that was converted goes on counting, and nothing of the other one.
    expect(await progress(learner)).toMatchObject({
      total: { have: '0.62' },
      notCounting: expect.arrayContaining([
        expect.objectContaining({ lot: 2, reason: 'other-attempt', amount: '0.88' }),
      ]) as unknown,
    });
  });

  it('may count by the other attempt when that is named, and then by no other', async () => {
    const learner = await passedTwice();
    const first = bodyOf(await ask(learner, { lots: [1], amount: '0.62' }).expect(201));
    const undone = bodyOf(await undo(first['conversionId']).expect(201));
    await ask(learner, { lots: [2], amount: '0.88' }).expect(201);
    expect(await progress(learner)).toMatchObject({ total: { have: '0.88' } });
    expect(bodyOf(await undo(undone['entryId']).expect(409))).toMatchObject({ code: 'course-counts-once' });
    const plan = bodyOf(
      await seed.bank
        .post('/api/v1/programmes/study/plan', seed.registrar, {
          ...{ learnerId: learner.learnerId, objective: 'study-time' },
        })
        .expect(200),
    );
    expect(plan).toMatchObject({ status: 'impossible' });
  });
});
