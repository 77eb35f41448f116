import { bodyOf } from '../support/catalogue.js';
import { changedPack } from '../support/changed-pack.js';
import { Seed, type SeededLearner } from '../support/seed.js';

/** One credit for every two hours of a session. */
describe('study time under a tariff that counts sessions one by one', () => {
  let seed: Seed;
  beforeAll(async () => {
    const pack = changedPack((file) => {
      file.classHourMinutes = 60;
      for (const [code, rounding] of [
        ['FLOOR', 'session-floor'],
        ['HALF', 'session-half-up'],
      ] as const) {
        file.tariffs.push({ code, kind: 'per-time', rounding, classHoursPerCredit: 2, step: '1.00' });
        file.activityTypes.push({ code, name: { zh: code, en: code }, evidence: ['list', 'card'], tariff: code });
      }
    });
    seed = await Seed.start({ POLICY_FILE: pack });
  });
  afterAll(() => seed.stop());

  /** Visits of these minutes, each on a day of its own; answers what was said of the last one. */
  const study = async (activityType: string, minutes: number[], learner: SeededLearner) => {
    const courseId = await seed.course({ activityType, plannedMinutes: 240 });
    let said: Record<string, unknown> = {};
    for (const [index, each] of minutes.entries()) {
      const startsAt = `2024-05-0${index + 1}T09:00:00+08:00`;
      const sessionId = await seed.session(courseId, { startsAt, minutes: 240 });
      const visit = { cardNumber: learner.cardNumber, minutes: each };
      said = bodyOf(await seed.bank.post(`/api/v1/sessions/${sessionId}/attendance`, seed.provider, visit).expect(201));
    }
    return said;
  };
  const text = async (path: string, key: string) => {
    const { text: html } = await seed.bank.get(path, key).expect(200);
    return html.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ');
  };

  it.each([
    ['FLOOR', 784, '4.00', 18_240],
    ['HALF', 784, '7.00', 300],
  ])('waits for nothing: %s', async (activityType, minutes, available, keptSeconds) => {
    const learner = await seed.learner();
    const said = await study(activityType, [119, 120, 239, 240, 5, 61], learner);
    expect(said).toMatchObject({ acceptedSeconds: 3_660, waitingSeconds: 0 });
    const account = `/api/v1/learners/${learner.learnerId}`;
    const time = { attendedSeconds: minutes * 60, waitingSeconds: 0, keptSeconds, pendingSeconds: 0 };
    expect(bodyOf(await seed.bank.get(`${account}/balance`, learner.key).expect(200))).toMatchObject({
      credits: [{ available }],
      studyTime: [{ creditType: 'leisure', ...time }],
    });
    const serial = await seed.transcript(learner);
    const transcript = bodyOf(await seed.bank.get(`/api/v1/transcripts/${serial}`, learner.key).expect(200));
    expect(JSON.stringify(transcript)).toContain(`"keptSeconds":${keptSeconds}`);
  });

  it('is told apart from what waits, in the account and in the story of an entry', async () => {
    const learner = await seed.learner();
    await study('FLOOR', [239, 61], learner);
    await seed.attend(await seed.session(await seed.course({ activityType: 'DAILY_CLASS' })), learner, 10);
    const account = `/learners/${learner.learnerId}`;
    const statement = await text(account, learner.key);
    expect(statement).toContain('出勤 = 已折算为学分 + 待折算 + 只作记录 + 待结业');
    expect(statement).toContain('3 小时 没有折成学分，只作学时记录，不再折算。');
    expect(await text(`${account}/study-time/leisure`, learner.key)).toContain('3 小时只作记录');
    const half = await text(`/entries/${learner.learnerId}.1`, learner.key);
    expect(half).toContain('其中 7200 秒折算为 1.00 学分');
    expect(half).toContain('其余 7140 秒只作学时记录，不留待下次');
    expect(half).not.toContain('先前余下');
    const none = await text(`/entries/${learner.learnerId}.2`, learner.key);
    expect(none).toContain('本次 3660 秒没有折成学分，只作学时记录');
  });
});
