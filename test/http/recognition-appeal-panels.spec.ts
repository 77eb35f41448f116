import { OPERATOR } from '../../src/cli/load.js';
import { verify } from '../../src/cli/verify.js';
import { ExpireCredit } from '../../src/expiry/expiry.port.js';
import type { PackFile } from '../../src/policy/domain/pack-file.js';
import { changedPack } from '../support/changed-pack.js';
import { Cases, type CaseBody } from '../support/recognition.js';
import { Seed, type SeededLearner } from '../support/seed.js';

/** Two decide what has a rate or a worth of its own; leisure credit lasts a year; 4.00 in a lifetime. */
function withPanels(file: PackFile): void {
  const name = { zh: '评议', en: 'Panel' };
  file.recognition!.panels = [{ code: 'two', name, seats: 2, inFavour: 1, appeal: { seats: 3 } }];
  file.creditTypes.find(({ code }) => code === 'leisure')!.validityYears = 1;
  file.caps = [
    {
      ...{ code: 'once', name: { zh: '终身上限', en: 'Cap' }, limit: { credit: '4.00' }, per: 'lifetime' },
      ...{ only: { origins: ['recognition'] }, whenOver: 'refuse' },
    },
  ];
}

describe('a panel that hears an appeal', () => {
  let seed: Seed;
  let cases: Cases;
  let members: string[];
  beforeAll(async () => {
    seed = await Seed.start({ POLICY_FILE: changedPack(withPanels) });
    cases = await Cases.on(seed);
    members = await Promise.all(Array.from({ length: 5 }, () => seed.bank.key('registrar')));
  });
  afterAll(async () => {
    const said: string[] = [];
    expect({ isSound: await verify(seed.bank.app, (line) => said.push(line)), said }).toMatchObject({ isSound: true });
    await seed.stop();
  });

  const AGAINST = { outcome: 'dismissed', reasonCode: 'NOT-IN-SCOPE' };
  const hear = (id: string, member: number, body: object = { outcome: 'upheld' }) =>
    cases.step(id, 'appeal-decision', members[member]!, body);
  /** A case that two recognised or rejected, and that is appealed. */
  const appealed = async (learner: SeededLearner, outcome: string, worth: object = {}, changes: object = {}) => {
    const id = await cases.submitted(learner, changes);
    const approval = { outcome: 'approved', creditType: 'vocational', ...worth };
    await cases.step(id, 'preliminary-review', cases.reviewers[0], approval).expect(200);
    const vote = { outcome, reasonCode: 'NOT-IN-SCOPE' };
    for (const key of members.slice(0, 2)) await cases.step(id, 'panel-vote', key, vote).expect(200);
    await cases.step(id, 'appeal', learner.key, { comment: '请复核' }).expect(200);
    return id;
  };

  it('replaces what was recognised when most uphold it, though the last is against', async () => {
    const learner = await seed.learner();
    const id = await appealed(learner, 'approved');
    expect(await cases.show(id)).toMatchObject({ state: 'contested', panel: { seats: 3, votes: 0, onAppeal: true } });
    await hear(id, 2, { outcome: 'upheld', standardCredit: '3.00' }).expect(200);
    const second = (await hear(id, 3).expect(200)).body as CaseBody;
    expect(second).toMatchObject({ state: 'contested', standard: { credit: '2.00' } });
    const last = (await hear(id, 4, AGAINST).expect(200)).body as CaseBody;
    expect(last).toMatchObject({ state: 'recognised', standard: { credit: '3.00' }, replaced: [{ credit: '2.00' }] });
    expect(await cases.available(learner)).toEqual({ vocational: '3.00' });
  });

  it('leaves what was recognised when most dismiss it', async () => {
    const learner = await seed.learner();
    const id = await appealed(learner, 'approved');
    await hear(id, 2, { outcome: 'upheld', standardCredit: '3.00' }).expect(200);
    await hear(id, 3, AGAINST).expect(200);
    const last = (await hear(id, 4, AGAINST).expect(200)).body as CaseBody;
    expect(last).toMatchObject({ state: 'recognised', standard: { credit: '2.00' }, review: { clock: 'stopped' } });
    expect(await cases.available(learner)).toEqual({ vocational: '2.00' });
  });

  it('has two last votes at once decide once', async () => {
    const learner = await seed.learner();
    const id = await appealed(learner, 'rejected');
    await hear(id, 2).expect(200);
    const both = await Promise.all([hear(id, 3), hear(id, 4)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(await cases.show(id)).toMatchObject({ state: 'recognised', panel: { votes: 3 } });
    expect(await cases.available(learner)).toEqual({ vocational: '2.00' });
  });

  it('dismisses what the rules refuse by the time all have voted, and says why', async () => {
    const learner = await seed.learner();
    const ids = [
      await appealed(learner, 'rejected'),
      await appealed(learner, 'rejected'),
      await appealed(learner, 'rejected'),
    ];
    for (const member of [2, 3, 4]) for (const id of ids) await hear(id, member).expect(200);
    const last = await cases.show(ids[2]!);
    expect(last).toMatchObject({ state: 'appeal-dismissed', standard: null });
    expect(last.steps.at(-1)).toMatchObject({ vote: 'upheld', refusal: 'recognition-cap-reached' });
    expect(await cases.available(learner)).toEqual({ vocational: '4.00' });
  });

  it('dismisses what would replace credit that has expired meanwhile', async () => {
    const learner = await seed.learner();
    seed.bank.clock.set('2024-05-21T02:00:00Z');
    const leisure = { creditType: 'leisure', standardCredit: '1.00' };
    const id = await appealed(learner, 'approved', leisure, { obtainedOn: '2023-05-22' });
    await hear(id, 2, { outcome: 'upheld', creditType: 'vocational' }).expect(200);
    await hear(id, 3).expect(200);
    seed.bank.clock.set('2024-05-24T02:00:00Z');
    await seed.bank.app.get(ExpireCredit).run(OPERATOR);
    const last = (await hear(id, 4).expect(200)).body as CaseBody;
    expect(last).toMatchObject({ state: 'recognised', standard: { credit: '1.00' } });
    expect(last.steps.at(-1)).toMatchObject({ refusal: 'credit-expired' });
    seed.bank.clock.set('2024-06-10T01:00:00Z');
  });
});
