import { randomUUID } from 'node:crypto';
import { verify } from '../../src/cli/verify.js';
import { LotSources } from '../../src/ledger/lot-sources.port.js';
import { Statements } from '../../src/ledger/statements.service.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { Cases, pdf, type CaseBody } from '../support/recognition.js';
import { Seed, type SeededLearner } from '../support/seed.js';

describe('an appeal against what was recognised', () => {
  let seed: Seed;
  let cases: Cases;
  let learner: SeededLearner;
  beforeAll(async () => {
    seed = await Seed.start();
    cases = await Cases.on(seed);
  });
  beforeEach(async () => {
    seed.bank.clock.set('2024-06-10T01:00:00Z');
    learner = await seed.learner();
  });
  afterAll(async () => {
    const said: string[] = [];
    expect({ isSound: await verify(seed.bank.app, (line) => said.push(line)), said }).toMatchObject({ isSound: true });
    await seed.stop();
  });

  const WHY = { comment: '学习量为 120 学时，请重新认定学分' };
  const MORE = { outcome: 'upheld', standardCredit: '3.00', comment: '按学时重新认定' };

  /** A case recognised with 2.00 vocational and disputed by its learner. Gives its id. */
  async function contested(changes: object = {}): Promise<string> {
    const { recognitionId } = await cases.recognised(learner, changes);
    await cases.step(recognitionId, 'appeal', learner.key, WHY).expect(200);
    return recognitionId;
  }

  const decide = (id: string, body: object, key = cases.reviewers[2]) => cases.step(id, 'appeal-decision', key, body);
  const undo = (version: number) =>
    seed.bank.post(`/api/v1/entries/${learner.learnerId}.${version}/reversal`, seed.registrar, { reason: '经查不实' });
  const kindsOf = async () =>
    (
      await seed.bank.app
        .get(Reader)
        .sql.rows<{ kind: string }>('select kind from journal_entry where learner_id = ? order by version', [
          learner.learnerId,
        ])
    ).map(({ kind }) => kind);

  it('keeps the credit while it is heard, and puts the new decision in its place', async () => {
    const id = await contested();
    expect(await cases.show(id)).toMatchObject({ state: 'contested', review: { clock: 'running' }, replaced: [] });
    expect(await cases.available(learner)).toEqual({ vocational: '2.00' });
    const done = (await decide(id, MORE).expect(200)).body as CaseBody;
    expect(done).toMatchObject({
      state: 'recognised',
      standard: { credit: '3.00', creditType: 'vocational', entryId: `${learner.learnerId}.3` },
      replaced: [{ credit: '2.00', creditType: 'vocational', entryId: `${learner.learnerId}.1` }],
      review: { clock: 'stopped' },
    });
    expect(done.steps.slice(-3)).toMatchObject([
      { step: 'final-review', state: 'recognised', decision: { standard: '2.00' } },
      { step: 'appeal', state: 'contested', comment: WHY.comment },
      { step: 'appeal-decision', state: 'recognised', decision: { standard: '3.00' } },
    ]);
    expect(await kindsOf()).toEqual(['recognition', 'reversal', 'recognition']);
    expect(await cases.available(learner)).toEqual({ vocational: '3.00' });
    const entry = (await seed.bank.get(`/api/v1/entries/${learner.learnerId}.2`, learner.key).expect(200))
      .body as object;
    expect(entry).toMatchObject({ kind: 'reversal', reverses: `${learner.learnerId}.1` });
  });

  it.each<[string, object, object]>([
    ['the type', { creditType: 'leisure', standardCredit: '2.00' }, { creditType: 'leisure', credit: '2.00' }],
    ['whether it was assessed', { assessed: true }, { credit: '2.00', assessed: true }],
    ['the amount, downwards as well', { standardCredit: '1.00' }, { credit: '1.00' }],
  ])('may change %s', async (_, worth, standard) => {
    const id = await contested();
    expect((await decide(id, { outcome: 'upheld', ...worth }).expect(200)).body).toMatchObject({ standard });
  });

  it('leaves everything as it was when it is dismissed', async () => {
    const id = await contested();
    const dismissal = { outcome: 'dismissed', reasonCode: 'NOT-IN-SCOPE' };
    expect((await decide(id, { outcome: 'dismissed' }).expect(422)).body).toMatchObject({
      code: 'recognition-reason-needed',
    });
    const body = (await decide(id, dismissal).expect(200)).body as CaseBody;
    expect(body).toMatchObject({ state: 'recognised', standard: { credit: '2.00' }, replaced: [] });
    expect(await kindsOf()).toEqual(['recognition']);
    const again = await cases.step(id, 'appeal', learner.key, WHY).expect(409);
    expect(again.body).toMatchObject({ code: 'recognition-appeal-used' });
  });

  it('is decided by somebody new, and not by who acted for the applicant', async () => {
    const id = await contested();
    for (const key of cases.reviewers.slice(0, 2))
      expect((await decide(id, MORE, key).expect(409)).body).toMatchObject({ code: 'recognition-appeal-not-new' });
    await cases.step(id, 'appeal-decision', learner.key, MORE).expect(403);
    await cases.upload(id, seed.registrar, pdf('another')).expect(201);
    const helper = await decide(id, MORE, seed.registrar).expect(409);
    expect(helper.body).toMatchObject({ code: 'recognition-own-application' });
  });

  it('is no way round a first appeal, and not for a case that was taken back', async () => {
    const rejected = await cases.rejected(learner);
    await cases.step(rejected, 'appeal', learner.key, WHY).expect(200);
    const upheld = { outcome: 'upheld', creditType: 'vocational' };
    const { standard } = (await decide(rejected, upheld).expect(200)).body as CaseBody;
    const again = await cases.step(rejected, 'appeal', learner.key, WHY).expect(409);
    expect(again.body).toMatchObject({ code: 'recognition-appeal-used' });
    await undo(Number(standard!.entryId.split('.')[1])).expect(201);
    const revoked = await cases.step(rejected, 'appeal', learner.key, WHY).expect(409);
    expect(revoked.body).toMatchObject({ code: 'recognition-step-out-of-turn', state: 'revoked' });
  });

  it.each([
    ['2024-08-09T15:59:00Z', 200],
    ['2024-08-09T16:00:00Z', 409],
  ])('at %s against a decision of 10 June is answered with %i', async (instant, status) => {
    const { recognitionId: id } = await cases.recognised(learner);
    seed.bank.clock.set(instant);
    const { body } = (await cases.step(id, 'appeal', learner.key, WHY).expect(status)) as { body: unknown };
    if (status === 409) expect(body).toMatchObject({ code: 'recognition-appeal-too-late', lastDay: '2024-08-09' });
  });

  it('is refused when the new decision is the old one, and when the catalogue says what it is worth', async () => {
    const id = await contested();
    const same = await decide(id, { outcome: 'upheld', standardCredit: '2.00' }).expect(409);
    expect(same.body).toMatchObject({ code: 'recognition-worth-unchanged', credit: '2.00' });
    const high = await decide(id, { outcome: 'upheld', standardCredit: '6.01' }).expect(422);
    expect(high.body).toMatchObject({ code: 'recognition-worth-too-high' });
    const item = { outcomeClass: 'course', item: 'OPEN-COURSE', grade: 80 };
    const other = await cases.submitted(learner, item);
    for (const [step, key] of [
      ['preliminary-review', cases.reviewers[0]],
      ['final-review', cases.reviewers[1]],
    ] as const)
      await cases.step(other, step, key, { outcome: 'approved' }).expect(200);
    await cases.step(other, 'appeal', learner.key, WHY).expect(200);
    const fixed = await decide(other, { outcome: 'upheld', standardCredit: '4.00' }).expect(422);
    expect(fixed.body).toMatchObject({ code: 'recognition-worth-fixed' });
    expect(await kindsOf()).toEqual(['recognition', 'recognition']);
  });

  it('counts the new decision in place of the old one under every cap', async () => {
    const { recognitionId: id } = await cases.recognised(learner);
    for (const standardCredit of ['6.00', '6.00', '4.00']) {
      const other = await cases.reviewedOnce(learner);
      await cases.step(other, 'final-review', cases.reviewers[1], { outcome: 'approved', standardCredit }).expect(200);
    }
    // 18 of 20 a year are taken, 2 of them by the case itself.
    await cases.step(id, 'appeal', learner.key, WHY).expect(200);
    const body = (await decide(id, { outcome: 'upheld', standardCredit: '5.00' }).expect(200)).body as CaseBody;
    expect(body).toMatchObject({ standard: { credit: '4.00' } });
    expect(await cases.available(learner)).toEqual({ vocational: '20.00' });
  });

  it('is refused when the credit was used, and nothing has changed', async () => {
    const id = await cases.submitted(learner, { outcomeClass: 'unformatted', rawCredit: '0.80' });
    const leisure = { outcome: 'approved', creditType: 'leisure' };
    await cases.step(id, 'preliminary-review', cases.reviewers[0], leisure).expect(200);
    await cases.step(id, 'final-review', cases.reviewers[1], { outcome: 'approved' }).expect(200);
    const conversion = await seed.convert(learner, 'leisure', 'vocational', '0.20');
    await cases.step(id, 'appeal', learner.key, WHY).expect(200);
    const refused = await decide(id, { outcome: 'upheld', standardCredit: '0.60' }).expect(409);
    expect(refused.body).toMatchObject({ code: 'credit-already-used' });
    expect(await cases.show(id)).toMatchObject({ state: 'contested', standard: { credit: '0.40' } });
    expect(await kindsOf()).toEqual(['recognition', 'conversion']);
    await seed.reverse(conversion);
    await decide(id, { outcome: 'upheld', standardCredit: '0.60' }).expect(200);
    expect(await cases.available(learner)).toMatchObject({ leisure: '0.60' });
  });

  it('leaves no way to have both: what was replaced cannot be brought back, what replaced it can be undone', async () => {
    const id = await contested();
    await decide(id, MORE).expect(200);
    expect((await undo(1).expect(409)).body).toMatchObject({ code: 'entry-already-reversed' });
    expect((await undo(2).expect(409)).body).toMatchObject({
      code: 'recognition-replaced',
      entryId: `${learner.learnerId}.3`,
    });
    await undo(3).expect(201);
    expect(await cases.show(id)).toMatchObject({ state: 'revoked' });
    expect((await undo(2).expect(409)).body).toMatchObject({ code: 'recognition-replaced' });
    await undo(4).expect(201);
    expect(await cases.show(id)).toMatchObject({ state: 'recognised', standard: { credit: '3.00' } });
    expect(await cases.available(learner)).toEqual({ vocational: '3.00' });
  });

  it('replaces what was taken back and brought back before', async () => {
    const { recognitionId: id } = await cases.recognised(learner);
    await undo(1).expect(201);
    await undo(2).expect(201);
    await cases.step(id, 'appeal', learner.key, WHY).expect(200);
    const body = (await decide(id, MORE).expect(200)).body as CaseBody;
    expect(body).toMatchObject({ standard: { entryId: `${learner.learnerId}.5` } });
    expect(await kindsOf()).toEqual(['recognition', 'reversal', 'reversal', 'reversal', 'recognition']);
    expect(await cases.available(learner)).toEqual({ vocational: '3.00' });
  });

  it('rests while the recognition is taken back, and goes on when that is undone', async () => {
    const id = await contested();
    await undo(1).expect(201);
    expect(await cases.show(id)).toMatchObject({ state: 'revoked', review: { clock: 'stopped' } });
    expect((await decide(id, MORE).expect(409)).body).toMatchObject({ code: 'recognition-step-out-of-turn' });
    await undo(2).expect(201);
    expect(await cases.show(id)).toMatchObject({ state: 'contested', review: { clock: 'running' } });
    await decide(id, MORE).expect(200);
    expect(await cases.available(learner)).toEqual({ vocational: '3.00' });
  });

  it('keeps telling rules of both decisions what was learnt', async () => {
    const id = await contested();
    await decide(id, { ...MORE, assessed: true }).expect(200);
    const { app } = seed.bank;
    const lots = await app.get(Statements).lots(learner.learnerId);
    const facts = await app.get(LotSources).of(app.get(Reader).sql, learner.learnerId, lots);
    expect(lots.map(({ recognised }) => recognised)).toEqual([0, 300]);
    expect([...facts.values()].map(({ isAssessed, title }) => [isAssessed, title])).toEqual([
      [false, '心理健康服务培训'],
      [true, '心理健康服务培训'],
    ]);
  });

  it('gives the same answer to the same decision, and takes nothing of a closed account', async () => {
    const id = await contested();
    const once = randomUUID();
    const send = () => cases.step(id, 'appeal-decision', cases.reviewers[2], MORE, once);
    const first = await send().expect(200);
    const again = await send().expect(200);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const open = await contested();
    const closure = { reason: '本人申请注销' };
    await seed.bank.post(`/api/v1/learners/${learner.learnerId}/closure`, seed.registrar, closure).expect(200);
    expect((await decide(open, MORE).expect(409)).body).toMatchObject({ code: 'account-closed' });
    await decide(open, { outcome: 'dismissed', reasonCode: 'NOT-IN-SCOPE' }).expect(200);
  });
});
