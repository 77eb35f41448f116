import type { PackFile } from '../../src/policy/domain/pack-file.js';
import { SettlePoints } from '../../src/rewards/rewards.port.js';
import { Cases } from '../support/recognition.js';
import { Seed } from '../support/seed.js';
import { tried } from '../support/what-if.js';
import { CALLER } from '../support/test-book.js';

describe('a draft tried on points and awards', () => {
  let seed: Seed;
  beforeAll(async () => {
    seed = await Seed.start();
    const course = await seed.course();
    const [often, seldom] = [await seed.learner(), await seed.learner()];
    // Five visits are 0.55, of which the certificate takes 0.50; a visit of 90 minutes is one point.
    await seed.attendDays(course, often, 5);
    const undone = await seed.attend(await seed.session(course, { startsAt: '2024-06-04T15:00:00+08:00' }), seldom);
    await seed.attendDays(course, seldom, 6);
    await seed.bank.app.get(SettlePoints).run(CALLER);
    await seed.reverse(undone);
    // A point of the day goes back.
    await seed.bank.app.get(SettlePoints).run(CALLER);
    await seed.certificate(often, 'community-learner');
    await seed.certificate(seldom, 'community-learner');
    const revoked = await seed.learner();
    await seed.attendDays(course, revoked, 5);
    await seed.revoke(await seed.certificate(revoked, 'community-learner'), '登记有误');
  });
  afterAll(() => seed.stop());

  const award = ({ programmes }: PackFile) => programmes.find(({ code }) => code === 'community-learner')!;

  it('that says the same gives the same points and meets the same awards, and leaves nothing out', async () => {
    expect(await tried(seed, () => {})).toMatchObject({
      points: { learners: 3, gain: 0, lose: 0, before: 16, after: 16, difference: 0 },
      awards: { looked: 2, stillMet: 2, noLongerMet: 0, programmeGone: 0 },
      notLookedAt: { entries: 0 },
    });
  });

  it('gives the points of its tariff for the visits that it accepts', async () => {
    const report = await tried(seed, ({ rewards, activityTypes }) => {
      Object.assign(rewards!.pointTariffs![0]!, { minutes: 45, points: 3, mostPerDay: 4 });
      activityTypes[0]!.visitCap = { minutes: 60, whenOver: 'cut' };
    });
    // A visit is cut to 60 minutes: one time 45, and no second.
    expect(report.points).toMatchObject({ learners: 3, gain: 3, before: 16, after: 48, difference: 32 });
    const none = await tried(seed, ({ rewards }) => (rewards!.pointTariffs = []));
    expect(none.points).toMatchObject({ lose: 3, before: 16, after: 0 });
    expect(none.byCreditType.every(({ difference }) => difference === '0.00')).toBe(true);
  });

  it('looks at points day by day', async () => {
    const report = await tried(seed, ({ rewards }) => (rewards!.pointTariffs = []), {
      from: '2024-06-04',
      to: '2024-06-05',
    });
    // On 4 June one of them was there, on 5 June everybody.
    expect(report.points).toMatchObject({ learners: 3, before: 4, after: 0 });
  });

  it('measures certificates by its own programme on the credit of their day', async () => {
    const more = await tried(seed, (file) => Object.assign(award(file), { total: '0.60' }));
    expect(more.awards).toMatchObject({ looked: 2, stillMet: 1, noLongerMet: 1, programmeGone: 0 });
    const gone = await tried(seed, (file) => {
      file.programmes = file.programmes.filter(({ code }) => code !== 'community-learner');
    });
    expect(gone.awards).toMatchObject({ looked: 2, stillMet: 0, noLongerMet: 0, programmeGone: 2 });
    const before = await tried(seed, (file) => (award(file).total = '0.60'), { from: '2024-06-01', to: '2024-06-09' });
    expect(before.awards).toMatchObject({ looked: 0 });
  });
});

describe('a draft tried on study and recognitions together', () => {
  it('lets caps on what is recognised see the study that it accepts', async () => {
    const seed = await Seed.start();
    try {
      const cases = await Cases.on(seed);
      const learner = await seed.learner();
      // Ten class hours at 16 a credit are 0.62; of a training 2.00 were recognised.
      const vocational = { creditType: 'vocational', activityType: 'SKILL_TRAINING' };
      await seed.attendDays(await seed.course(vocational), learner, 5);
      await cases.recognised(learner);
      const report = await tried(seed, (file) => {
        const [cap] = file.caps!;
        Object.assign(cap!, { limit: { credit: '2.00' }, only: {} });
        for (const tariff of file.tariffs) Object.assign(tariff, { classHoursPerCredit: 40 });
      });
      // At 40 class hours a credit it is 0.25, which leaves 1.75; the 0.62 of the book would leave 1.38.
      expect(report.byCreditType).toMatchObject([{ group: 'vocational', before: '2.62', after: '2.00' }]);
    } finally {
      await seed.stop();
    }
  });
});
