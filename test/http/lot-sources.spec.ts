import { randomUUID } from 'node:crypto';
import { LotSources } from '../../src/ledger/lot-sources.port.js';
import { Statements } from '../../src/ledger/statements.service.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { Seed } from '../support/seed.js';

describe('where a lot came from', () => {
  let seed: Seed;
  beforeAll(async () => {
    seed = await Seed.start();
  });
  afterAll(() => seed.stop());

  const sourcesOf = async (learnerId: string) => {
    const { app } = seed.bank;
    const lots = await app.get(Statements).lots(learnerId);
    return app.get(LotSources).of(app.get(Reader).sql, learnerId, lots);
  };

  it('is the session, attended and not assessed, also after the visit was undone and brought back', async () => {
    const courseId = await seed.course({ title: '太原街巷' });
    const learner = await seed.learner();
    await seed.attendDays(courseId, learner, 1);
    const visited = {
      origin: 'attendance',
      outcomeClass: 'activity',
      creditType: 'leisure',
      title: '太原街巷',
      isAssessed: false,
      grade: null,
      startsOn: '2024-06-09',
      endsOn: '2024-06-09',
    };
    expect([...(await sourcesOf(learner.learnerId)).values()]).toMatchObject([visited]);
    for (const version of [1, 2]) {
      const path = `/api/v1/entries/${learner.learnerId}.${version}/reversal`;
      await seed.bank.post(path, seed.registrar, { reason: '登记错误' }).expect(201);
    }
    for (const source of (await sourcesOf(learner.learnerId)).values()) expect(source).toMatchObject(visited);
  });

  it('is the course that was passed, with its grade', async () => {
    const courseId = await seed.course({
      activityType: 'VOCATIONAL_COURSE',
      creditType: 'vocational',
      plannedSessions: 5,
      title: '养老护理员',
    });
    const learner = await seed.learner();
    await seed.attendDays(courseId, learner, 5);
    const rows = [{ cardNumber: learner.cardNumber, grade: 81 }];
    await seed.bank.post(`/api/v1/courses/${courseId}/completions`, seed.provider, { rows }, randomUUID()).expect(201);
    expect([...(await sourcesOf(learner.learnerId)).values()]).toMatchObject([
      { origin: 'attendance', outcomeClass: 'course', title: '养老护理员', isAssessed: true, grade: 81 },
    ]);
  });

  it('is the session of the other account after a merge, and after a merge of that one', async () => {
    const courseId = await seed.course({ title: '晋祠文化漫谈' });
    const [first, second, third] = [await seed.learner(), await seed.learner(), await seed.learner()];
    await seed.attendDays(courseId, first, 2);
    for (const [kept, duplicate] of [
      [second, first],
      [third, second],
    ] as const) {
      const body = { duplicateLearnerId: duplicate.learnerId, reason: '同一人' };
      await seed.bank.post(`/api/v1/learners/${kept.learnerId}/merge`, seed.registrar, body).expect(201);
    }
    const titles = [...(await sourcesOf(third.learnerId)).values()].map(({ title, origin }) => [title, origin]);
    expect(titles.slice(0, 2)).toEqual([
      ['晋祠文化漫谈', 'attendance'],
      ['晋祠文化漫谈', 'attendance'],
    ]);
  });
});
