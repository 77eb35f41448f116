import type { PackFile } from '../../src/policy/domain/pack-file.js';
import { Cases } from '../support/recognition.js';
import { Seed, type SeededLearner } from '../support/seed.js';
import { tried } from '../support/what-if.js';

const CARE = { outcomeClass: 'certificate', item: 'ELDERLY-CARE-5', issuer: '太原市职业技能鉴定中心', grade: 80 };
const MANDARIN = { outcomeClass: 'certificate', item: 'MANDARIN-TEST', issuer: '山西省语言文字培训测试中心' };

describe('a draft tried on recognitions', () => {
  let seed: Seed;
  let cases: Cases;
  const who: Record<string, SeededLearner> = {};

  const care = async (learner: SeededLearner) => {
    const id = await cases.submitted(learner, CARE);
    // The reviewer repeats what the catalogue of that day says.
    const approval = { outcome: 'approved', creditType: 'vocational', standardCredit: '2.00' };
    await cases.step(id, 'preliminary-review', cases.reviewers[0], approval).expect(200);
  };
  const mandarin = async (learner: SeededLearner) => cases.submitted(learner, MANDARIN);
  const byReview = async (learner: SeededLearner, standardCredit: string) => {
    const id = await cases.submitted(learner, { outcomeClass: 'training', rawCredit: '4.00' });
    const approval = { outcome: 'approved', creditType: 'vocational', standardCredit };
    await cases.step(id, 'preliminary-review', cases.reviewers[0], approval).expect(200);
    await cases.step(id, 'final-review', cases.reviewers[1], { outcome: 'approved' }).expect(200);
  };

  beforeAll(async () => {
    seed = await Seed.start();
    cases = await Cases.on(seed);
    for (const name of ['item', 'gone', 'rate', 'reviewed', 'both', 'revoked', 'appealed'])
      who[name] = await seed.learner();
    await care(who['item']!);
    await mandarin(who['gone']!);
    await cases.recognised(who['rate']!);
    await byReview(who['reviewed']!, '1.50');
    await care(who['both']!);
    await cases.recognised(who['both']!);
    const revoked = await cases.show(await mandarin(who['revoked']!));
    await seed.reverse(revoked.standard!.entryId);
    // Recognised by the rate as 2.00; upheld on appeal as leisure credit, by no rate, of 3.00.
    const { recognitionId } = await cases.recognised(who['appealed']!);
    await cases.step(recognitionId, 'appeal', who['appealed']!.key, { comment: '学时更多' }).expect(200);
    const upheld = { outcome: 'upheld', comment: '核实', creditType: 'leisure', standardCredit: '3.00' };
    await cases.step(recognitionId, 'appeal-decision', cases.reviewers[2], upheld).expect(200);
  });
  afterAll(() => seed.stop());

  const itemOf = ({ recognition }: PackFile, code: string) =>
    recognition!.catalogue!.find((each) => each.code === code)!;
  const ofLearners = (some: { learnerId: string; difference: string }[]) =>
    Object.fromEntries(
      some.map(({ learnerId, difference }) => [
        Object.keys(who).find((name) => who[name]!.learnerId === learnerId)!,
        difference,
      ]),
    );

  it('that says the same changes nothing, and what it says is what the book has', async () => {
    const report = await tried(seed, () => {});
    expect(report).toMatchObject({ learners: 6, gain: 0, lose: 0, newlyRefused: [] });
    // 2.00 + 1.00 + 2.00 + 1.50 + (2.00 + 2.00)
    expect(report.byCreditType).toMatchObject([
      { group: 'leisure', learners: 1, before: '3.00', after: '3.00' },
      { group: 'vocational', learners: 5, before: '10.50', after: '10.50' },
    ]);
  });

  it('decides anew by item, by rate and by caps, and keeps what a reviewer said', async () => {
    const report = await tried(seed, (file) => {
      itemOf(file, 'ELDERLY-CARE-5').credit = '1.00';
      file.recognition!.catalogue = file.recognition!.catalogue!.filter(({ code }) => code !== 'MANDARIN-TEST');
      const rate = file.recognition!.rawCredit!.find(({ outcomeClass }) => outcomeClass === 'training')!;
      rate.ratio = { from: 1, to: 1 };
      file.caps![0]!.limit = { credit: '3.00' };
    });
    expect(report).toMatchObject({ learners: 6, gain: 1, lose: 3, unchanged: 2 });
    // 4.00 by the rate, cut to 3.00 by the cap.
    expect(ofLearners(report.largestGains)).toEqual({ rate: '1.00' });
    // Both: 2.00 + 2.00 become 1.00 + 2.00, because the cap leaves 3.00 − 1.00.
    expect(ofLearners(report.largestLosses)).toEqual({ item: '-1.00', gone: '-1.00', both: '-1.00' });
    expect(report.newlyRefused).toEqual([{ code: 'catalogue-item-unknown', count: 1 }]);
    expect(report.byCreditType).toMatchObject([
      { group: 'leisure', difference: '0.00' },
      { group: 'vocational', gain: 1, lose: 3, before: '10.50', after: '8.50', difference: '-2.00' },
    ]);
    expect(report.byUnit.every(({ difference }) => difference === '-2.00')).toBe(true);
    // The numbers of reviewers: 1.50, and 3.00 on appeal.
    expect(report.notLookedAt).toMatchObject({ entries: 2, byKind: [{ kind: 'recognition', entries: 2 }] });
  });

  it('that recognises nothing takes everything, also what reviewers said', async () => {
    const report = await tried(seed, (file) => {
      delete file.recognition;
    });
    expect(report).toMatchObject({ learners: 6, gain: 0, lose: 6, notLookedAt: { entries: 0 } });
    expect(report.newlyRefused).toEqual([{ code: 'recognition-not-offered', count: 7 }]);
    expect(report.byCreditType.map(({ after }) => after)).toEqual(['0.00', '0.00']);
  });

  it('leaves out what was recognised on other days', async () => {
    const report = await tried(seed, (file) => (itemOf(file, 'ELDERLY-CARE-5').credit = '1.00'), {
      from: '2023-01-01',
      to: '2023-12-31',
    });
    expect(report).toMatchObject({ learners: 0, lose: 0, notLookedAt: { entries: 0 } });
  });
});
