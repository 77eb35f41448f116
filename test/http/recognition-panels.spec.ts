import { randomUUID } from 'node:crypto';
import { verify } from '../../src/cli/verify.js';
import type { PackFile } from '../../src/policy/domain/pack-file.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.service.js';
import { changedPack } from '../support/changed-pack.js';
import { Cases, type CaseBody } from '../support/recognition.js';
import { Seed, type SeededLearner } from '../support/seed.js';

/** What counts by a rate is decided by three; a new standard by five, one of them an expert of five years. */
function withPanels(file: PackFile): void {
  file.recognition!.panels = [
    { code: 'collective', name: { zh: '集体评议', en: 'Collective review' }, standards: ['rate'], seats: 3 },
    {
      ...{ code: 'new-standard', name: { zh: '新标准评议', en: 'New standard' }, standards: ['new'], seats: 5 },
      experts: { seats: 1, years: 5 },
    },
  ];
  file.caps = [
    {
      ...{ code: 'once', name: { zh: '上限', en: 'Cap' }, limit: { credit: '4.00' }, per: 'lifetime' },
      ...{ only: { origins: ['recognition'] }, whenOver: 'refuse' },
    },
  ];
}

describe('a panel', () => {
  let seed: Seed;
  let cases: Cases;
  let members: string[];
  let expert: string;
  beforeAll(async () => {
    seed = await Seed.start({ POLICY_FILE: changedPack(withPanels) });
    cases = await Cases.on(seed);
    members = await Promise.all(Array.from({ length: 6 }, () => seed.bank.key('registrar')));
    const grant = { role: 'registrar' as const, label: '行业专家', expertSince: '2019-06-10' };
    expert = (await seed.bank.app.get(ApiKeys).issue(grant)).key;
  });
  afterAll(async () => {
    const said: string[] = [];
    expect({ isSound: await verify(seed.bank.app, (line) => said.push(line)), said }).toMatchObject({ isSound: true });
    await seed.stop();
  });

  const FOR = { outcome: 'approved', comment: '学习量与学分相称' };
  const AGAINST = { outcome: 'rejected', reasonCode: 'NOT-IN-SCOPE' };
  const vote = (id: string, key: string, body: object = FOR, once?: string) =>
    cases.step(id, 'panel-vote', key, body, once);

  it('recognises what more than half of it are for, once all have voted', async () => {
    const learner = await seed.learner();
    const id = await cases.reviewedOnce(learner);
    expect(await cases.show(id)).toMatchObject({
      state: 'before-panel',
      panel: { code: 'collective', seats: 3, inFavour: 2, expertSeats: 0, votes: 0 },
      review: { clock: 'running' },
    });
    await vote(id, members[0]!).expect(200);
    const second = (await vote(id, members[1]!, AGAINST).expect(200)).body as CaseBody;
    expect(second).toMatchObject({ state: 'before-panel', panel: { votes: 2 }, standard: null });
    const third = (await vote(id, members[2]!).expect(200)).body as CaseBody;
    expect(third).toMatchObject({ state: 'recognised', standard: { credit: '2.00' }, review: { clock: 'stopped' } });
    expect(third.steps.slice(-3)).toMatchObject([
      { step: 'panel-vote', state: 'before-panel', vote: 'approved', comment: '学习量与学分相称', expert: false },
      { step: 'panel-vote', state: 'before-panel', vote: 'rejected', reasonCode: 'NOT-IN-SCOPE' },
      { step: 'panel-vote', state: 'recognised', vote: 'approved', decision: { standard: '2.00' } },
    ]);
    expect(await cases.available(learner)).toEqual({ vocational: '2.00' });
    const late = (await vote(id, members[3]!).expect(409)).body as CaseBody;
    expect(late).toMatchObject({ code: 'recognition-panel-decided', state: 'recognised' });
  });

  it('rejects what too few are for, and as many new people hear the appeal', async () => {
    const learner = await seed.learner();
    const id = await cases.reviewedOnce(learner);
    await vote(id, members[0]!).expect(200);
    await vote(id, members[1]!, AGAINST).expect(200);
    expect((await vote(id, members[2]!, AGAINST).expect(200)).body).toMatchObject({ state: 'rejected' });
    await cases.step(id, 'appeal', learner.key, { comment: '请复核' }).expect(200);
    const hear = (key: string, body: object = { outcome: 'upheld' }) => cases.step(id, 'appeal-decision', key, body);
    const own = await hear(members[0]!).expect(409);
    expect(own.body).toMatchObject({ code: 'recognition-appeal-not-new' });
    const first = (await hear(members[3]!).expect(200)).body as CaseBody;
    const panel = { code: 'collective', seats: 3, inFavour: 2, votes: 1, onAppeal: true };
    expect(first).toMatchObject({ state: 'appealed', panel, review: { clock: 'running' }, standard: null });
    expect((await hear(members[3]!).expect(409)).body).toMatchObject({ code: 'recognition-already-voted' });
    const named = await hear(members[4]!, { outcome: 'upheld', standardCredit: '1.00' }).expect(409);
    expect(named.body).toMatchObject({ code: 'recognition-worth-named' });
    await hear(members[4]!, { outcome: 'dismissed' }).expect(422);
    await hear(members[4]!, { outcome: 'dismissed', reasonCode: 'NOT-IN-SCOPE' }).expect(200);
    const last = (await hear(members[5]!).expect(200)).body as CaseBody;
    expect(last).toMatchObject({ state: 'recognised', standard: { credit: '2.00' }, panel: { votes: 3 } });
    expect(last.steps.slice(-3)).toMatchObject([{ vote: 'upheld' }, { vote: 'dismissed' }, { vote: 'upheld' }]);
    expect(await cases.available(learner)).toEqual({ vocational: '2.00' });
    expect((await hear(cases.reviewers[2]).expect(409)).body).toMatchObject({ code: 'recognition-panel-decided' });
  });

  it('has every member vote once, and neither first reviewer nor applicant among them', async () => {
    const learner = await seed.learner();
    const entered = (await cases.enter(members[0]!, { learnerId: learner.learnerId }).expect(201)).body as CaseBody;
    const { recognitionId: id } = entered;
    await cases.upload(id, learner.key).expect(201);
    await cases.step(id, 'submission', learner.key).expect(200);
    const approval = { outcome: 'approved', creditType: 'vocational' };
    await cases.step(id, 'preliminary-review', members[1]!, approval).expect(200);
    await vote(id, members[2]!).expect(200);
    for (const [key, code] of [
      [members[0]!, 'recognition-own-application'],
      [members[1]!, 'recognition-same-reviewer'],
      [members[2]!, 'recognition-already-voted'],
    ] as const)
      expect((await vote(id, key).expect(409)).body).toMatchObject({ code });
    await vote(id, learner.key).expect(403);
    await vote(id, members[3]!, { outcome: 'rejected' }).expect(422);
    await vote(id, members[3]!, { outcome: 'returned', reasonCode: 'UNCLEAR-SCAN' }).expect(400);
    expect((await cases.show(id)).steps.filter(({ step }) => step === 'panel-vote')).toHaveLength(1);
  });

  it('keeps the last seat for an expert where it sets a new standard', async () => {
    const learner = await seed.learner();
    const id = await cases.submitted(learner);
    const own = { outcome: 'approved', creditType: 'vocational', standardCredit: '1.50' };
    await cases.step(id, 'preliminary-review', cases.reviewers[0], own).expect(200);
    for (const key of members.slice(0, 4)) await vote(id, key).expect(200);
    const refused = await vote(id, members[4]!).expect(409);
    expect(refused.body).toMatchObject({ code: 'recognition-expert-needed', seats: 1, years: 5 });
    const done = (await vote(id, expert).expect(200)).body as CaseBody;
    expect(done).toMatchObject({ state: 'recognised', standard: { credit: '1.50' } });
    expect(done.steps.at(-1)).toMatchObject({ expert: true });
  });

  it('can be left by withdrawal, and gives the same answer to the same vote', async () => {
    const learner = await seed.learner();
    const id = await cases.reviewedOnce(learner);
    const once = randomUUID();
    const first = await vote(id, members[0]!, FOR, once).expect(200);
    const again = await vote(id, members[0]!, FOR, once).expect(200);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    await cases.step(id, 'withdrawal', learner.key).expect(200);
    expect((await vote(id, members[1]!).expect(409)).body).toMatchObject({ code: 'recognition-withdrawn' });
  });

  it('rejects what the rules refuse by the time all have voted, and says why', async () => {
    const learner = await seed.learner();
    const ids = await Promise.all(Array.from({ length: 3 }, () => cases.reviewedOnce(learner)));
    for (const key of members.slice(0, 3)) for (const id of ids) await vote(id, key).expect(200);
    const last = await cases.show(ids[2]!);
    expect(last).toMatchObject({ state: 'rejected', standard: null });
    const { decision } = last.steps.at(-1) as unknown as { decision: { checks: { code: string | null }[] } };
    expect(decision.checks.flatMap(({ code }) => code ?? [])).toEqual(['recognition-cap-reached']);
    expect(await cases.available(learner)).toEqual({ vocational: '4.00' });
  });

  it('wants to know the worth before it votes', async () => {
    const learner: SeededLearner = await seed.learner();
    const id = await cases.submitted(learner);
    const unsaid = await cases.step(id, 'preliminary-review', cases.reviewers[0], { outcome: 'approved' }).expect(422);
    expect(unsaid.body).toMatchObject({ code: 'recognition-worth-missing' });
    expect((await cases.show(id)).state).toBe('submitted');
  });
});
