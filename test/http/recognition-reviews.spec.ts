import { randomUUID } from 'node:crypto';
import { verify } from '../../src/cli/verify.js';
import { Cases, type CaseBody } from '../support/recognition.js';
import { Seed, type SeededLearner } from '../support/seed.js';

describe('who may decide a case, and when', () => {
  let seed: Seed;
  let cases: Cases;
  let learner: SeededLearner;
  beforeAll(async () => {
    seed = await Seed.start();
    cases = await Cases.on(seed);
    learner = await seed.learner();
  });
  afterEach(() => seed.bank.clock.set('2024-06-10T01:00:00Z'));
  afterAll(async () => {
    const said: string[] = [];
    expect({ isSound: await verify(seed.bank.app, (line) => said.push(line)), said }).toMatchObject({ isSound: true });
    await seed.stop();
  });

  const APPROVED = { outcome: 'approved', creditType: 'vocational' };
  const REJECTED = { outcome: 'rejected', reasonCode: 'NOT-VERIFIED' };

  it('takes two people for the two reviews', async () => {
    const id = await cases.reviewedOnce(learner);
    const refused = await cases.step(id, 'final-review', cases.reviewers[0], APPROVED).expect(409);
    expect(refused.body).toMatchObject({ code: 'recognition-same-reviewer' });
    expect((await cases.show(id)).state).toBe('preliminarily-approved');
  });

  it('lets nobody review what they entered, corrected, proved or handed in for somebody', async () => {
    const [clerk, uploader, other] = cases.reviewers;
    const entered = await cases.enter(clerk, { learnerId: learner.learnerId }).expect(201);
    const { recognitionId: id } = entered.body as CaseBody;
    await cases.upload(id, uploader).expect(201);
    await cases.step(id, 'submission', learner.key).expect(200);
    for (const key of [clerk, uploader]) {
      const refused = await cases.step(id, 'preliminary-review', key, APPROVED).expect(409);
      expect(refused.body).toMatchObject({ code: 'recognition-own-application' });
    }
    await cases.step(id, 'preliminary-review', other, APPROVED).expect(200);
  });

  it('takes each step in its turn only', async () => {
    const id = await cases.submitted(learner);
    for (const [step, body] of [
      ['final-review', APPROVED],
      ['appeal-decision', { outcome: 'upheld' }],
    ] as const) {
      const refused = await cases.step(id, step, cases.reviewers[1], body).expect(409);
      expect(refused.body).toMatchObject({ code: 'recognition-step-out-of-turn', state: 'submitted', step });
    }
    await cases.step(id, 'submission', learner.key).expect(409);
    await cases.step(id, 'appeal', learner.key, { comment: '不服' }).expect(409);
  });

  it('refuses at once a first reviewer who gives an item of the rules a worth of their own', async () => {
    const id = await cases.submitted(learner, { outcomeClass: 'course', item: 'OPEN-COURSE', grade: 80 });
    const [first, second] = cases.reviewers;
    const refused = await cases
      .step(id, 'preliminary-review', first, { outcome: 'approved', standardCredit: '5.00' })
      .expect(422);
    expect(refused.body).toMatchObject({ code: 'recognition-worth-fixed', item: 'OPEN-COURSE' });
    expect((await cases.show(id)).state).toBe('submitted');
    await cases.step(id, 'preliminary-review', first, { outcome: 'approved', standardCredit: '3.00' }).expect(200);
    await cases.step(id, 'final-review', second, { outcome: 'approved' }).expect(200);
    expect(await cases.show(id)).toMatchObject({ state: 'recognised', standard: { credit: '3.00' } });
  });

  it('does nothing more with a case that was withdrawn', async () => {
    const id = await cases.submitted(learner);
    await cases.step(id, 'withdrawal', learner.key, { comment: '填错了' }).expect(200);
    for (const step of ['preliminary-review', 'final-review']) {
      const refused = await cases.step(id, step, cases.reviewers[0], APPROVED).expect(409);
      expect(refused.body).toMatchObject({ code: 'recognition-withdrawn' });
    }
    expect((await cases.show(id)).steps.at(-1)).toMatchObject({ step: 'withdrawal', comment: '填错了' });
  });

  it.each([
    ['returned', {}],
    ['rejected', { reasonCode: 'UNCLEAR-SCAN' }],
    ['rejected', { reasonCode: 'WHATEVER' }],
  ])('asks for a reason of the rules where a case is %s with %j', async (outcome, reason) => {
    const id = await cases.submitted(learner);
    const refused = await cases.step(id, 'preliminary-review', cases.reviewers[0], { outcome, ...reason }).expect(422);
    expect(refused.body).toMatchObject({ code: 'recognition-reason-needed' });
  });

  it('hears one appeal, decided by somebody new, and keeps the old decision', async () => {
    const [first, second, newcomer] = cases.reviewers;
    const id = await cases.reviewedOnce(learner);
    await cases.step(id, 'final-review', second, REJECTED).expect(200);
    await cases.step(id, 'appeal', learner.key, { comment: '证书可在网上查到' }).expect(200);
    for (const key of [first, second]) {
      const refused = await cases.step(id, 'appeal-decision', key, { outcome: 'upheld' }).expect(409);
      expect(refused.body).toMatchObject({ code: 'recognition-appeal-not-new' });
    }
    const body = (await cases.step(id, 'appeal-decision', newcomer, { outcome: 'upheld' }).expect(200)).body as unknown;
    expect(body).toMatchObject({ state: 'recognised', standard: { credit: '2.00' } });
    expect((body as CaseBody).steps.map(({ state }) => state).slice(-3)).toEqual([
      'rejected',
      'appealed',
      'recognised',
    ]);
  });

  it('hears no second appeal', async () => {
    const id = await cases.rejected(learner);
    await cases.step(id, 'appeal', learner.key, { comment: '请复核' }).expect(200);
    const dismissal = { outcome: 'dismissed', reasonCode: 'NOT-IN-SCOPE' };
    const dismissed = await cases.step(id, 'appeal-decision', cases.reviewers[2], dismissal).expect(200);
    expect(dismissed.body).toMatchObject({ state: 'appeal-dismissed' });
    const again = await cases.step(id, 'appeal', learner.key, { comment: '再复核' }).expect(409);
    expect(again.body).toMatchObject({ code: 'recognition-step-out-of-turn' });
  });

  it.each([
    ['2024-08-09T15:59:00Z', 200],
    ['2024-08-09T16:00:00Z', 409],
  ])('at %s answers an appeal of a rejection of 10 June with %i', async (instant, status) => {
    const id = await cases.rejected(learner);
    seed.bank.clock.set(instant);
    const body = (await cases.step(id, 'appeal', learner.key, { comment: '请复核' }).expect(status)).body as unknown;
    if (status === 409) expect(body).toMatchObject({ code: 'recognition-appeal-too-late', lastDay: '2024-08-09' });
    else expect(body).toMatchObject({ state: 'appealed', review: { clock: 'running' } });
  });

  it('answers the same request again with the first answer, and another under its key with a refusal', async () => {
    const id = await cases.submitted(learner);
    const key = randomUUID();
    const first = await cases.step(id, 'preliminary-review', cases.reviewers[0], APPROVED, key).expect(200);
    const again = await cases.step(id, 'preliminary-review', cases.reviewers[0], APPROVED, key).expect(200);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    const other = await cases.step(id, 'preliminary-review', cases.reviewers[0], REJECTED, key).expect(422);
    expect(other.body).toMatchObject({ code: 'idempotency-key-reused' });
    const finalKey = randomUUID();
    const done = await cases
      .step(id, 'final-review', cases.reviewers[1], { outcome: 'approved' }, finalKey)
      .expect(200);
    const doneAgain = await cases.step(id, 'final-review', cases.reviewers[1], { outcome: 'approved' }, finalKey);
    expect(doneAgain.body).toEqual(done.body);
    expect(doneAgain.headers['idempotency-replayed']).toBe('true');
  });

  it('takes nothing in for a closed account, but lets its open cases end', async () => {
    const leaving = await seed.learner();
    const [open, draft] = [await cases.reviewedOnce(leaving), await cases.draft(leaving)];
    const closure = { reason: '本人申请注销' };
    await seed.bank.post(`/api/v1/learners/${leaving.learnerId}/closure`, seed.registrar, closure).expect(200);
    for (const refused of [
      await cases.enter(leaving.key),
      await cases.step(draft, 'submission', leaving.key),
      await cases.step(open, 'final-review', cases.reviewers[1], APPROVED),
    ])
      expect(refused.body).toMatchObject({ code: 'account-closed' });
    await cases.step(open, 'final-review', cases.reviewers[1], REJECTED).expect(200);
    await cases.step(draft, 'withdrawal', leaving.key).expect(200);
  });
});

describe('one outcome', () => {
  let seed: Seed;
  let cases: Cases;
  beforeAll(async () => {
    seed = await Seed.start();
    cases = await Cases.on(seed);
  });
  afterAll(() => seed.stop());

  const NUMBER = { certificateNumber: 'No. S-0001', issuer: '山西省 示例（培训）中心' };
  const SPELT_OTHERWISE = { certificateNumber: 'ｎｏＳ０００１', issuer: '山西省示例(培训)中心' };

  it('is in one case of its holder, however number and issuer are spelt', async () => {
    const learner = await seed.learner();
    const first = await cases.submitted(learner, NUMBER);
    const second = await cases.draft(learner, SPELT_OTHERWISE);
    const refused = await cases.step(second, 'submission', learner.key).expect(409);
    expect(refused.body).toMatchObject({ code: 'outcome-already-submitted', recognitionId: first });
  });

  it('is nobody else’s, and the refusal says nothing of the holder', async () => {
    const stranger = await seed.learner('王另人');
    const id = await cases.draft(stranger, SPELT_OTHERWISE);
    const body = (await cases.step(id, 'submission', stranger.key).expect(409)).body as unknown;
    expect(body).toMatchObject({ code: 'certificate-not-available' });
    const members = ['type', 'title', 'titleEn', 'status', 'code', 'detail', 'detailEn', 'instance', 'errors'];
    expect(Object.keys(body as object).filter((name) => !members.includes(name))).toEqual([]);
    const { detail, detailEn } = body as { detail: string; detailEn: string };
    const only = { pointer: '/certificateNumber', code: 'certificate-not-available', detail: `${detail} ${detailEn}` };
    expect(body).toMatchObject({ errors: [only] });
  });

  it.each(['withdrawn', 'rejected'])('is free again once its case is %s', async (end) => {
    const [one, two] = [await seed.learner(), await seed.learner()];
    const number = { certificateNumber: `F-${randomUUID()}` };
    const first = end === 'rejected' ? await cases.rejected(one, number) : await cases.submitted(one, number);
    if (end === 'withdrawn') await cases.step(first, 'withdrawal', one.key).expect(200);
    await cases.submitted(two, number);
    if (end === 'withdrawn') return;
    const late = await cases.step(first, 'appeal', one.key, { comment: '请复核' }).expect(409);
    expect(late.body).toMatchObject({ code: 'certificate-not-available' });
  });

  it('without a number is the attempt: issuer, title and day of one learner', async () => {
    const [one, two] = [await seed.learner(), await seed.learner()];
    const attempt = { outcomeClass: 'course', certificateNumber: null, title: '会计学 Ⅱ', obtainedOn: '2024-01-05' };
    await cases.submitted(one, attempt);
    await cases.submitted(two, attempt);
    const again = await cases.draft(one, { ...attempt, title: '《会计学》2' });
    expect((await cases.step(again, 'submission', one.key)).body).toMatchObject({ code: 'outcome-already-submitted' });
    await cases.submitted(one, { ...attempt, obtainedOn: '2024-02-05' });
  });
});
