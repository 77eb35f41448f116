import { randomUUID } from 'node:crypto';
import { verify } from '../../src/cli/verify.js';
import { Cases } from '../support/recognition.js';
import { Seed } from '../support/seed.js';

interface Row {
  status: string;
  recognitionId?: string;
  entryId?: string;
  credit?: string;
  problem?: { field: string; code: string; title: string; titleEn: string };
}

describe('results of an accredited project', () => {
  let seed: Seed;
  let cases: Cases;
  beforeAll(async () => {
    seed = await Seed.start();
    cases = await Cases.on(seed);
  });
  afterAll(async () => {
    const said: string[] = [];
    expect({ isSound: await verify(seed.bank.app, (line) => said.push(line)), said }).toMatchObject({ isSound: true });
    await seed.stop();
  });

  const row = (cardNumber: string, changes: object = {}) => ({
    cardNumber,
    certificateNumber: `YX-${randomUUID()}`,
    obtainedOn: '2024-05-18',
    ...changes,
  });
  const send = (rows: object[], item = 'STUDY-TOUR', key = seed.registrar, onceKey?: string) =>
    seed.bank.post('/api/v1/recognition-batches', key, { item, rows }, onceKey);

  it('are recognised row by row; bad rows come back with field and code', async () => {
    const [one, two] = [await seed.learner(), await seed.learner()];
    const taken = row(one.cardNumber);
    await send([taken]).expect(201);
    const body = (
      await send([
        row(two.cardNumber),
        row('140106000000018'),
        row('140106099999992'),
        row(two.cardNumber, { obtainedOn: '2025-06-01' }),
        row(two.cardNumber, { obtainedOn: '2023-05-31' }),
        { ...taken, cardNumber: two.cardNumber },
      ]).expect(201)
    ).body as unknown;
    expect(body).toMatchObject({ recognised: 1, alreadyRecorded: 0, refused: 5 });
    const rows = (body as { rows: Row[] }).rows;
    expect(rows[0]).toMatchObject({ status: 'recognised', credit: '0.66', entryId: `${two.learnerId}.1` });
    expect(rows.slice(1).map(({ problem }) => [problem?.field, problem?.code])).toEqual([
      ['cardNumber', 'card-number-invalid'],
      ['cardNumber', expect.stringMatching(/^card-/)],
      ['obtainedOn', 'project-review-due'],
      ['obtainedOn', 'project-review-due'],
      ['certificateNumber', 'certificate-not-available'],
    ]);
    expect(rows[3]!.problem).toMatchObject({
      title: expect.stringMatching(/\p{Script=Han}/u) as string,
      titleEn: expect.stringMatching(/^[A-Z][^\p{Script=Han}]+$/u) as string,
    });
    expect(await cases.show(rows[0]!.recognitionId!)).toMatchObject({
      state: 'recognised',
      item: 'STUDY-TOUR',
      issuer: '太原社区大学',
      steps: [{ step: 'batch-recognition', state: 'recognised', decision: { item: 'STUDY-TOUR', standard: '0.66' } }],
    });
  });

  it('are safe to send again: twice is once, under the same key and under another', async () => {
    const learner = await seed.learner();
    const rows = [row(learner.cardNumber), row(learner.cardNumber)];
    const key = randomUUID();
    const first = await send([...rows, rows[0]!], 'STUDY-TOUR', seed.registrar, key).expect(201);
    expect(first.body).toMatchObject({ recognised: 2, alreadyRecorded: 1, refused: 0 });
    const replayed = await send([...rows, rows[0]!], 'STUDY-TOUR', seed.registrar, key).expect(201);
    expect(replayed.headers['idempotency-replayed']).toBe('true');
    expect(replayed.body).toEqual(first.body);
    const again = await send(rows).expect(201);
    expect(again.body).toMatchObject({ recognised: 0, alreadyRecorded: 2, refused: 0 });
    expect(await cases.available(learner)).toEqual({ leisure: '1.32' });
  });

  it.each([
    ['an item that is no project', 'ELDERLY-CARE-5', 409, 'catalogue-item-without-project'],
    ['an item that is not there', 'NOTHING', 422, 'catalogue-item-unknown'],
  ])('of %s are refused whole', async (_, item, status, code) => {
    const body = (await send([row('140106000000019')], item).expect(status)).body as unknown;
    expect(body).toMatchObject({ code });
  });

  it.each([
    ['no rows', []],
    ['a row without a day', [{ cardNumber: '1', certificateNumber: 'A1' }]],
    ['a grade that is none', [row('1', { grade: 101 })]],
  ])('with %s are no list', async (_, rows) => {
    const body = (await send(rows).expect(400)).body as unknown;
    expect(body).toMatchObject({ code: 'validation-failed' });
  });

  it('come from registrars only', async () => {
    await send([row('140106000000019')], 'STUDY-TOUR', seed.provider).expect(403);
  });
});
