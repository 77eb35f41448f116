import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { RecordAttendance } from '../../src/attendance/record-attendance.service.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { ReverseEntry } from '../../src/ledger/reverse-entry.service.js';
import { Policies } from '../../src/policy/policy.port.js';
import { bodyOf } from '../support/catalogue.js';
import { withoutInstance, type Body } from '../support/learners.js';
import { Seed, type SeededLearner } from '../support/seed.js';

const REASON = '名单登记错误';

function onceOf(key: string) {
  return { scope: randomUUID(), key, bodyHash: key };
}

describe('undoing an entry over HTTP', () => {
  let seed: Seed;
  let course: string;
  beforeAll(async () => {
    seed = await Seed.start();
    course = await seed.course();
  });
  afterAll(() => seed.stop());

  const undo = (entryId: string, key = seed.registrar, onceKey: string = randomUUID(), reason = REASON) =>
    seed.bank.post(`/api/v1/entries/${entryId}/reversal`, key, { reason }, onceKey);
  const balance = async ({ learnerId }: SeededLearner) => {
    const { credits, studyTime, version } = bodyOf(
      await seed.bank.get(`/api/v1/learners/${learnerId}/balance`, seed.registrar).expect(200),
    );
    const [credit = {}, time = {}] = [(credits as Body[])[0], (studyTime as Body[])[0]];
    return {
      version,
      available: credit['available'],
      attended: time['attendedSeconds'],
      waiting: time['waitingSeconds'],
    };
  };
  const entry = async (entryId: string) =>
    bodyOf(await seed.bank.get(`/api/v1/entries/${entryId}`, seed.registrar).expect(200));
  const post = (sessionId: string, { cardNumber }: SeededLearner, minutes = 90) =>
    seed.bank.post(`/api/v1/sessions/${sessionId}/attendance`, seed.provider, { cardNumber, minutes });

  const seatsTaken = async (sessionId: string) =>
    bodyOf(await seed.bank.get(`/api/v1/sessions/${sessionId}`, seed.provider).expect(200))['seatsTaken'];
  /** Asked for within one turn of the event loop, so that the book commits them together. A refusal is an answer. */
  const together = (sessionId: string, entries: string[], visits: SeededLearner[]) => {
    const { app } = seed.bank;
    const caller = { keyId: randomUUID(), role: 'registrar' as const, providerId: null, learnerId: null };
    const asked: Promise<unknown>[] = [
      ...visits.map(({ cardNumber }) =>
        app.get(RecordAttendance).one(caller, onceOf(cardNumber), sessionId, { cardNumber, minutes: 90 }),
      ),
      ...entries.map((entryId) => app.get(ReverseEntry).run(caller, undefined, entryId, REASON)),
    ];
    return Promise.all(
      asked.map((answer) =>
        answer.catch((error: unknown) => {
          if (error instanceof Refusal) return error;
          throw error;
        }),
      ),
    );
  };

  it('writes an equal and opposite entry that names it, and both stay', async () => {
    const learner = await seed.learner();
    const entryId = await seed.attend(await seed.session(course), learner);
    const answer = await undo(entryId).expect(201);
    expect(answer.body).toEqual({ entryId: `${learner.learnerId}.2`, reversesEntryId: entryId });
    expect(await balance(learner)).toEqual({ version: 2, available: '0.00', attended: 0, waiting: 0 });
    expect(await entry(entryId)).toMatchObject({ reversedBy: `${learner.learnerId}.2`, reverses: null });
    const reversal = await entry(`${learner.learnerId}.2`);
    expect(reversal).toMatchObject({
      kind: 'reversal',
      reverses: entryId,
      reason: REASON,
      providerId: seed.providerId,
    });
    const flows = (of: Body) =>
      (of['postings'] as Body[]).map(({ source, destination, amount }) => [source, destination, amount]);
    expect(flows(reversal)).toEqual(
      flows(await entry(entryId))
        .reverse()
        .map(([source, destination, amount]) => [destination, source, amount]),
    );
  });

  it('leaves what the other visits are worth, whichever of them is taken back', async () => {
    // 60 and 66 minutes: 3,600 s are 0.07 and 198 s; with 3,960 s more they are 0.15 and 270 s.
    for (const index of [0, 1]) {
      const learner = await seed.learner();
      const entries = [
        await seed.attend(await seed.session(course), learner, 60),
        await seed.attend(await seed.session(course, { startsAt: '2024-06-04T09:00:00+08:00' }), learner, 66),
      ];
      expect(await balance(learner)).toMatchObject({ available: '0.15', waiting: 270 });
      await seed.reverse(entries[index]!);
      expect(await balance(learner)).toMatchObject(
        index === 0 ? { available: '0.08', waiting: 72 } : { available: '0.07', waiting: 198 },
      );
    }
  });

  it('happens once under a key, and once at all', async () => {
    const learner = await seed.learner();
    const entryId = await seed.attend(await seed.session(course), learner);
    const onceKey = randomUUID();
    const first = await undo(entryId, seed.registrar, onceKey).expect(201);
    const again = await undo(entryId, seed.registrar, onceKey).expect(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect((await undo(entryId, seed.registrar, onceKey, '别的原因').expect(422)).body).toMatchObject({
      code: 'idempotency-key-reused',
    });
    expect((await undo(entryId).expect(409)).body).toMatchObject({
      code: 'entry-already-reversed',
      entryId: `${learner.learnerId}.2`,
      detail: `已由分录 ${learner.learnerId}.2 冲正；一条分录只能冲正一次。`,
    });
    expect(await balance(learner)).toMatchObject({ version: 2 });
  });

  it('happens once when ten clerks do it at the same time', async () => {
    const learner = await seed.learner();
    const entryId = await seed.attend(await seed.session(course), learner);
    const answers = await Promise.all(Array.from({ length: 10 }, () => undo(entryId)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    expect(await balance(learner)).toMatchObject({ version: 2, available: '0.00' });
  });

  it('can itself be undone: the visit counts again', async () => {
    const learner = await seed.learner();
    const sessionId = await seed.session(course);
    const entryId = await seed.attend(sessionId, learner);
    const reversal = await seed.reverse(entryId);
    const restored = await seed.reverse(reversal);
    expect(await balance(learner)).toEqual({ version: 3, available: '0.11', attended: 5_400, waiting: 54 });
    expect(await entry(reversal)).toMatchObject({ reversedBy: restored });
    expect((await post(sessionId, learner, 60)).body).toMatchObject({ code: 'attendance-already-recorded' });
    // And so on: the restored visit is undone by undoing what restored it.
    expect((await undo(entryId)).body).toMatchObject({ code: 'entry-already-reversed' });
    await seed.reverse(restored);
    expect(await balance(learner)).toMatchObject({ version: 4, available: '0.00', attended: 0 });
  });

  it('is not undone when something else stands in its time, its session or its day', async () => {
    const learner = await seed.learner();
    const sessionId = await seed.session(course);
    const reversal = await seed.reverse(await seed.attend(sessionId, learner));
    const corrected = await seed.attend(sessionId, learner, 60);
    expect((await undo(reversal).expect(409)).body).toMatchObject({ code: 'attendance-already-recorded' });
    await seed.reverse(corrected);
    await seed.attend(await seed.session(course, { startsAt: '2024-06-03T10:00:00+08:00' }), learner);
    expect((await undo(reversal).expect(409)).body).toMatchObject({ code: 'attendance-overlaps' });
  });

  it('restores a visit with its own minutes, not with those of a later one to the same session', async () => {
    const learner = await seed.learner();
    const sessionId = await seed.session(course);
    const wrong = await seed.reverse(await seed.attend(sessionId, learner, 60));
    await seed.reverse(await seed.attend(sessionId, learner, 90));
    await undo(wrong).expect(201);
    expect(await balance(learner)).toMatchObject({ attended: 3_600, available: '0.07' });
    expect((await post(sessionId, learner, 90)).body).toMatchObject({
      code: 'attendance-already-recorded',
      minutes: 60,
    });
  });

  it('frees the place in the session, also when several go and one comes in the same commit', async () => {
    const sessionId = await seed.session(await seed.course({ capacity: 4 }));
    const learners = await Promise.all(Array.from({ length: 6 }, () => seed.learner()));
    const taken: string[] = [];
    for (const learner of learners.slice(0, 4)) taken.push(await seed.attend(sessionId, learner));
    const [late, later] = learners.slice(4) as [SeededLearner, SeededLearner];
    expect((await post(sessionId, late)).body).toMatchObject({ code: 'session-full' });
    await together(sessionId, taken.slice(0, 2), []);
    expect(await seatsTaken(sessionId)).toBe(2);
    await together(sessionId, taken.slice(2, 3), [late]);
    expect(await seatsTaken(sessionId)).toBe(2);
    await together(sessionId, [], [later]);
    expect(await seatsTaken(sessionId)).toBe(3);
  });

  it('does not overfill a session when visits come back and others come in the same commit', async () => {
    const sessionId = await seed.session(await seed.course({ capacity: 2 }));
    const [back, alsoBack, late] = await Promise.all([seed.learner(), seed.learner(), seed.learner()]);
    const undone: string[] = [];
    for (const learner of [back, alsoBack]) undone.push(await seed.reverse(await seed.attend(sessionId, learner)));
    await seed.attend(sessionId, await seed.learner());
    const answers = await together(sessionId, undone, [late]);
    expect(answers.map((answer) => (answer instanceof Refusal ? answer.code : 'done')).sort()).toEqual([
      'done',
      'session-full',
      'session-full',
    ]);
    expect(await seatsTaken(sessionId)).toBe(2);
  });

  it('is allowed to a provider for its own entries; others’ look like none', async () => {
    const learner = await seed.learner();
    const entryId = await seed.attend(await seed.session(course), learner);
    const created = await seed.bank.post('/api/v1/providers', seed.registrar, {
      code: 'SQXY-OTHER',
      name: '示例社区学院',
      type: 'COMMUNITY_COLLEGE',
      unitCode: '140106',
      approvedFrom: '2013-01-01',
    });
    const { providerId } = created.body as { providerId: string };
    const stranger = await seed.bank.key('provider', { providerId });
    const theirs = await undo(entryId, stranger).expect(404);
    const none = await undo(`${learner.learnerId}.7`, stranger).expect(404);
    expect(withoutInstance(theirs.body)).toEqual(withoutInstance(none.body));
    expect(await balance(learner)).toMatchObject({ version: 1 });
    await undo(entryId, learner.key).expect(403);
    await undo(entryId, seed.auditor).expect(403);
    await undo(entryId, seed.provider).expect(201);
  });

  it('is refused while credit of the entry is used, with the lot that is', async () => {
    const learner = await seed.learner();
    const [first] = await seed.attendDays(course, learner, 2);
    const conversion = await seed.convert(learner, 'leisure', 'vocational', '0.12');
    const used = await undo(first!).expect(409);
    expect(used.body).toMatchObject({
      code: 'credit-already-used',
      detail: '该分录的学分（批次 1）已转换、冻结或用于证书；请先撤销该用途。',
    });
    await seed.reverse(conversion);
    await undo(first!).expect(201);
    expect(await balance(learner)).toMatchObject({ available: '0.11', waiting: 54 });
  });

  it.each([
    ['no reason', {}],
    ['a reason of one character', { reason: '错' }],
    ['a reason of spaces', { reason: '   ' }],
    ['a reason of 201 characters', { reason: '错'.repeat(201) }],
    ['a reason with a control character', { reason: '登记\u0000错误' }],
    ['a reason that is a number', { reason: 12 }],
    ['another field', { reason: REASON, entryId: 'x' }],
  ])('is refused with %s', async (_, body) => {
    const learner = await seed.learner();
    const entryId = await seed.attend(await seed.session(course), learner);
    const answer = await seed.bank.post(`/api/v1/entries/${entryId}/reversal`, seed.registrar, body).expect(400);
    expect(answer.body).toMatchObject({ code: 'validation-failed' });
    expect(await balance(learner)).toMatchObject({ version: 1 });
  });

  it('keeps a reason as it was written, whatever it looks like', async () => {
    const reason = `<script>alert('x')</script>'; drop table posting; -- 错误`;
    const learner = await seed.learner();
    const reversal = await seed.reverse(await seed.attend(await seed.session(course), learner), reason);
    expect(await entry(reversal)).toMatchObject({ reason });
  });

  it('leaves what the other visits are worth after the rules have changed', async () => {
    const learner = await seed.learner();
    seed.bank.clock.set('2024-06-12T01:00:00Z');
    const rules = parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as { tariffs: object[] };
    const [leisure, ...tariffs] = rules.tariffs;
    await seed.bank.app.get(Policies).publish({
      ...rules,
      version: '2024.6',
      effectiveFrom: '2024-06-11',
      tariffs: [{ ...leisure, classHoursPerCredit: 36 }, ...tariffs],
    });
    // 420 s of 486 s under the old rules, 900 s of 972 s under the new: neither fills its step.
    const old = await seed.attend(await seed.session(course), learner, 7);
    const recent = await seed.attend(
      await seed.session(course, { startsAt: '2024-06-11T09:00:00+08:00' }),
      learner,
      15,
    );
    expect(await balance(learner)).toMatchObject({ available: undefined, attended: 1_320, waiting: 1_320 });
    const undone = await seed.reverse(old);
    expect(await balance(learner)).toMatchObject({ available: undefined, attended: 900, waiting: 900 });
    await seed.reverse(undone);
    await seed.reverse(recent);
    expect(await balance(learner)).toMatchObject({ available: undefined, attended: 420, waiting: 420 });
  });
});
