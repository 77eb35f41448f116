import { randomUUID } from 'node:crypto';
import { verify } from '../../src/cli/verify.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import type { PackFile } from '../../src/policy/domain/pack-file.js';
import { changedPack } from '../support/changed-pack.js';
import { DIALECTS } from '../support/databases.js';
import { Cases, pdf, type CaseBody } from '../support/recognition.js';
import type { Seed, SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';

describe.each(DIALECTS)('recognition at once, on %s,', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let cases: Cases;
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect));
    cases = await Cases.on(seed);
  });
  afterAll(async () => {
    const said: string[] = [];
    const isSound = await verify(seed.bank.app, (line) => said.push(line));
    await stop();
    expect({ isSound, said }).toMatchObject({ isSound: true });
  });

  const entriesOf = async ({ learnerId }: SeededLearner) =>
    (
      await seed.bank.app
        .get(Reader)
        .sql.rows<{ kind: string }>('select kind from journal_entry where learner_id = ?', [learnerId])
    ).length;
  const statusesOf = (answers: { status: number }[]) => answers.map(({ status }) => status).sort();

  it('decides a case once however many reviewers decide it together', async () => {
    const learner = await seed.learner();
    const id = await cases.reviewedOnce(learner);
    const keys = await Promise.all(Array.from({ length: 8 }, () => seed.bank.key('registrar')));
    const answers = await Promise.all(
      keys.map((key, index) =>
        index % 2 === 0
          ? cases.step(id, 'final-review', key, { outcome: 'approved' })
          : cases.step(id, 'final-review', key, { outcome: 'rejected', reasonCode: 'NOT-VERIFIED' }),
      ),
    );
    expect(statusesOf(answers)).toEqual([200, ...Array.from({ length: 7 }, () => 409)]);
    const { state, steps } = await cases.show(id);
    for (const { body } of answers.filter(({ status }) => status === 409))
      expect(body).toMatchObject({ code: 'recognition-step-out-of-turn' });
    expect(steps.filter(({ step }) => step === 'final-review')).toHaveLength(1);
    expect(await entriesOf(learner)).toBe(state === 'recognised' ? 1 : 0);
  });

  it('takes one of many first reviews, and tells the others that the case has gone on', async () => {
    const learner = await seed.learner();
    const id = await cases.submitted(learner);
    const keys = await Promise.all(Array.from({ length: 9 }, () => seed.bank.key('registrar')));
    const opinions = [
      { outcome: 'approved', creditType: 'vocational' },
      { outcome: 'rejected', reasonCode: 'NOT-VERIFIED' },
      { outcome: 'returned', reasonCode: 'UNCLEAR-SCAN' },
    ];
    const answers = await Promise.all(
      keys.map((key, index) => cases.step(id, 'preliminary-review', key, opinions[index % 3])),
    );
    const [winner, ...others] = answers.filter(({ status }) => status === 200);
    expect(others).toEqual([]);
    const { state } = winner!.body as CaseBody;
    for (const { status, body } of answers.filter((answer) => answer !== winner)) {
      expect(status).toBe(409);
      expect(body).toMatchObject({ code: 'recognition-step-out-of-turn', state, step: 'preliminary-review' });
    }
    // What only who opens a case is shown is not in the answer of a step.
    const { granted: _, flags: __, ...after } = await cases.show(id);
    expect(winner!.body).toMatchObject(after);
    expect(after.steps.map(({ step }) => step)).toEqual(['entry', 'evidence', 'submission', 'preliminary-review']);
    expect(await entriesOf(learner)).toBe(0);
  });

  it('lets a withdrawal or a decision happen, never both', async () => {
    const learner = await seed.learner();
    const ids = await Promise.all(Array.from({ length: 6 }, () => cases.reviewedOnce(learner)));
    const answers = await Promise.all(
      ids.flatMap((id) => [
        cases.step(id, 'final-review', cases.reviewers[1], { outcome: 'approved' }),
        cases.step(id, 'withdrawal', learner.key),
      ]),
    );
    for (const [index] of ids.entries())
      expect(statusesOf(answers.slice(index * 2, index * 2 + 2))).toEqual([200, 409]);
    const states = await Promise.all(ids.map(async (id) => (await cases.show(id)).state));
    expect(await entriesOf(learner)).toBe(states.filter((state) => state === 'recognised').length);
  });

  const MANDARIN = {
    outcomeClass: 'certificate',
    item: 'MANDARIN-TEST',
    issuer: '山西省语言文字培训测试中心',
  };

  it.each([
    ['recognised at once', MANDARIN],
    ['handed in for review', {}],
  ])('gives one certificate number to one of many holders, %s', async (_, changes) => {
    const learners = await Promise.all(Array.from({ length: 10 }, () => seed.learner()));
    const number = { certificateNumber: `ZS-${randomUUID()}`, ...changes };
    const drafts = await Promise.all(learners.map((learner) => cases.draft(learner, number)));
    const answers = await Promise.all(drafts.map((id, index) => cases.step(id, 'submission', learners[index]!.key)));
    expect(statusesOf(answers)).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
    const refused = answers.filter(({ status }) => status === 409);
    for (const answer of refused) expect(answer.body).toMatchObject({ code: 'certificate-not-available' });
  });

  it('recognises a certificate once that its holder hands in many times, in cases and in a list', async () => {
    const learner = await seed.learner();
    const number = { certificateNumber: `ZS-${randomUUID()}`, ...MANDARIN };
    const drafts = await Promise.all(Array.from({ length: 6 }, () => cases.draft(learner, number)));
    const answers = await Promise.all(drafts.map((id) => cases.step(id, 'submission', learner.key)));
    expect(statusesOf(answers)).toEqual([200, ...Array.from({ length: 5 }, () => 409)]);
    const rows = [{ cardNumber: learner.cardNumber, certificateNumber: 'YX-1', obtainedOn: '2024-05-18' }];
    const batches = await Promise.all(
      Array.from({ length: 5 }, () =>
        seed.bank.post('/api/v1/recognition-batches', seed.registrar, { item: 'STUDY-TOUR', rows }),
      ),
    );
    expect(batches.reduce((sum, { body }) => sum + (body as { recognised: number }).recognised, 0)).toBe(1);
    expect(await entriesOf(learner)).toBe(2);
  });

  it('never goes over a cap', async () => {
    const learner = await seed.learner();
    const worth = { outcome: 'approved', creditType: 'vocational', standardCredit: '6.00' };
    const ids = await Promise.all(Array.from({ length: 6 }, () => cases.reviewedOnce(learner)));
    const answers = await Promise.all(ids.map((id) => cases.step(id, 'final-review', cases.reviewers[1], worth)));
    // Twenty a year: three whole ones, one cut to 2.00, two refused.
    expect(statusesOf(answers)).toEqual([200, 200, 200, 200, 409, 409]);
    expect(await cases.available(learner)).toEqual({ vocational: '20.00' });
    const credits = answers.flatMap(({ body }) => (body as CaseBody).standard?.credit ?? []);
    expect(credits.sort()).toEqual(['2.00', '6.00', '6.00', '6.00']);
  });

  it('decides an appeal against what was recognised once, and never beside a use of its credit', async () => {
    const learner = await seed.learner();
    const id = await cases.submitted(learner, { outcomeClass: 'unformatted', rawCredit: '0.80' });
    const leisure = { outcome: 'approved', creditType: 'leisure' };
    await cases.step(id, 'preliminary-review', cases.reviewers[0], leisure).expect(200);
    await cases.step(id, 'final-review', cases.reviewers[1], { outcome: 'approved' }).expect(200);
    await cases.step(id, 'appeal', learner.key, { comment: '请重新认定' }).expect(200);
    const keys = await Promise.all(Array.from({ length: 6 }, () => seed.bank.key('registrar')));
    const { learnerId } = learner;
    const conversion = { learnerId, from: 'leisure', to: 'vocational', amount: '0.20' };
    const [converted, ...decided] = await Promise.all([
      seed.bank.post('/api/v1/conversions', seed.registrar, conversion),
      ...keys.map((key, index) =>
        cases.step(
          id,
          'appeal-decision',
          key,
          index % 3 === 2
            ? { outcome: 'dismissed', reasonCode: 'NOT-IN-SCOPE' }
            : { outcome: 'upheld', standardCredit: `0.${5 + index}0` },
        ),
      ),
    ]);
    expect(converted.status).toBe(201);
    const file = await cases.show(id);
    const winners = decided.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    for (const { body } of decided.filter(({ status }) => status !== 200))
      expect(['recognition-step-out-of-turn', 'credit-already-used']).toContain((body as CaseBody).code);
    expect(file.steps.filter(({ step }) => step === 'appeal-decision')).toHaveLength(1);
    const left = Number(file.standard!.credit) - 0.2;
    expect(await cases.available(learner)).toEqual({ leisure: left.toFixed(2), vocational: '0.10' });
    expect(await entriesOf(learner)).toBe(file.standard!.credit === '0.40' ? 2 : 4);
  });

  it('never goes over a cap by appeals that are decided together', async () => {
    const learner = await seed.learner();
    const ids = await Promise.all(
      Array.from({ length: 4 }, async () => (await cases.recognised(learner)).recognitionId),
    );
    await Promise.all(ids.map((id) => cases.step(id, 'appeal', learner.key, { comment: '请重新认定' }).expect(200)));
    const more = { outcome: 'upheld', standardCredit: '6.00' };
    const answers = await Promise.all(ids.map((id) => cases.step(id, 'appeal-decision', cases.reviewers[2], more)));
    // Twenty a year: three get six, and to the fourth its two are left as they were.
    expect(statusesOf(answers)).toEqual([200, 200, 200, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused!.body).toMatchObject({ code: 'recognition-worth-unchanged', credit: '2.00' });
    expect(await cases.available(learner)).toEqual({ vocational: '20.00' });
  });

  it('keeps a file once that is sent many times, and gives one request one answer', async () => {
    const learner = await seed.learner();
    const { recognitionId } = (await cases.enter(learner.key).expect(201)).body as CaseBody;
    const onceKey = randomUUID();
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => cases.upload(recognitionId, learner.key, pdf('same'))),
      ...Array.from({ length: 4 }, () => cases.upload(recognitionId, learner.key, pdf('one'), 'a.pdf', onceKey)),
    ]);
    expect(statusesOf(answers)).toEqual(Array.from({ length: 8 }, () => 201));
    expect((await cases.show(recognitionId)).evidence).toHaveLength(2);
  });
});

/** What is outside the catalogue is decided by a panel of three. */
function panelOfThree(file: PackFile): void {
  file.recognition!.panels = [{ code: 'three', name: { zh: '评议', en: 'Panel' }, seats: 3 }];
}

describe.each(DIALECTS)('a panel that votes at once, on %s,', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let cases: Cases;
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect, { POLICY_FILE: changedPack(panelOfThree) }));
    cases = await Cases.on(seed);
  });
  afterAll(async () => {
    const said: string[] = [];
    const isSound = await verify(seed.bank.app, (line) => said.push(line));
    await stop();
    expect({ isSound, said }).toMatchObject({ isSound: true });
  });

  const AGAINST = { outcome: 'rejected', reasonCode: 'NOT-VERIFIED' };

  it.each([
    ['all are for it', 0, 'recognised'],
    ['half are against', 2, 'either'],
    ['all are against', 1, 'rejected'],
  ])('fills its three seats and no more when %s', async (_, every, end) => {
    const learner = await seed.learner();
    const id = await cases.reviewedOnce(learner);
    const keys = await Promise.all(Array.from({ length: 8 }, () => seed.bank.key('registrar')));
    const answers = await Promise.all(
      keys.map((key, index) =>
        cases.step(id, 'panel-vote', key, every > 0 && index % every === 0 ? AGAINST : { outcome: 'approved' }),
      ),
    );
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.map(({ body }) => (body as CaseBody).code)).toEqual(
      Array.from({ length: 5 }, () => 'recognition-panel-decided'),
    );
    const { state, steps } = await cases.show(id);
    const votes = steps.filter(({ step }) => step === 'panel-vote');
    expect(votes.map((vote) => vote.state)).toEqual(['before-panel', 'before-panel', state]);
    const inFavour = votes.filter((vote) => (vote as unknown as { vote: string }).vote === 'approved').length;
    expect(state).toBe(inFavour >= 2 ? 'recognised' : 'rejected');
    if (end !== 'either') expect(state).toBe(end);
    expect(await cases.available(learner)).toEqual(state === 'recognised' ? { vocational: '2.00' } : {});
  });

  it('counts one vote of somebody who sends many', async () => {
    const id = await cases.reviewedOnce(await seed.learner());
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => cases.step(id, 'panel-vote', cases.reviewers[1], { outcome: 'approved' })),
    );
    const codes = answers.filter(({ status }) => status === 409).map(({ body }) => (body as CaseBody).code);
    expect(codes).toEqual(Array.from({ length: 5 }, () => 'recognition-already-voted'));
    expect(await cases.show(id)).toMatchObject({ state: 'before-panel', panel: { votes: 1 } });
  });
});
