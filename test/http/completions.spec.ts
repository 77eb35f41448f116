import { randomUUID } from 'node:crypto';
import { bodyOf } from '../support/catalogue.js';
import { withoutInstance, type Body } from '../support/learners.js';
import { Seed, type SeededLearner } from '../support/seed.js';

describe('passing a course with gates over HTTP', () => {
  let seed: Seed;
  beforeAll(async () => {
    seed = await Seed.start();
  });
  afterAll(() => seed.stop());

  /** A course of five sessions: 80 % must be attended, and a grade of 60. */
  const gated = () =>
    seed.course({
      activityType: 'VOCATIONAL_COURSE',
      creditType: 'vocational',
      plannedSessions: 5,
      title: '养老护理员',
    });
  const complete = (courseId: string, rows: object[], key = seed.provider, onceKey: string = randomUUID()) =>
    seed.bank.post(`/api/v1/courses/${courseId}/completions`, key, { rows }, onceKey);
  const firstRow = (body: unknown) => (body as { rows: Body[] }).rows[0]!;
  const balance = async ({ learnerId }: SeededLearner) => {
    const body = bodyOf(await seed.bank.get(`/api/v1/learners/${learnerId}/balance`, seed.registrar).expect(200));
    const [credit = {}, time = {}] = [(body['credits'] as Body[])[0], (body['studyTime'] as Body[])[0]];
    const { attendedSeconds: attended, waitingSeconds: waiting, pendingSeconds: pending } = time;
    return { available: credit['available'], attended, waiting, pending };
  };
  const undo = (entryId: string) =>
    seed.bank.post(`/api/v1/entries/${entryId}/reversal`, seed.registrar, { reason: '登记错误' });

  it('turns into credit all the time that had waited for it', async () => {
    const courseId = await gated();
    const learner = await seed.learner();
    await seed.attendDays(courseId, learner, 4);
    expect(await balance(learner)).toEqual({ available: undefined, attended: 21_600, waiting: 0, pending: 21_600 });
    const answer = await complete(courseId, [{ cardNumber: learner.cardNumber, grade: 60 }]).expect(201);
    expect(answer.body).toEqual({
      posted: 1,
      alreadyRecorded: 0,
      refused: 0,
      // 21,600 s at 432 s a hundredth.
      rows: [{ row: 0, status: 'posted', entryId: `${learner.learnerId}.5`, credit: '0.50' }],
    });
    expect(await balance(learner)).toEqual({ available: '0.50', attended: 21_600, waiting: 0, pending: 0 });
    const entry = bodyOf(await seed.bank.get(`/api/v1/entries/${learner.learnerId}.5`, learner.key).expect(200));
    expect(entry).toMatchObject({
      kind: 'completion',
      subject: courseId,
      // The last session of the course, not the day of the list.
      occurredAt: '2024-06-09T02:30:00.000Z',
      detail: { grade: 60, attendedSessions: 4, plannedSessions: 5 },
    });
  });

  it('gives every row its own result, and the whole answer again under the same key', async () => {
    const courseId = await gated();
    const [passed, absent, weak, ungraded] = [
      await seed.learner(),
      await seed.learner(),
      await seed.learner(),
      await seed.learner(),
    ];
    for (const learner of [passed, weak, ungraded]) await seed.attendDays(courseId, learner, 4);
    await seed.attendDays(courseId, absent, 3);
    const rows = [
      { cardNumber: passed.cardNumber, grade: 100 },
      { cardNumber: absent.cardNumber, grade: 100 },
      { cardNumber: weak.cardNumber, grade: 59 },
      { cardNumber: ungraded.cardNumber },
      { cardNumber: passed.cardNumber, grade: 90 },
      { cardNumber: '140106000099990', grade: 90 },
      { cardNumber: weak.cardNumber, grade: 101 },
      { cardNumber: weak.cardNumber, grade: -1 },
    ];
    const onceKey = randomUUID();
    const answer = await complete(courseId, rows, seed.provider, onceKey).expect(201);
    expect(answer.body).toMatchObject({ posted: 1, refused: 7 });
    const results = (answer.body as { rows: { problem?: Body }[] }).rows;
    expect(results.map(({ problem }) => problem && [problem['field'], problem['code'], problem['detail']])).toEqual([
      undefined,
      ['cardNumber', 'attendance-gate-not-met', '出勤 3/5 次，要求至少 80%。'],
      ['grade', 'grade-gate-not-met', '成绩要求至少 60 分。'],
      ['grade', 'grade-gate-not-met', '成绩要求至少 60 分。'],
      ['cardNumber', 'course-already-completed', `该学习者已登记结业（分录 ${passed.learnerId}.5）；更改请先冲正。`],
      ['cardNumber', 'card-unknown', '卡号格式正确但未发放；请核对，或先为学习者办卡。'],
      ['grade', 'validation-failed', 'errors 列出了每一处错误的位置和改法，请全部改正后重新发送。'],
      ['grade', 'validation-failed', 'errors 列出了每一处错误的位置和改法，请全部改正后重新发送。'],
    ]);
    const again = await complete(courseId, rows, seed.provider, onceKey).expect(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(answer.body);
    const other = await complete(courseId, rows.slice(1), seed.provider, onceKey).expect(422);
    expect(other.body).toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('asks seven tenths of a long course', async () => {
    const courseId = await seed.course({
      activityType: 'VOCATIONAL_COURSE',
      creditType: 'vocational',
      plannedSessions: 10,
    });
    const learner = await seed.learner();
    await seed.attendDays(courseId, learner, 6);
    const row = { cardNumber: learner.cardNumber, grade: 80 };
    expect(firstRow((await complete(courseId, [row])).body)['problem']).toMatchObject({
      detail: '出勤 6/10 次，要求至少 70%。',
    });
    await seed.attend(await seed.session(courseId, { startsAt: '2024-06-01T09:00:00+08:00' }), learner);
    expect(firstRow((await complete(courseId, [row])).body)).toMatchObject({ status: 'posted', credit: '0.87' });
    expect(await balance(learner)).toMatchObject({ available: '0.87', waiting: 216, pending: 0 });
  });

  it('is refused for a course that earns by attendance, and for another provider’s like for none', async () => {
    const learner = await seed.learner();
    const row = { cardNumber: learner.cardNumber, grade: 80 };
    expect(firstRow((await complete(await seed.course(), [row])).body)['problem']).toMatchObject({
      code: 'course-without-completion',
    });
    const created = await seed.bank.post('/api/v1/providers', seed.registrar, {
      code: 'ZGXX-02',
      name: '示例职工培训学校',
      type: 'COMMUNITY_COLLEGE',
      unitCode: '140106',
      approvedFrom: '2013-01-01',
    });
    const { providerId } = created.body as { providerId: string };
    const stranger = await seed.bank.key('provider', { providerId });
    const theirs = await complete(await gated(), [row], stranger);
    const none = await complete('0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', [row], stranger);
    expect(theirs.body).toMatchObject({ code: 'course-unknown' });
    expect(withoutInstance(theirs.body)).toEqual(withoutInstance(none.body));
  });

  it('is refused on a closed account, and counts on a frozen one', async () => {
    const courseId = await gated();
    const [closed, frozen] = [await seed.learner(), await seed.learner()];
    for (const learner of [closed, frozen]) await seed.attendDays(courseId, learner, 4);
    const change = (learner: SeededLearner, verb: string) =>
      seed.bank
        .post(`/api/v1/learners/${learner.learnerId}/${verb}`, seed.registrar, { reason: '本人申请' })
        .expect(200);
    await change(closed, 'closure');
    await change(frozen, 'freeze');
    const answer = await complete(courseId, [
      { cardNumber: closed.cardNumber, grade: 80 },
      { cardNumber: frozen.cardNumber, grade: 80 },
    ]);
    const [ofClosed, ofFrozen] = (answer.body as { rows: Body[] }).rows;
    expect(ofClosed).toMatchObject({ problem: { code: 'account-closed' } });
    expect(ofFrozen).toMatchObject({ status: 'posted', credit: '0.50' });
  });

  describe('undone', () => {
    const passed = async () => {
      const courseId = await gated();
      const learner = await seed.learner();
      const visits = await seed.attendDays(courseId, learner, 5);
      await seed.complete(courseId, learner, 80);
      return { courseId, learner, visits, completion: `${learner.learnerId}.6` };
    };

    it('lets the time wait again, until the course is passed again', async () => {
      const { courseId, learner, completion } = await passed();
      expect(await balance(learner)).toEqual({ available: '0.62', attended: 27_000, waiting: 216, pending: 0 });
      await undo(completion).expect(201);
      expect(await balance(learner)).toEqual({ available: '0.00', attended: 27_000, waiting: 0, pending: 27_000 });
      const again = await complete(courseId, [{ cardNumber: learner.cardNumber, grade: 75 }]);
      expect(firstRow(again.body)).toMatchObject({ status: 'posted', credit: '0.62' });
      expect((await undo(`${learner.learnerId}.7`).expect(409)).body).toMatchObject({
        code: 'course-already-completed',
      });
    });

    it('comes before the visits it counted', async () => {
      const { learner, visits, completion } = await passed();
      expect((await undo(visits[0]!).expect(409)).body).toMatchObject({
        code: 'course-already-completed',
        entryId: completion,
      });
      await undo(completion).expect(201);
      await undo(visits[0]!).expect(201);
      expect(await balance(learner)).toMatchObject({ attended: 21_600, pending: 21_600 });
    });

    it('can be done again by undoing that, with the very same time', async () => {
      const { learner, completion } = await passed();
      const undone = bodyOf(await undo(completion).expect(201));
      await undo(String(undone['entryId'])).expect(201);
      expect(await balance(learner)).toEqual({ available: '0.62', attended: 27_000, waiting: 216, pending: 0 });
    });

    it.each([
      [1, 'credit-already-used'],
      [2, 'attendance-gate-not-met'],
    ])('cannot be done again when %d of the visits that it counted are gone', async (count, code) => {
      const { learner, visits, completion } = await passed();
      const undone = bodyOf(await undo(completion).expect(201));
      for (const visit of visits.slice(0, count)) await undo(visit).expect(201);
      const answer = await undo(String(undone['entryId']));
      expect(answer.body).toMatchObject({ status: 409, code });
      expect(await balance(learner)).toMatchObject({ pending: 27_000 - count * 5_400 });
    });

    it('is refused while its credit stands in a certificate', async () => {
      const courseId = await seed.course({
        activityType: 'VOCATIONAL_COURSE',
        creditType: 'vocational',
        plannedSessions: 8,
      });
      const learner = await seed.learner();
      await seed.attendDays(courseId, learner, 8);
      await seed.complete(courseId, learner, 80);
      const evening = { startsAt: '2024-06-03T19:00:00+08:00' };
      await seed.attend(await seed.session(await seed.course(), evening), learner);
      const serial = await seed.certificate(learner, 'community-care');
      const completion = `${learner.learnerId}.9`;
      expect((await undo(completion)).body).toMatchObject({ status: 409, code: 'credit-already-used', lot: 1 });
      await seed.revoke(serial, '颁发有误');
      await undo(completion).expect(201);
    });
  });
});
