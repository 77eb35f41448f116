import { randomUUID } from 'node:crypto';
import { verify } from '../../src/cli/verify.js';
import { LotSources } from '../../src/ledger/lot-sources.port.js';
import { Statements } from '../../src/ledger/statements.service.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { Cases } from '../support/recognition.js';
import { Seed, type SeededLearner } from '../support/seed.js';

describe('a recognition in the book', () => {
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

  const undo = (learner: SeededLearner, version: number, key = seed.registrar) =>
    seed.bank.post(`/api/v1/entries/${learner.learnerId}.${version}/reversal`, key, { reason: '证书经查不实' });

  it('says what was learnt to every rule that asks', async () => {
    const learner = await seed.learner();
    const care = { outcomeClass: 'certificate', item: 'ELDERLY-CARE-5', issuer: '太原市职业技能鉴定中心', grade: 75 };
    const id = await cases.submitted(learner, care);
    await cases.step(id, 'preliminary-review', cases.reviewers[0], { outcome: 'approved' }).expect(200);
    const { app } = seed.bank;
    const lots = await app.get(Statements).lots(learner.learnerId);
    expect(lots).toMatchObject([{ recognised: 200, earnedOn: '2024-05-20', validUntil: '2029-05-20' }]);
    const sources = await app.get(LotSources).of(app.get(Reader).sql, learner.learnerId, lots);
    expect([...sources.values()]).toEqual([
      {
        origin: 'recognition',
        outcomeClass: 'certificate',
        creditType: 'vocational',
        activityType: null,
        item: 'ELDERLY-CARE-5',
        title: '心理健康服务培训',
        provider: '太原市职业技能鉴定中心',
        level: null,
        isAssessed: true,
        grade: 75,
        startsOn: '2024-05-20',
        endsOn: '2024-05-20',
        postedOn: '2024-06-10',
      },
    ]);
  });

  it('is taken back by a registrar with a reason: the case is revoked, the certificate free', async () => {
    const [one, two] = [await seed.learner(), await seed.learner()];
    const number = { certificateNumber: `R-${randomUUID()}` };
    const { recognitionId } = await cases.recognised(one, number);
    await undo(one, 1, seed.provider).expect(404);
    await undo(one, 1).expect(201);
    const revoked = await cases.show(recognitionId, one.key);
    expect(revoked).toMatchObject({ state: 'revoked', standard: { credit: '2.00' } });
    expect(revoked.steps.at(-1)).toMatchObject({ step: 'revocation', comment: '证书经查不实' });
    expect((await cases.available(one))['vocational'] ?? '0.00').toBe('0.00');
    await cases.recognised(two, number);
    const refused = await undo(one, 2).expect(409);
    expect(refused.body).toMatchObject({ code: 'certificate-not-available' });
  });

  it('comes back when its reversal is undone, and holds its certificate again', async () => {
    const [one, two] = [await seed.learner(), await seed.learner()];
    const number = { certificateNumber: `R-${randomUUID()}` };
    const { recognitionId } = await cases.recognised(one, number);
    await undo(one, 1).expect(201);
    await undo(one, 2).expect(201);
    expect(await cases.show(recognitionId)).toMatchObject({ state: 'recognised' });
    expect(await cases.available(one)).toEqual({ vocational: '2.00' });
    const late = await cases.draft(two, number);
    await cases.step(late, 'submission', two.key).expect(409);
    await undo(one, 3).expect(201);
    expect(await cases.show(recognitionId)).toMatchObject({ state: 'revoked' });
    await undo(one, 1).expect(409);
  });

  it('stays while its credit is used, and shows what a conversion granted for it', async () => {
    const learner = await seed.learner();
    const id = await cases.submitted(learner, { outcomeClass: 'unformatted', rawCredit: '0.80' });
    const leisure = { outcome: 'approved', creditType: 'leisure' };
    await cases.step(id, 'preliminary-review', cases.reviewers[0], leisure).expect(200);
    await cases.step(id, 'final-review', cases.reviewers[1], { outcome: 'approved' }).expect(200);
    const conversion = await seed.convert(learner, 'leisure', 'vocational', '0.20');
    const refused = await undo(learner, 1).expect(409);
    expect(refused.body).toMatchObject({ code: 'credit-already-used' });
    expect(await cases.show(id)).toMatchObject({
      state: 'recognised',
      raw: { credit: '0.80' },
      standard: { credit: '0.40', policyVersion: 'taiyuan-default@2024.1' },
      granted: [
        {
          conversionId: conversion,
          rule: 'leisure-to-vocational',
          policyVersion: 'taiyuan-default@2024.1',
          taken: '0.20',
          granted: [{ creditType: 'vocational', credit: '0.10' }],
        },
      ],
    });
    await seed.reverse(conversion);
    expect(await cases.show(id)).toMatchObject({ granted: [] });
    await undo(learner, 1).expect(201);
  });

  it('is named on the entry page and on a transcript', async () => {
    const learner = await seed.learner();
    await cases.recognised(learner);
    const page = await seed.bank.get(`/entries/${learner.learnerId}.1`, learner.key).expect(200);
    for (const words of [
      '成果认定',
      '心理健康服务培训',
      '山西省示例培训中心',
      '证书所载原始学分 4.00',
      '认定标准学分 2.00',
    ])
      expect(page.text).toContain(words);
    const serial = await seed.transcript(learner);
    const transcript = await seed.bank.get(`/transcripts/${serial}`, learner.key).expect(200);
    expect(transcript.text).toContain('心理健康服务培训');
  });
});
