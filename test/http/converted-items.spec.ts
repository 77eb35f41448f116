import { shippedFile } from '../domain/policy/pack-parts.js';
import { Policies } from '../../src/policy/policy.port.js';
import { bodyOf } from '../support/catalogue.js';
import type { Body } from '../support/learners.js';
import { Seed, type SeededLearner } from '../support/seed.js';

const named = (zh: string, en: string) => ({ zh, en });

/** Leisure credit stands in for a course of a vocational programme that counts what is at most a year old. */
function itemRules(): object {
  const { creditTypes = [], programmes = [], ...file } = shippedFile();
  const study = {
    ...{ code: 'study', title: named('护理学习', 'Study'), category: 'vocational', total: '0.10', recencyYears: 1 },
    buckets: [{ creditType: 'vocational', minimum: '0.10' }],
    items: [{ code: 'C1', title: named('课程一', 'Course one'), credit: '0.10', creditType: 'vocational' }],
  };
  const rule = {
    ...{ code: 'stand-in', name: named('替代课程一', 'Stand in'), from: [{ creditTypes: ['leisure'] }] },
    ...{ to: [{ creditType: 'vocational', programme: 'study', item: 'C1' }], amount: 'replaced', grade: 'exempt' },
    effectiveFrom: '2013-01-01',
  };
  return {
    ...{ ...file, version: '2024.9', effectiveFrom: '2024-01-01', conversionRules: [rule] },
    creditTypes: creditTypes.map((type) => (type.code === 'vocational' ? { ...type, validityYears: 2 } : type)),
    programmes: [...programmes, study],
  };
}

describe('credit that stands in for a course', () => {
  let seed: Seed;
  beforeAll(async () => {
    seed = await Seed.start();
    await seed.bank.app.get(Policies).publish(itemRules());
  });
  beforeEach(() => seed.bank.clock.set('2024-06-10T01:00:00Z'));
  afterAll(() => seed.stop());

  const convert = ({ learnerId }: SeededLearner, path = '') =>
    seed.bank.post(`/api/v1/conversions${path}`, seed.registrar, { learnerId, rule: 'stand-in' });

  it('says what it stands for, where it was learnt and that there is no mark, also on the transcript', async () => {
    const learner = await seed.learner();
    await seed.attendDays(await seed.course(), learner, 1);
    const made = bodyOf(await convert(learner).expect(201));
    expect(made).toMatchObject({
      grants: [{ item: 'C1', amount: '0.10', provider: 'SQXY-YZ', grade: null, exempt: true }],
      checks: expect.arrayContaining([
        expect.objectContaining({ check: 'exempt', words: '课程一 C1可以用其他成果替代' }),
        expect.objectContaining({ check: 'recency', words: '须取得于 2023-06-10 以后，成果取得于 2024-06-09' }),
      ]) as unknown,
    });
    const serial = await seed.transcript(learner);
    const page = await seed.bank.get(`/api/v1/transcripts/${serial}`, seed.registrar).expect(200);
    const lines = (bodyOf(page)['document'] as { lines: Body[] }).lines.map(({ source }) => source);
    expect(lines).toEqual([
      expect.objectContaining({ kind: 'attendance', title: '养生有道' }),
      expect.objectContaining({
        ...{ kind: 'conversion', title: '课程一', provider: '示例迎泽区社区学院', grade: 'exempt' },
      }),
    ]);
  });

  it('lives as long as its own type at the most', async () => {
    const learner = await seed.learner();
    await seed.attendDays(await seed.course(), learner, 1);
    expect(bodyOf(await convert(learner, '/quote').expect(200))).toMatchObject({ validUntil: '2026-06-10' });
  });

  it('is not made of what is too old for the programme', async () => {
    const learner = await seed.learner();
    await seed.attendDays(await seed.course(), learner, 1);
    seed.bank.clock.set('2025-06-11T01:00:00Z');
    const refused = bodyOf(await convert(learner).expect(409));
    expect(refused).toMatchObject({
      ...{ code: 'outcome-too-old', leftOut: '1', notBefore: '2024-06-11' },
      detail: '项目 study 只计 2024-06-11 以后取得的成果；批次 1 更早。',
    });
  });

  it('names the rule that there is not', async () => {
    const learner = await seed.learner();
    const asked = { learnerId: learner.learnerId, rule: 'nope', amount: '1.00' };
    const refused = bodyOf(await seed.bank.post('/api/v1/conversions', seed.registrar, asked).expect(409));
    expect(refused).toMatchObject({
      code: 'conversion-not-allowed',
      detail: '规则表中没有规则 nope；没有规则即不可转换。',
    });
  });
});
