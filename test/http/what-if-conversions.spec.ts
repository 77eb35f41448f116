import { Policies } from '../../src/policy/policy.port.js';
import type { PackFile } from '../../src/policy/domain/pack-file.js';
import { approvalRules } from '../support/approval-rules.js';
import { Seed, type SeededLearner } from '../support/seed.js';
import { tried } from '../support/what-if.js';

describe('a draft tried on conversions', () => {
  let seed: Seed;
  const who: Record<string, SeededLearner> = {};
  beforeAll(async () => {
    seed = await Seed.start();
    const course = await seed.course();
    for (const name of ['one', 'twice', 'undone', 'studied']) {
      who[name] = await seed.learner();
      // Nine visits of two class hours, at 18 class hours a credit: 1.00.
      await seed.attendDays(course, who[name], 9);
    }
    await seed.convert(who['one']!, 'leisure', 'vocational', '0.80');
    await seed.convert(who['twice']!, 'leisure', 'vocational', '0.40');
    await seed.convert(who['twice']!, 'leisure', 'vocational', '0.50');
    const mixed = (who['mixed'] = await seed.learner());
    await seed.attendDays(course, mixed, 2);
    const training = await seed.course({ activityType: 'SKILL_TRAINING' });
    await seed.attend(await seed.session(training, { startsAt: '2024-06-09T15:00:00+08:00' }), mixed);
    await seed.convert(mixed, 'leisure', 'vocational', '0.10');
    await seed.reverse(await seed.convert(who['undone']!, 'leisure', 'vocational', '0.80'));
  });
  afterAll(() => seed.stop());

  const rule = ({ conversionRules }: PackFile) => conversionRules[0]!;

  it('that says the same changes nothing, and what it says is what the book has', async () => {
    const report = await tried(seed, () => {});
    expect(report).toMatchObject({
      ...{ learners: 5, gain: 0, lose: 0, newlyRefused: [] },
      conversions: { looked: 4, unchanged: 4, changed: 0, refused: 0 },
      notLookedAt: { entries: 0 },
    });
    // 4.00 + 0.33 less 0.80 + 0.40 + 0.50 + 0.10, of which 0.90 came.
    expect(report.byCreditType).toMatchObject([
      { group: 'leisure', before: '2.53', after: '2.53' },
      { group: 'vocational', before: '0.90', after: '0.90' },
    ]);
  });

  it('gives less of the target type for another ratio', async () => {
    const report = await tried(seed, (file) => (rule(file).ratio = { from: 5, to: 2 }));
    expect(report).toMatchObject({
      ...{ gain: 0, lose: 3, unchanged: 2, newlyRefused: [] },
      conversions: { looked: 4, unchanged: 0, changed: 4, refused: 0 },
    });
    // 0.32, 0.16, 0.20 and 0.04 instead of 0.40, 0.20, 0.25 and 0.05.
    expect(report.byCreditType).toMatchObject([
      { group: 'leisure', difference: '0.00' },
      { group: 'vocational', lose: 3, before: '0.90', after: '0.72', difference: '-0.18' },
    ]);
    expect(report.byUnit.every(({ difference }) => difference === '-0.18')).toBe(true);
    expect(report.byAge.map(({ difference }) => difference)).toContain('-0.18');
  });

  it('without the rule gives back what was converted, and says why', async () => {
    const report = await tried(seed, (file) => (file.conversionRules = []));
    expect(report.newlyRefused).toEqual([{ code: 'conversion-not-allowed', count: 4 }]);
    expect(report.conversions).toMatchObject({ looked: 4, unchanged: 0, changed: 0, refused: 4 });
    expect(report.byCreditType).toMatchObject([
      { group: 'leisure', before: '2.53', after: '4.33' },
      { group: 'vocational', before: '0.90', after: '0.00' },
    ]);
  });

  it('meets later conversions with the earlier ones as it decides them', async () => {
    // A fifth of 0.95 is 0.19: 0.40, 0.20 and 0.25 are too much.
    const fifth = await tried(seed, (file) => (rule(file).cap = { ...rule(file).cap!, denominator: 5, numerator: 1 }));
    expect(fifth.newlyRefused).toEqual([{ code: 'conversion-cap-exceeded', count: 3 }]);
    // Of 0.28 the first takes 0.20, which leaves too little for the second.
    const some = await tried(seed, (file) => (rule(file).cap = { ...rule(file).cap!, denominator: 10, numerator: 3 }));
    expect(some.newlyRefused).toEqual([{ code: 'conversion-cap-exceeded', count: 2 }]);
    expect(some.conversions).toMatchObject({ looked: 4, unchanged: 2, refused: 2 });
  });

  it('draws other lots than the rule of then where it asks for other learning', async () => {
    const report = await tried(seed, (file) => {
      rule(file).from = [{ creditTypes: ['leisure'], activityTypes: ['SKILL_TRAINING'] }];
    });
    // Only one of them has such learning, behind what was drawn then.
    expect(report.conversions).toMatchObject({ looked: 4, unchanged: 1, refused: 3 });
    expect(report.newlyRefused).toEqual([{ code: 'insufficient-credit', count: 3 }]);
  });

  it('is tried on no conversion of another day', async () => {
    const before = { from: '2024-01-01', to: '2024-06-09' };
    const report = await tried(seed, (file) => (file.conversionRules = []), before);
    expect(report).toMatchObject({ newlyRefused: [], conversions: { looked: 0, refused: 0 } });
  });
});

describe('a draft tried on holds', () => {
  let seed: Seed;
  beforeAll(async () => {
    seed = await Seed.start();
    await seed.bank.app.get(Policies).publish(approvalRules(30));
    const course = await seed.course();
    const second = await seed.bank.key('registrar');
    for (const verb of ['approval', 'refusal', null]) {
      const learner = await seed.learner();
      await seed.attendDays(course, learner, 2);
      const id = await seed.convert(learner, 'leisure', 'vocational', '0.12');
      if (verb) await seed.bank.post(`/api/v1/conversions/${id}/${verb}`, second, { reason: '已核' }).expect(200);
    }
  });
  afterAll(() => seed.stop());

  it('decides those that wait or were approved, and leaves alone what somebody refused', async () => {
    const report = await tried(seed, ({ conversionRules }) => (conversionRules[0]!.ratio = { from: 3, to: 1 }));
    expect(report).toMatchObject({
      conversions: { looked: 2, unchanged: 0, changed: 2, refused: 0 },
      notLookedAt: { entries: 0, byKind: [] },
    });
    expect(report.byCreditType).toMatchObject([
      { group: 'leisure', difference: '0.00' },
      { group: 'vocational', before: '0.12', after: '0.08' },
    ]);
  });
});
