import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Writer } from '../../src/platform/database/writer.js';
import { Policies } from '../../src/policy/policy.port.js';
import { SettlePoints, VerifyRewards } from '../../src/rewards/rewards.port.js';
import { Statements } from '../../src/ledger/statements.service.js';
import type { Difference } from '../../src/ledger/domain/audit-book.js';
import { VerifyBook } from '../../src/ledger/verify-book.service.js';
import { DIALECTS } from '../support/databases.js';
import type { Seed, SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';
import { CALLER } from '../support/test-book.js';

describe.each(DIALECTS)('points on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let course: string;
  let points: SettlePoints;
  beforeEach(async () => {
    ({ seed, stop } = await seedOn(dialect));
    course = await seed.course();
    points = seed.bank.app.get(SettlePoints);
  });
  afterEach(() => stop());

  /** Visits of two hours on 3 June, as many as asked. */
  const visits = async (learner: SeededLearner, count: number, day = '2024-06-03'): Promise<string[]> => {
    const entries: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const startsAt = `${day}T${String(8 + 3 * index).padStart(2, '0')}:00:00+08:00`;
      entries.push(await seed.attend(await seed.session(course, { startsAt, minutes: 120 }), learner, 120));
    }
    return entries;
  };
  const statement = ({ learnerId }: SeededLearner) => seed.bank.app.get(Statements).statement(learnerId);
  const differences = async () => {
    const found: Difference[] = [];
    await seed.bank.app.get(VerifyBook).run(
      (difference) => found.push(difference),
      () => undefined,
    );
    await seed.bank.app.get(VerifyRewards).run((difference) => found.push(difference));
    return found;
  };

  it('are settled by day, once, and leave credit alone', async () => {
    const [one, other] = [await seed.learner(), await seed.learner()];
    await visits(one, 2);
    await visits(one, 1, '2024-06-04');
    await visits(other, 1);
    const before = await statement(one);
    expect(await points.run(CALLER)).toMatchObject({ throughDay: '2024-06-09', entries: 3, amount: 8 });
    const after = await statement(one);
    expect([after.points, (await statement(other)).points]).toEqual([6, 2]);
    expect([after.credits, after.studyTime]).toEqual([before.credits, before.studyTime]);
    expect(await points.run(CALLER)).toMatchObject({ entries: 0, amount: 0 });
    const [last] = await seed.bank.app.get(Statements).entries(one.learnerId, 1);
    expect(last).toMatchObject({
      kind: 'reward',
      subject: '2024-06-04',
      detail: { due: 2, booked: 0, byTariff: { 'study-points': 2 } },
      postings: [{ source: 'rewarded', destination: 'points', unit: 'point', lot: null, amount: 2 }],
    });
    expect(await differences()).toEqual([]);
  });

  it('book only the difference after a visit was undone or came late', async () => {
    const learner = await seed.learner();
    const [first] = await visits(learner, 2);
    await points.run(CALLER);
    const undone = await seed.reverse(first!);
    expect(await points.run(CALLER)).toMatchObject({ entries: 1, amount: -2 });
    expect((await statement(learner)).points).toBe(2);
    await seed.reverse(undone);
    await visits(learner, 1, '2024-05-02');
    expect(await points.run(CALLER)).toMatchObject({ entries: 2, amount: 4 });
    expect((await statement(learner)).points).toBe(6);
    expect(await differences()).toEqual([]);
  });

  it('stay under the most of a day, also when a visit under the cap goes', async () => {
    const learner = await seed.learner();
    const entries = await visits(learner, 4);
    expect(await points.run(CALLER)).toMatchObject({ amount: 8 });
    // The daily cap of study time and that of points are eight hours each: a fifth visit cannot be, three are six.
    await seed.reverse(entries[0]!);
    expect(await points.run(CALLER)).toMatchObject({ amount: -2 });
    expect((await statement(learner)).points).toBe(6);
  });

  it('wait for the day that was asked for, and are found by a later run', async () => {
    const learner = await seed.learner();
    await visits(learner, 1, '2024-06-03');
    await visits(learner, 1, '2024-06-05');
    expect(await points.run(CALLER, '2024-06-04')).toMatchObject({ entries: 1, amount: 2 });
    expect(await points.run(CALLER)).toMatchObject({ entries: 1, amount: 2 });
    await expect(points.run(CALLER, '2024-06-11')).rejects.toMatchObject({ code: 'as-of-in-future' });
  });

  it('are given once by two runs at once, while visits are undone', async () => {
    const learners = await Promise.all(Array.from({ length: 6 }, () => seed.learner()));
    const entries = [];
    for (const learner of learners) entries.push((await visits(learner, 2))[0]!);
    await Promise.all([
      points.run(CALLER),
      points.run(CALLER, '2024-06-08'),
      points.run(CALLER),
      ...entries.map((entry) => seed.reverse(entry)),
    ]);
    await points.run(CALLER);
    for (const learner of learners) expect((await statement(learner)).points).toBe(2);
    expect(await differences()).toEqual([]);
  });

  it('of a settled day are not changed by a later pack', async () => {
    const learner = await seed.learner();
    await visits(learner, 1);
    await points.run(CALLER);
    const pack = parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as {
      rewards: { pointTariffs: { points: number }[] };
    };
    pack.rewards.pointTariffs[0]!.points = 3;
    await seed.bank.app.get(Policies).publish({ ...pack, version: '2024.2' });
    expect(await points.run(CALLER)).toMatchObject({ entries: 0 });
    await visits(learner, 1, '2024-06-05');
    expect(await points.run(CALLER)).toMatchObject({ entries: 1, amount: 6 });
  });

  it('that nobody earned are named by the check', async () => {
    const learner = await seed.learner();
    await visits(learner, 1);
    await points.run(CALLER);
    await seed.bank.app.get(Writer).write(({ sql }) => sql.run('update point_day set points = points + 1'));
    expect((await differences()).map(({ what }) => what)).toEqual([
      '3 points stand for 2024-06-03, its entries say 2',
      '3 points were given for 2024-06-03, its visits are worth 2',
    ]);
  });

  it('cannot be reversed by themselves: they follow the visits', async () => {
    const learner = await seed.learner();
    await visits(learner, 1);
    await points.run(CALLER);
    const answer = await seed.bank.post(`/api/v1/entries/${learner.learnerId}.2/reversal`, seed.registrar, {
      reason: '积分有误',
    });
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([409, 'entry-not-reversible']);
  });

  it('and honours are told to the learner', async () => {
    const learner = await seed.learner();
    await visits(learner, 2);
    await points.run(CALLER);
    const path = `/api/v1/learners/${learner.learnerId}/honours`;
    const answer = await seed.bank.get(path, learner.key).expect(200);
    expect(answer.body).toMatchObject({
      points: 4,
      studySeconds: 14_400,
      ladders: [{ studySeconds: 14_400, reached: [], next: { hours: 50, missingSeconds: 165_600 } }],
      benefits: [{ code: 'bookshop-95', have: 4, reached: false }],
    });
    await seed.bank.get(path, (await seed.learner()).key).expect(404);
    const balance = await seed.bank.get(`/api/v1/learners/${learner.learnerId}/balance`, learner.key);
    expect(balance.body).toMatchObject({ points: 4 });
    const page = await seed.bank.get(`/learners/${learner.learnerId}`, learner.key).expect(200);
    expect(page.text).toContain('积分 4 分');
    expect(page.text).toContain('距“学习之友”还差 46 小时');
  });
});
