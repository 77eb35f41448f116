import { randomUUID } from 'node:crypto';
import { verify } from '../../src/cli/verify.js';
import { Cases, type CaseBody } from '../support/recognition.js';
import { Seed } from '../support/seed.js';

describe('recognition', () => {
  let seed: Seed;
  let cases: Cases;
  beforeAll(async () => {
    seed = await Seed.start();
    cases = await Cases.on(seed);
  });
  afterEach(() => seed.bank.clock.set('2024-06-10T01:00:00Z'));
  afterAll(async () => {
    const said: string[] = [];
    expect({ isSound: await verify(seed.bank.app, (line) => said.push(line)), said }).toMatchObject({ isSound: true });
    await seed.stop();
  });

  it('leads from a draft through two reviewers to one lot, with raw and standard credit side by side', async () => {
    const learner = await seed.learner();
    const done = await cases.recognised(learner, { rawHours: '120', rawGrade: '优秀', rawLevel: '三级' });
    expect(done).toMatchObject({
      state: 'recognised',
      raw: { credit: '4.00', hours: '120.00', grade: '优秀', level: '三级' },
      standard: {
        credit: '2.00',
        creditType: 'vocational',
        level: null,
        validUntil: '2031-05-20',
        assessed: false,
        policyVersion: 'taiyuan-default@2024.1',
        entryId: `${learner.learnerId}.1`,
      },
      granted: [],
      review: { clock: 'stopped', dueOn: null, overdue: false },
    });
    expect(done.steps.map(({ step, state }) => `${step} → ${state}`)).toEqual([
      'entry → draft',
      'evidence → draft',
      'submission → submitted',
      'preliminary-review → preliminarily-approved',
      'final-review → recognised',
    ]);
    expect(await cases.available(learner)).toEqual({ vocational: '2.00' });
    const body = (await seed.bank.get(`/api/v1/entries/${learner.learnerId}.1`, learner.key).expect(200))
      .body as unknown;
    expect(body).toMatchObject({ kind: 'recognition', subject: done.recognitionId });
  });

  it('keeps every check of the decision, with what the rules compared', async () => {
    const done = await cases.recognised(await seed.learner());
    expect(done.steps.at(-1)).toMatchObject({
      decision: {
        raw: '4.00',
        asked: '2.00',
        standard: '2.00',
        checks: [
          { check: 'worth', passed: true, facts: { rate: '2:1', limit: '6.00', asked: '2.00' } },
          { check: 'level', passed: true },
          { check: 'validity', passed: true, words: '取得于 2024-05-20，有效至 2031-05-20' },
          { check: 'cap', passed: true, facts: { cap: 'recognised-a-year', limit: '20.00', used: '0.00' } },
        ],
      },
    });
  });

  it('shows the learner the day it is due, and stops the clock while the case is sent back', async () => {
    const learner = await seed.learner();
    const id = await cases.draft(learner);
    // Friday 7 June 2024: fifteen working days end on Friday 28 June.
    seed.bank.clock.set('2024-06-07T02:00:00Z');
    const submitted = (await cases.step(id, 'submission', learner.key).expect(200)).body as CaseBody;
    expect(submitted.review).toEqual({ clock: 'running', dueOn: '2024-07-01', overdue: false, provisional: false });
    seed.bank.clock.set('2024-06-12T02:00:00Z');
    const back = { outcome: 'returned', reasonCode: 'UNCLEAR-SCAN', comment: '请重新扫描' };
    const returned = (await cases.step(id, 'preliminary-review', cases.reviewers[0], back).expect(200)).body as unknown;
    expect(returned).toMatchObject({ state: 'returned', review: { clock: 'stopped', dueOn: null } });
    seed.bank.clock.set('2024-07-01T02:00:00Z');
    await cases.step(id, 'submission', learner.key).expect(200);
    // Two of fifteen days had passed, the tenth of June being a holiday: thirteen are left.
    expect((await cases.show(id, learner.key)).review).toEqual({
      clock: 'running',
      dueOn: '2024-07-18',
      overdue: false,
      provisional: false,
    });
    seed.bank.clock.set('2024-07-19T02:00:00Z');
    expect((await cases.show(id, learner.key)).review).toMatchObject({ overdue: true });
  });

  it('marks a due day that lies past the holidays the rules know, at the step, in the case and in lists', async () => {
    const other = await Seed.start();
    const own = await Cases.on(other);
    const learner = await other.learner();
    // Fifteen working days from 10 December 2026 end on 31 December, the last day known; a day later in January.
    const days = { '2026-12-10': ['2026-12-31', false], '2026-12-11': ['2027-01-04', true] } as const;
    for (const [day, [dueOn, provisional]] of Object.entries(days)) {
      other.bank.clock.set(`${day}T02:00:00Z`);
      const id = await own.draft(learner, { obtainedOn: '2026-05-20' });
      const submitted = (await own.step(id, 'submission', learner.key).expect(200)).body as CaseBody;
      expect(submitted.review).toMatchObject({ dueOn, provisional });
      expect((await own.show(id, learner.key)).review).toMatchObject({ dueOn, provisional });
    }
    const list = (await other.bank.get('/api/v1/recognitions?state=submitted', other.registrar).expect(200)).body as {
      items: { review: object }[];
    };
    expect(list.items.map(({ review }) => review)).toMatchObject(
      Object.values(days).map(([dueOn, provisional]) => ({ dueOn, provisional })),
    );
    await other.stop();
  });

  it('lists what is overdue, oldest due first, page by page', async () => {
    const other = await Seed.start();
    const own = await Cases.on(other);
    const learner = await other.learner();
    const ids: string[] = [];
    for (const day of ['2024-06-05', '2024-06-03', '2024-06-04']) {
      other.bank.clock.set(`${day}T02:00:00Z`);
      ids.push(await own.submitted(learner));
    }
    await own.draft(learner);
    other.bank.clock.set('2024-06-27T02:00:00Z');
    const list = async (query: string, key = other.registrar) =>
      (await other.bank.get(`/api/v1/recognitions?${query}`, key).expect(200)).body as {
        items: CaseBody[];
        next: string | null;
      };
    const first = await list('overdue=true&limit=1');
    expect(first.items.map(({ recognitionId }) => recognitionId)).toEqual([ids[1]]);
    const second = await list(`overdue=true&limit=1&cursor=${first.next}`);
    expect(second).toMatchObject({ items: [{ recognitionId: ids[2] }], next: null });
    expect((await list('state=submitted')).items.map(({ review }) => review.dueOn)).toEqual([
      '2024-06-25',
      '2024-06-26',
      '2024-06-27',
    ]);
    expect((await list('', learner.key)).items).toHaveLength(4);
    const stranger = await other.learner();
    expect((await list('', stranger.key)).items).toEqual([]);
    expect((await list(`learnerId=${learner.learnerId}`, learner.key)).items).toHaveLength(4);
    const theirs = `/api/v1/recognitions?learnerId=${learner.learnerId}`;
    expect((await other.bank.get(theirs, stranger.key).expect(404)).body).toMatchObject({ code: 'not-found' });
    await other.bank.get('/api/v1/recognitions?cursor=e30', other.registrar).expect(400);
    await other.stop();
  });

  it('is decided by one person where the catalogue says so, and by nobody where it is automatic', async () => {
    const learner = await seed.learner();
    const care = await cases.submitted(learner, {
      outcomeClass: 'certificate',
      item: 'ELDERLY-CARE-5',
      issuer: '太原市　职业技能鉴定中心',
      grade: 60,
    });
    const one = await cases.step(care, 'preliminary-review', cases.reviewers[0], { outcome: 'approved' }).expect(200);
    expect(one.body).toMatchObject({ state: 'recognised', standard: { credit: '2.00', validUntil: '2029-05-20' } });
    const test = await cases.draft(learner, {
      outcomeClass: 'certificate',
      item: 'MANDARIN-TEST',
      issuer: '山西省语言文字培训测试中心',
    });
    const key = randomUUID();
    const automatic = await cases.step(test, 'submission', learner.key, {}, key).expect(200);
    expect(automatic.body).toMatchObject({ state: 'recognised', standard: { credit: '1.00', assessed: true } });
    const again = await cases.step(test, 'submission', learner.key, {}, key).expect(200);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(automatic.body);
    expect(await cases.available(learner)).toEqual({ vocational: '3.00' });
  });

  it.each([
    ['a grade below the minimum', { item: 'ELDERLY-CARE-5', grade: 59 }, 'grade-below-minimum'],
    ['no grade where one is asked', { item: 'ELDERLY-CARE-5' }, 'grade-below-minimum'],
    ['an issuer that is not named', { item: 'ELDERLY-CARE-5', grade: 90, issuer: '某某公司' }, 'issuer-not-accepted'],
    ['an item that is not there', { item: 'NOTHING' }, 'catalogue-item-unknown'],
    [
      'a day before the item was in force',
      { item: 'ELDERLY-CARE-5', grade: 90, obtainedOn: '2019-12-31' },
      'catalogue-item-not-in-force',
    ],
    ['another class', { item: 'ELDERLY-CARE-5', grade: 90, outcomeClass: 'course' }, 'outcome-class-wrong'],
    ['a day to come', { obtainedOn: '2024-06-11' }, 'outcome-not-yet-obtained'],
    ['a certificate without a number', { certificateNumber: null }, 'certificate-number-missing'],
  ])('refuses to take in %s, and the draft stays', async (_, changes, code) => {
    const learner = await seed.learner();
    const id = await cases.draft(learner, {
      outcomeClass: 'certificate',
      issuer: '太原市职业技能鉴定中心',
      ...changes,
    });
    const refused = await cases.step(id, 'submission', learner.key);
    expect(refused.body).toMatchObject({ code });
    expect(await cases.show(id)).toMatchObject({ state: 'draft', standard: null });
  });

  it('needs evidence before it is handed in', async () => {
    const learner = await seed.learner();
    const { recognitionId } = (await cases.enter(learner.key).expect(201)).body as CaseBody;
    const refused = await cases.step(recognitionId, 'submission', learner.key).expect(422);
    expect(refused.body).toMatchObject({ code: 'recognition-evidence-missing', needed: 1, given: 0 });
    const early = await cases.step(recognitionId, 'appeal', learner.key, { comment: '请复核' }).expect(409);
    expect(early.body).toMatchObject({
      detail: '申请现为“草稿”（draft），不能办理“申诉”（appeal）；请先查看申请的最新状态。',
      ...{ state: 'draft', step: 'appeal' },
    });
  });

  it.each([
    ['no type of credit', {}, 'recognition-worth-missing'],
    ['a type that is not there', { creditType: 'music' }, 'credit-type-unknown'],
    [
      'more than one outcome may bring',
      { creditType: 'vocational', standardCredit: '6.01' },
      'recognition-worth-too-high',
    ],
    ['a level that is not there', { creditType: 'vocational', level: 'L9' }, 'level-unknown'],
    ['no credit where there is no rate', { creditType: 'leisure' }, 'recognition-worth-missing'],
  ])('refuses %s at the final review, and nothing changes', async (_, worth, code) => {
    const learner = await seed.learner();
    const id = await cases.submitted(learner);
    await cases.step(id, 'preliminary-review', cases.reviewers[0], { outcome: 'approved' }).expect(200);
    const refused = await cases.step(id, 'final-review', cases.reviewers[1], { outcome: 'approved', ...worth });
    expect(refused.body).toMatchObject({ code });
    expect((await cases.show(id)).state).toBe('preliminarily-approved');
    expect(await cases.available(learner)).toEqual({});
  });

  it('lets the final reviewer put the worth right that the first proposed, field by field', async () => {
    const id = await cases.reviewedOnce(await seed.learner());
    const worth = { outcome: 'approved', standardCredit: '1.50', assessed: true };
    const body = (await cases.step(id, 'final-review', cases.reviewers[1], worth).expect(200)).body as unknown;
    expect(body).toMatchObject({ standard: { credit: '1.50', creditType: 'vocational', assessed: true } });
  });

  it('corrects a case that was sent back, and keeps what it said before', async () => {
    const learner = await seed.learner();
    const id = await cases.submitted(learner);
    const back = { outcome: 'returned', reasonCode: 'DETAILS-DIFFER' };
    await cases.step(id, 'preliminary-review', cases.reviewers[0], back).expect(200);
    const correction = cases.content({ title: '心理服务培训', certificateNumber: 'XL-7' });
    const body = (await cases.step(id, 'correction', learner.key, correction).expect(200)).body as unknown;
    expect(body).toMatchObject({ state: 'returned', title: '心理服务培训', certificateNumber: 'XL-7' });
    await cases.step(id, 'submission', learner.key).expect(200);
    await cases.step(id, 'correction', learner.key, correction).expect(409);
  });

  it.each([
    ['a learner name another', { learnerId: randomUUID() }, 'learner', 404, 'not-found'],
    ['a provider name an account', { learnerId: randomUUID() }, 'provider', 400, 'validation-failed'],
    ['a registrar name nobody', {}, 'registrar', 400, 'validation-failed'],
    ['a wrong card number pass', { cardNumber: '140106000000018' }, 'registrar', 422, 'card-number-invalid'],
    ['attendance alone be an outcome', { outcomeClass: 'activity' }, 'learner', 400, 'validation-failed'],
    ['a number without a letter or digit pass', { certificateNumber: '—/—' }, 'learner', 400, 'validation-failed'],
  ])('does not let %s', async (_, changes, role, status, code) => {
    const learner = await seed.learner();
    const keys: Record<string, string> = { learner: learner.key, provider: seed.provider, registrar: seed.registrar };
    const answer = await cases.enter(keys[role]!, changes);
    expect({ status: answer.status, code: (answer.body as CaseBody).code }).toEqual({ status, code });
  });

  it('may be entered by a provider for the holder of a card, who then owns it', async () => {
    const learner = await seed.learner();
    const body = (await cases.enter(seed.provider, { cardNumber: learner.cardNumber }).expect(201)).body as unknown;
    const { recognitionId } = body as CaseBody;
    expect(await cases.show(recognitionId, learner.key)).toMatchObject({ learnerId: learner.learnerId });
    await cases.upload(recognitionId, seed.provider).expect(201);
    await cases.step(recognitionId, 'submission', seed.provider).expect(200);
    const stranger = await seed.learner();
    for (const key of [stranger.key, await seed.bank.key('provider', { providerId: randomUUID() })]) {
      const hidden = (await seed.bank.get(`/api/v1/recognitions/${recognitionId}`, key).expect(404)).body as unknown;
      expect(hidden).toMatchObject({ code: 'not-found' });
    }
  });
});
