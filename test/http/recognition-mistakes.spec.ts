import { Cases, type CaseBody } from '../support/recognition.js';
import { Seed } from '../support/seed.js';

interface Told {
  code: string;
  errors: { pointer: string; code: string; detail: string }[];
}

describe('a case with several mistakes', () => {
  let seed: Seed;
  let cases: Cases;
  beforeAll(async () => {
    seed = await Seed.start();
    cases = await Cases.on(seed);
  });
  afterAll(() => seed.stop());

  const CARE = { outcomeClass: 'certificate', item: 'ELDERLY-CARE-5', issuer: '太原市职业技能鉴定中心', grade: 90 };
  const told = (body: unknown) => (body as Told).errors.map(({ pointer, code }) => `${pointer} ${code}`);

  it('is told of all of them when it is handed in, the first giving the problem its code', async () => {
    const learner = await seed.learner();
    const holder = await seed.learner();
    await cases.submitted(holder, { certificateNumber: 'TAKEN-1', issuer: '某某公司' });
    const changes = {
      ...{ ...CARE, outcomeClass: 'training', grade: 12, issuer: '某某公司' },
      ...{ certificateNumber: 'TAKEN-1', obtainedOn: '2024-06-11' },
    };
    const { recognitionId } = (await cases.enter(learner.key, changes).expect(201)).body as CaseBody;
    const refused = await cases.step(recognitionId, 'submission', learner.key).expect(422);
    expect(refused.body).toMatchObject({ code: 'outcome-not-yet-obtained', obtainedOn: '2024-06-11' });
    expect(told(refused.body)).toEqual([
      '/obtainedOn outcome-not-yet-obtained',
      '/outcomeClass outcome-class-wrong',
      '/issuer issuer-not-accepted',
      '/grade grade-below-minimum',
      '/evidence recognition-evidence-missing',
      '/certificateNumber certificate-not-available',
    ]);
    const { errors } = refused.body as Told;
    expect(errors[1]!.detail).toBe(
      '目录项目 ELDERLY-CARE-5 的类别是“证书”（certificate），申请写的是“培训”（training）。 ' +
        'The catalogue item ELDERLY-CARE-5 is of the class certificates (certificate), the case says training (training).',
    );
    expect(errors.every(({ detail }) => /\p{Script=Han}.* [A-Z]/u.test(detail))).toBe(true);
    expect(await cases.show(recognitionId)).toMatchObject({ state: 'draft' });
  });

  it('keeps the code of a single mistake, and lists it all the same', async () => {
    const learner = await seed.learner();
    const { recognitionId } = (await cases.enter(learner.key).expect(201)).body as CaseBody;
    const refused = await cases.step(recognitionId, 'submission', learner.key).expect(422);
    expect(refused.body).toMatchObject({ code: 'recognition-evidence-missing', needed: 1, given: 0 });
    expect(told(refused.body)).toEqual(['/evidence recognition-evidence-missing']);
  });

  it('gives the same answer when it is asked for again under its key', async () => {
    const learner = await seed.learner();
    const { recognitionId } = (await cases.enter(learner.key, { ...CARE, grade: 1 }).expect(201)).body as CaseBody;
    const answers = [];
    for (let time = 0; time < 2; time += 1)
      answers.push(await cases.step(recognitionId, 'submission', learner.key, {}, 'mistakes-once').expect(409));
    expect(answers[1]!.headers['idempotency-replayed']).toBe('true');
    expect(told(answers[1]!.body)).toEqual(told(answers[0]!.body));
  });

  it('says so of an item that nobody reviews, too', async () => {
    const learner = await seed.learner();
    const MANDARIN = { outcomeClass: 'certificate', item: 'MANDARIN-TEST', certificateNumber: null };
    const id = await cases.draft(learner, MANDARIN);
    const refused = await cases.step(id, 'submission', learner.key).expect(422);
    expect(told(refused.body)).toContain('/issuer issuer-not-accepted');
    expect(told(refused.body)).toContain('/certificateNumber certificate-number-missing');
  });

  it('is told to the reviewer who names the worth, everything at once', async () => {
    const learner = await seed.learner();
    const id = await cases.submitted(learner);
    const worth = { outcome: 'approved', creditType: 'vocational', standardCredit: '6.01', level: 'L9' };
    const refused = await cases.step(id, 'preliminary-review', cases.reviewers[0], worth).expect(422);
    expect(refused.body).toMatchObject({ code: 'recognition-worth-too-high', limit: '6.00', asked: '6.01' });
    expect(told(refused.body)).toEqual(['/standardCredit recognition-worth-too-high', '/level level-unknown']);
    expect((await cases.show(id)).state).toBe('submitted');
  });

  it('is told row by row in a list of an accredited project', async () => {
    const learner = await seed.learner();
    const rows = [{ cardNumber: learner.cardNumber, certificateNumber: 'P-1', obtainedOn: '2024-06-11', grade: 1 }];
    const body = { item: 'STUDY-TOUR', rows };
    const answer = (await seed.bank.post('/api/v1/recognition-batches', seed.registrar, body).expect(201))
      .body as unknown;
    const [row] = (answer as { rows: { status: string; problem: Told & { field: string } }[] }).rows;
    expect(row).toMatchObject({ status: 'refused', problem: { field: 'obtainedOn' } });
    expect(row!.problem.errors[0]!.code).toBe(row!.problem.code);
  });
});
