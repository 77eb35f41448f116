import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shippedFile } from '../domain/policy/pack-parts.js';
import { bodyOf } from '../support/catalogue.js';
import { Seed } from '../support/seed.js';

const named = (en: string) => ({ zh: en, en });

describe('leisure credit that became vocational credit', () => {
  let seed: Seed;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'degree-'));
    const file = join(folder, 'pack.yaml');
    const bachelor = {
      ...{ code: 'bachelor', title: named('Bachelor'), category: 'degree', total: '0.50' },
      buckets: [{ code: 'any', name: named('Any'), accepts: { creditTypes: ['degree', 'vocational'] } }],
    };
    const { conversionRules, ...rest } = shippedFile();
    const rule = {
      ...{ code: 'l-v', name: named('l-v'), from: 'leisure', to: 'vocational', ratio: { from: 2, to: 1 } },
      effectiveFrom: '2013-01-01',
    };
    expect(conversionRules).not.toHaveLength(0);
    writeFileSync(file, JSON.stringify({ ...rest, conversionRules: [rule], programmes: [bachelor] }));
    seed = await Seed.start({ POLICY_FILE: file });
  });
  afterAll(async () => {
    await seed.stop();
    rmSync(folder, { recursive: true });
  });

  it('counts towards no degree, says why, and is in no award', async () => {
    const learner = await seed.learner();
    await seed.attendDays(await seed.course(), learner, 12);
    await seed.convert(learner, 'leisure', 'vocational', '1.20');
    const path = `/api/v1/learners/${learner.learnerId}/programmes/bachelor/progress`;
    expect(bodyOf(await seed.bank.get(path, seed.registrar).expect(200))).toMatchObject({
      met: false,
      total: { have: '0.00', missing: '0.50' },
      notCounting: expect.arrayContaining([
        expect.objectContaining({
          ...{ title: 'l-v', amount: '0.60', reason: 'leisure' },
          why: '来源为文化休闲学分，不计入学历项目',
        }),
      ]) as unknown,
    });
    const asked = { learnerId: learner.learnerId, programme: 'bachelor' };
    const refused = await seed.bank.post('/api/v1/certificates', seed.registrar, asked).expect(409);
    expect(bodyOf(refused)).toMatchObject({ code: 'requirements-not-met' });
    const plan = await seed.bank.post('/api/v1/programmes/bachelor/plan', seed.registrar, {
      ...{ learnerId: learner.learnerId, objective: 'study-time' },
    });
    expect(bodyOf(plan)).toMatchObject({ status: 'impossible' });
  });
});
