import { verify } from '../../src/cli/verify.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { Writer } from '../../src/platform/database/writer.js';
import { bookFaults } from '../support/book-faults.js';
import { bodyOf } from '../support/catalogue.js';
import { DIALECTS } from '../support/databases.js';
import type { Seed, SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';

const REASON = '同一人重复开户';
/** Two hours apart, so that no visit meets another. */
const SESSIONS = 24;

describe.each(DIALECTS)('merging on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let sessions: string[];
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect));
    const course = await seed.course({ activityType: 'DAILY_CLASS' });
    sessions = await Promise.all(
      Array.from({ length: SESSIONS }, (_, index) =>
        seed.session(course, {
          startsAt: new Date(Date.parse('2024-05-01T01:00:00Z') + index * 86_400_000).toISOString(),
        }),
      ),
    );
  });
  afterAll(() => stop());

  const post = (sessionId: string, { cardNumber }: SeededLearner) =>
    seed.bank.post(`/api/v1/sessions/${sessionId}/attendance`, seed.provider, { cardNumber, minutes: 67 });
  const merge = (kept: SeededLearner, duplicate: SeededLearner) =>
    seed.bank.post(`/api/v1/learners/${kept.learnerId}/merge`, seed.registrar, {
      duplicateLearnerId: duplicate.learnerId,
      reason: REASON,
    });
  const undo = (mergeId: string) =>
    seed.bank.post(`/api/v1/merges/${mergeId}/reversal`, seed.registrar, { reason: REASON });
  const attended = async ({ learnerId }: SeededLearner) => {
    const { studyTime } = bodyOf(await seed.bank.get(`/api/v1/learners/${learnerId}/balance`, seed.registrar));
    return (studyTime as { attendedSeconds: number }[]).reduce((sum, time) => sum + time.attendedSeconds, 0);
  };
  const available = async ({ learnerId }: SeededLearner) => {
    const { credits } = bodyOf(await seed.bank.get(`/api/v1/learners/${learnerId}/balance`, seed.registrar));
    return (credits as { available: string }[]).reduce(
      (sum, credit) => sum + Math.round(Number(credit.available) * 100),
      0,
    );
  };
  const faults = async () => {
    const said: string[] = [];
    await verify(seed.bank.app, (line) => said.push(line));
    return [...said.filter((line) => line.startsWith('✗')), ...(await bookFaults(seed.bank.app.get(Reader).sql))];
  };

  it('loses and doubles no visit that is posted to either account meanwhile', async () => {
    const [kept, duplicate] = [await seed.learner(), await seed.learner()];
    const posts = sessions.flatMap((sessionId, index) => [
      post(sessionId, index % 2 === 0 ? kept : duplicate),
      ...(index === SESSIONS / 2 ? [merge(kept, duplicate)] : []),
    ]);
    const answers = await Promise.all(posts);
    const merged = answers[SESSIONS / 2 + 1]!;
    expect(merged.status).toBe(201);
    const refused = answers.filter(({ status }) => status !== 201).map(({ body }) => (body as { code: string }).code);
    expect(refused).toEqual(refused.map(() => 'account-merged'));
    const posted = SESSIONS - refused.length;
    expect((await attended(kept)) + (await attended(duplicate))).toBe(posted * 67 * 60);
    expect(await available(kept)).toBe(Math.floor((posted * 67 * 60) / 486));
    expect(await available(duplicate)).toBe(0);
    expect(await faults()).toEqual([]);
  });

  it('is undone while visits go on, and each account has its own again', async () => {
    const [kept, duplicate] = [await seed.learner(), await seed.learner()];
    for (const sessionId of sessions.slice(0, 3)) await post(sessionId, duplicate).expect(201);
    const before = await available(duplicate);
    const mergeId = await seed.merge(kept, duplicate);
    const answers = await Promise.all([
      ...sessions.slice(3, 9).map((sessionId) => post(sessionId, kept)),
      undo(mergeId),
      ...sessions.slice(9, 15).map((sessionId) => post(sessionId, kept)),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map((_, index) => (index === 6 ? 200 : 201)));
    expect(await available(duplicate)).toBe(before);
    expect(await available(kept)).toBe(Math.floor((12 * 67 * 60) / 486));
    expect(await faults()).toEqual([]);
  });

  it('meets no deadlock when many merge the same accounts in all directions', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => seed.learner()));
    await Promise.all(people.map((person, index) => post(sessions[index]!, person)));
    const pairs = people.flatMap((kept) =>
      people.filter((other) => other !== kept).map((other) => [kept, other] as const),
    );
    const answers = await Promise.all([
      ...pairs.map(([kept, other]) => merge(kept, other)),
      ...people.map((person, index) => post(sessions[index + 4]!, person)),
    ]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
    const made = answers.slice(0, pairs.length).filter(({ status }) => status === 201);
    expect(made).toHaveLength(people.length - 1);
    expect(await faults()).toEqual([]);
  });

  it('that is refused leaves nothing behind', async () => {
    const [kept, duplicate] = [await seed.learner(), await seed.learner()];
    await post(sessions[0]!, duplicate).expect(201);
    const mergeId = await seed.merge(kept, duplicate);
    await seed.convert(kept, 'leisure', 'vocational', '0.02');
    const state = async () => {
      const { sql } = seed.bank.app.get(Reader);
      const owners = [kept.learnerId, duplicate.learnerId];
      return Promise.all(
        ['learning_account', 'account_merge', 'account_change', 'learning_card', 'balance'].map((table) =>
          sql.rows(`select * from ${table} where learner_id in (?, ?) order by 1, 2, 3`, owners),
        ),
      );
    };
    const before = await state();
    expect(bodyOf(await undo(mergeId).expect(409))).toMatchObject({ code: 'credit-already-used' });
    expect(await state()).toEqual(before);
    expect(await faults()).toEqual([]);
  });

  it.each([
    ["update account_merge set is_live = 0 where learner_id = ? and side = 'kept'", 'kept', 'name each other'],
    [
      "update account_merge set reversal_version = 9 where learner_id = ? and side = 'closed'",
      'closed',
      'not undone as',
    ],
    ["update learning_account set status = 'active' where learner_id = ?", 'closed', 'not closed'],
    ['delete from account_merge where learner_id = ?', 'closed', 'missing'],
  ])('is named by the audit after %s of the %s account', async (change, side, said) => {
    const [kept, duplicate] = [await seed.learner(), await seed.learner()];
    await post(sessions[0]!, duplicate).expect(201);
    const mergeId = await seed.merge(kept, duplicate);
    const { learnerId } = side === 'kept' ? kept : duplicate;
    await seed.bank.app.get(Writer).write(({ sql }) => sql.run(change, [learnerId]));
    expect(await faults()).toContainEqual(expect.stringMatching(new RegExp(`merge ${mergeId}: .*${said}`)));
  });
});
