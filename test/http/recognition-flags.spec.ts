import { Cases, pdf, type CaseBody } from '../support/recognition.js';
import { Seed, type SeededLearner } from '../support/seed.js';

interface Flag {
  code: string;
  count: number;
  cases: { recognitionId: string; sameLearner: boolean }[];
  entries: string[];
}

describe('flags of a case', () => {
  let seed: Seed;
  let cases: Cases;
  beforeAll(async () => {
    seed = await Seed.start();
    cases = await Cases.on(seed);
  });
  afterAll(() => seed.stop());

  /** A draft with one file of a text. */
  const withFile = async (learner: SeededLearner, text: string, changes: object = {}) => {
    const { recognitionId } = (await cases.enter(learner.key, changes).expect(201)).body as CaseBody;
    await cases.upload(recognitionId, learner.key, pdf(text)).expect(201);
    return recognitionId;
  };
  const flagsOf = async (id: string, key?: string) => (await cases.show(id, key))['flags'] as Flag[] | null;

  it('name the other cases the same file was given in for, of the same person or of others', async () => {
    const [learner, other] = [await seed.learner(), await seed.learner()];
    const first = await withFile(learner, 'shared', { title: '甲' });
    const second = await withFile(learner, 'shared', { title: '乙' });
    const theirs = await withFile(other, 'shared', { title: '丙' });
    await withFile(other, 'of its own', { title: '丁' });
    /** As they are named: oldest first, those of one instant by id. */
    const named = (ofOwn: string[], ofOthers: string[]) =>
      [...ofOwn, ...ofOthers].sort().map((id) => ({ recognitionId: id, sameLearner: ofOwn.includes(id) }));
    expect(await flagsOf(first)).toEqual([
      { code: 'evidence-seen-before', count: 2, cases: named([second], [theirs]), entries: [] },
    ]);
    expect(await flagsOf(theirs)).toMatchObject([{ count: 2, cases: named([], [first, second]) }]);
    expect(await flagsOf(first, await seed.bank.key('auditor'))).toHaveLength(1);
  });

  it('are not shown to a learner or a provider', async () => {
    const learner = await seed.learner();
    const body = (await cases.enter(seed.provider, { cardNumber: learner.cardNumber }).expect(201)).body as CaseBody;
    await cases.upload(body.recognitionId, seed.provider, pdf('shared')).expect(201);
    expect(await flagsOf(body.recognitionId)).toHaveLength(1);
    for (const key of [learner.key, seed.provider]) expect(await flagsOf(body.recognitionId, key)).toBeNull();
  });

  it('tell of other cases of the person for the same item or title, but for those taken back', async () => {
    const learner = await seed.learner();
    const care = { outcomeClass: 'certificate', item: 'ELDERLY-CARE-5', title: '养老护理员（五级）' };
    const first = await withFile(learner, 'a', care);
    const same = await withFile(learner, 'b', { ...care, title: '养老 护理员(五级)' });
    const otherTitle = await withFile(learner, 'c', { ...care, title: '护理证书' });
    const back = await withFile(learner, 'd', care);
    await cases.step(back, 'withdrawal', learner.key).expect(200);
    await withFile(await seed.learner(), 'e', care);
    const told = (await flagsOf(first))!.map(({ code, count, cases: named }) => [
      code,
      count,
      named.map(({ recognitionId }) => recognitionId),
    ]);
    expect(told).toEqual([
      ['same-item', 2, [same, otherTitle].sort()],
      ['same-title', 1, [same]],
    ]);
  });

  it('tell of a course passed here under the title, and do not hinder what the pack allows', async () => {
    const learner = await seed.learner();
    const gated = { activityType: 'VOCATIONAL_COURSE', creditType: 'vocational', plannedSessions: 5 };
    const courseId = await seed.course({ ...gated, title: '养老护理 1' });
    await seed.attendDays(courseId, learner, 4);
    const rows = [{ cardNumber: learner.cardNumber, grade: 90 }];
    const answer = await seed.bank.post(`/api/v1/courses/${courseId}/completions`, seed.provider, { rows }).expect(201);
    const [row] = (answer.body as { rows: { entryId: string }[] }).rows;
    const id = await cases.submitted(learner, { title: '养老护理（1）' });
    expect(await flagsOf(id)).toEqual([
      { code: 'title-of-passed-course', count: 1, cases: [], entries: [row!.entryId] },
    ]);
  });
});
