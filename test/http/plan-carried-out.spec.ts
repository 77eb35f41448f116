import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseCredit } from '../../src/kernel/credit.js';
import type { PackFile } from '../../src/policy/domain/pack-file.js';
import { ReadLearnerCredit } from '../../src/programmes/read-learner-credit.service.js';
import { shippedFile } from '../domain/policy/pack-parts.js';
import { bodyOf } from '../support/catalogue.js';
import { DIALECTS } from '../support/databases.js';
import type { Body } from '../support/learners.js';
import type { Seed, SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';

const named = (en: string) => ({ zh: en, en });
const since = '2013-01-01';

/** Rules of many shapes, and awards with caps, floors, items and numbers of outcomes. */
function packFile(): PackFile {
  const major = { code: 'major', name: named('Major'), accepts: { creditTypes: ['vocational'] } };
  const rest = { code: 'rest', name: named('Rest'), accepts: { creditTypes: ['leisure', 'degree'] } };
  const award = (code: string, total: string, more: object) => ({
    ...{ code, title: named(code), category: 'vocational' as const, total },
    ...{ buckets: [{ ...major, minimum: '0.30' }, rest], ...more },
  });
  return {
    ...shippedFile(),
    conversionRules: [
      {
        ...{ code: 'l-v', name: named('l-v'), from: 'leisure', to: 'vocational', ratio: { from: 2, to: 1 } },
        ...{ effectiveFrom: since, cap: { programme: 'plain', numerator: 1, denominator: 2 } },
      },
      {
        ...{ code: 'd-v', name: named('d-v'), from: 'degree', to: 'vocational', ratio: { from: 2, to: 3 } },
        ...{ effectiveFrom: since, level: 'none' },
      },
      {
        ...{ code: 'pair', name: named('pair'), amount: 'fixed', effectiveFrom: since },
        from: [
          { creditTypes: ['leisure'], minimum: '0.10' },
          { creditTypes: ['degree'], minimum: '0.05' },
        ],
        to: [
          { creditType: 'vocational', programme: 'plain', credit: '0.20' },
          { creditType: 'leisure', programme: 'plain', credit: '0.03' },
        ],
      },
      {
        ...{ code: 'for-item', name: named('for-item'), amount: 'replaced', effectiveFrom: since },
        ...{ from: ['leisure'], to: [{ creditType: 'vocational', programme: 'items', item: 'PROJECT' }] },
      },
      {
        ...{ code: 'whole', name: named('whole'), wholeOnly: true, effectiveFrom: since },
        ...{ from: 'leisure', to: [{ creditType: 'vocational', programme: 'counted' }] },
      },
      {
        ...{ code: 'panel', name: named('panel'), approval: 'required', effectiveFrom: since },
        ...{ from: 'leisure', to: [{ creditType: 'vocational', programme: 'items' }] },
      },
    ] as PackFile['conversionRules'],
    programmes: [
      award('plain', '0.60', {
        floors: [{ code: 'here', name: named('here'), limit: { credit: '0.20' }, only: { origins: ['attendance'] } }],
      }),
      award('items', '0.50', {
        items: [{ code: 'PROJECT', title: named('Project'), creditType: 'vocational', credit: '0.20', required: true }],
        caps: [{ code: 'one', name: named('one'), limit: { share: '9/10', of: 'total' }, each: ['provider'] }],
      }),
      award('counted', '0.40', {
        caps: [{ code: 'few', name: named('few'), limit: { count: 5 } }],
      }),
    ],
  };
}

interface Case {
  programme: string;
  objective: string;
  leisure: number;
  degree: number;
  minutes: number;
}

const cases: fc.Arbitrary<Case> = fc.record({
  programme: fc.constantFrom('plain', 'items', 'counted'),
  objective: fc.constantFrom('study-time', 'cost'),
  leisure: fc.integer({ min: 0, max: 6 }),
  degree: fc.integer({ min: 0, max: 2 }),
  minutes: fc.constantFrom(45, 60, 90),
});

interface Step {
  do: string;
  course: string | null;
  rule: string | null;
  amount: string | null;
  lots: { lot: number }[];
  earlier: { course: string | null; rule: string | null; creditType: string; amount: string }[];
}

describe.each(DIALECTS)('a plan that is done on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let folder: string;
  let learnt: string[];
  let ids: Map<string, string>;
  let day = 0;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plan-'));
    const file = join(folder, 'pack.yaml');
    writeFileSync(file, JSON.stringify(packFile()));
    ({ seed, stop } = await seedOn(dialect, { POLICY_FILE: file }));
    learnt = [
      await seed.course({ title: '读书', plannedSessions: 8 }),
      await seed.course({ title: '数学', creditType: 'degree', plannedSessions: 3 }),
    ];
    await seed.course({ title: '短课', plannedSessions: 2, plannedMinutes: 60 });
    await seed.course({ title: '技能', creditType: 'vocational', plannedSessions: 3, plannedMinutes: 60 });
    await seed.course({ title: '高数', creditType: 'degree', plannedSessions: 2, plannedMinutes: 45 });
    await seed.course({
      ...{ title: '护理', creditType: 'vocational', activityType: 'VOCATIONAL_COURSE' },
      ...{ plannedSessions: 4, plannedMinutes: 90 },
    });
    const list = bodyOf(await seed.bank.get('/api/v1/courses?limit=200', seed.registrar));
    ids = new Map((list['items'] as Body[]).map((course) => [course['code'] as string, course['courseId'] as string]));
  });
  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true });
  });

  const lengths = new Map<string, number>();

  /** A visit on a day of its own, some time ago. */
  async function attend(learner: SeededLearner, courseId: string, minutes: number): Promise<void> {
    day += 1;
    const startsAt = new Date(Date.parse('2024-06-09T01:00:00Z') - (day % 300) * 86_400_000).toISOString();
    const session = await seed.session(courseId, { startsAt, minutes });
    await seed.attend(session, learner, minutes);
  }

  async function plan(learner: SeededLearner, { programme, objective }: Case): Promise<Body> {
    const costs = [...ids.keys()].map((course, index) => ({ course, cost: 100 + index }));
    const body = { learnerId: learner.learnerId, objective, ...(objective === 'cost' ? { costs } : {}) };
    return bodyOf(await seed.bank.post(`/api/v1/programmes/${programme}/plan`, seed.registrar, body).expect(200));
  }

  /** Everything that is left of a course, and its examination. */
  async function take(learner: SeededLearner, code: string): Promise<void> {
    const courseId = ids.get(code)!;
    const found = bodyOf(await seed.bank.get(`/api/v1/courses/${courseId}`, seed.registrar));
    const course = (found['versions'] as Body[]).at(-1)!;
    const done = lengths.get(`${learner.learnerId} ${courseId}`) ?? 0;
    for (let index = done; index < (course['plannedSessions'] as number); index += 1)
      await attend(learner, courseId, (course['plannedSeconds'] as number) / 60);
    if (course['activityType'] === 'VOCATIONAL_COURSE') await seed.complete(courseId, learner, 60);
  }

  /** Lots of what an earlier step brought, so many as are needed. */
  async function earlierLots(learner: SeededLearner, { earlier }: Step, start: Set<number>): Promise<number[]> {
    const { lots, sources } = await seed.bank.app.get(ReadLearnerCredit).run(learner.learnerId);
    return earlier.flatMap(({ course, rule, creditType, amount }) => {
      let missing = parseCredit(amount)!;
      return lots.flatMap(({ lot, buckets }) => {
        const facts = sources.get(lot)!;
        const fits = course === null ? facts.origin === 'conversion' && facts.title === rule : facts.item === course;
        const available = buckets['available'] ?? 0;
        if (start.has(lot) || !fits || facts.creditType !== creditType || missing <= 0 || available === 0) return [];
        missing -= available;
        return [lot];
      });
    });
  }

  /** A conversion by its quote. */
  async function convert(learner: SeededLearner, step: Step, start: Set<number>): Promise<void> {
    const lots = [...new Set([...step.lots.map(({ lot }) => lot), ...(await earlierLots(learner, step, start))])];
    const { rule, amount } = step;
    const asked = { learnerId: learner.learnerId, rule, lots, ...(amount === null ? {} : { amount }) };
    const quote = bodyOf(await seed.bank.post('/api/v1/conversions/quote', seed.registrar, asked).expect(200));
    expect({ asked, failed: (quote['checks'] as Body[]).filter(({ passed }) => passed === false) }).toEqual({
      asked,
      failed: [],
    });
    const body = { ...asked, fingerprint: quote['fingerprint'] };
    await seed.bank.post('/api/v1/conversions', seed.registrar, body).expect(201);
  }

  const amountsOf = (progress: Body) => {
    const lines = (['buckets', 'items', 'floors'] as const).flatMap((part) =>
      (progress[part] as Body[]).map(({ code, have, need, missing }) => ({ code, have, need, missing })),
    );
    return { met: progress['met'], total: progress['total'], lines };
  };

  it('comes to exactly what it promised', async () => {
    let plans = 0;
    await fc.assert(
      fc.asyncProperty(cases, async (given) => {
        const learner = await seed.learner();
        for (const [index, courseId] of learnt.entries())
          for (let visit = 0; visit < [given.leisure, given.degree][index]!; visit += 1) {
            await attend(learner, courseId, given.minutes);
            const key = `${learner.learnerId} ${courseId}`;
            lengths.set(key, (lengths.get(key) ?? 0) + 1);
          }
        const before = await seed.bank.app.get(ReadLearnerCredit).run(learner.learnerId);
        const start = new Set(before.lots.map(({ lot }) => lot));
        const planned = await plan(learner, given);
        if (planned['status'] === 'impossible') return;
        plans += 1;
        for (const step of planned['steps'] as Step[]) {
          if (step.do === 'take') await take(learner, step.course!);
          else await convert(learner, step, start);
        }
        const path = `/api/v1/learners/${learner.learnerId}/programmes/${given.programme}/progress`;
        const reached = bodyOf(await seed.bank.get(path, seed.registrar).expect(200));
        expect(amountsOf(reached)).toEqual(amountsOf(planned['promised'] as Body));
        expect(reached['met']).toBe(true);
      }),
      { numRuns: dialect === 'sqlite' ? 30 : 5 },
    );
    expect(plans).toBeGreaterThan(dialect === 'sqlite' ? 10 : 1);
  }, 120_000);

  it('names the rules that it does not consider, in both languages', async () => {
    const planned = await plan(await seed.learner(), {
      ...{ programme: 'plain', objective: 'study-time', leisure: 0, degree: 0, minutes: 45 },
    });
    expect(planned['notConsidered']).toContainEqual({
      rule: 'panel',
      words: '“panel”未作考虑：须经他人审批，方案不能替其决定',
      wordsEn:
        '"panel" was not considered, because it needs the approval of somebody else, which a plan cannot promise',
    });
  });
});
