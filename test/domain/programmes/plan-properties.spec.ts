import fc from 'fast-check';
import type { OutcomePatternFile } from '../../../src/policy/domain/outcome-pattern.js';
import { readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import type { PolicyPack } from '../../../src/policy/domain/policy-pack.js';
import { carryOut } from '../../../src/programmes/domain/carry-out.js';
import { evaluateProgramme, type EvaluationCase } from '../../../src/programmes/domain/evaluate-programme.js';
import type { SolveLater } from '../../../src/programmes/domain/integer-programme.js';
import { whyLeftOut } from '../../../src/programmes/domain/left-out-words.js';
import { layOutPlan } from '../../../src/programmes/domain/lay-out-plan.js';
import type { PlanCare } from '../../../src/programmes/domain/plan-credit.js';
import type { PlanCase } from '../../../src/programmes/domain/planning-case.js';
import { plannableCourse, type PlannableCourse } from '../../../src/programmes/domain/plan-options.js';
import { planPath, type PathPlan } from '../../../src/programmes/domain/plan-path.js';
import { beforePlan, toPlanCase, type PlanMaterial } from '../../../src/programmes/plan-case.js';
import { convertOnPaper } from '../../../src/programmes/plan-rules.js';
import { searchPlan } from '../../../src/programmes/search-plan.js';
import { solve } from '../../../src/programmes/solver.js';
import { shippedFile } from '../policy/pack-parts.js';
import { caseOf, named, planningBookOf, TODAY, type Credit } from './programme-parts.js';

const TYPES = ['leisure', 'vocational', 'degree'];
const NOTHING_DONE = { attendedSessions: 0, acceptedSeconds: 0, isCompleted: false };
const small = (most: number) => fc.integer({ min: 0, max: most });
const credit = (centi: number) => (centi / 100).toLocaleString('en', { minimumFractionDigits: 2 });

/** Two ratios, one of them limited to a share of the programme, and a chain over three types. */
const PACK: PolicyPack = readPolicyPack({
  ...shippedFile(),
  conversionRules: [
    {
      code: 'l-v',
      name: named('l-v'),
      from: 'leisure',
      to: 'vocational',
      ratio: { from: 2, to: 1 },
      effectiveFrom: '2013-01-01',
      cap: { programme: 'award', numerator: 1, denominator: 2 },
    },
    {
      code: 'd-v',
      name: named('d-v'),
      from: 'degree',
      to: 'vocational',
      ratio: { from: 2, to: 3 },
      effectiveFrom: '2013-01-01',
    },
    {
      code: 'd-l',
      name: named('d-l'),
      from: 'degree',
      to: 'leisure',
      ratio: { from: 1, to: 1 },
      effectiveFrom: '2013-01-01',
    },
  ],
  programmes: [
    {
      code: 'award',
      title: named('Award'),
      category: 'vocational',
      total: '0.30',
      buckets: [{ creditType: 'vocational' }],
    },
  ],
});

interface Offer {
  creditType: string;
  minutes: number;
  sessions: number;
  provider: string;
  gated: boolean;
}

const offers: fc.Arbitrary<Offer[]> = fc.array(
  fc.record({
    creditType: fc.constantFrom(...TYPES),
    minutes: fc.constantFrom(30, 45, 90),
    sessions: fc.integer({ min: 1, max: 3 }),
    provider: fc.constantFrom('a', 'b'),
    gated: fc.boolean(),
  }),
  { maxLength: 6 },
);

const credits: fc.Arbitrary<Credit[]> = fc.array(
  fc.record({
    centi: fc.integer({ min: 1, max: 12 }),
    creditType: fc.constantFrom(...TYPES),
    provider: fc.constantFrom('a', 'b'),
  }),
  { maxLength: 4 },
);

const pattern = fc.constantFrom<OutcomePatternFile>(
  {},
  { creditTypes: ['vocational'] },
  { providers: ['a'] },
  { origins: ['conversion'] },
);

const programmes = fc
  .record({
    total: fc.integer({ min: 5, max: 40 }),
    minimum: small(12),
    cap: fc.option(fc.record({ centi: fc.integer({ min: 4, max: 30 }), only: pattern })),
    floor: fc.option(
      fc.record({
        centi: small(8),
        only: fc.constantFrom<OutcomePatternFile>({ origins: ['attendance'] }, { providers: ['b'] }),
      }),
    ),
    count: fc.option(fc.integer({ min: 1, max: 4 })),
  })
  .map(({ total, minimum, cap, floor, count }) => ({
    total: credit(total),
    buckets: [
      {
        code: 'major',
        name: named('major'),
        accepts: { creditTypes: ['vocational'] },
        minimum: credit(Math.min(minimum, total)),
        overflowTo: 'rest',
      },
      { code: 'rest', name: named('rest'), accepts: { creditTypes: ['leisure', 'degree'] } },
    ],
    caps: [
      ...(cap ? [{ code: 'cap', name: named('cap'), limit: { credit: credit(cap.centi) }, only: cap.only }] : []),
      ...(count === null ? [] : [{ code: 'count', name: named('count'), limit: { count } }]),
    ],
    floors: floor
      ? [{ code: 'floor', name: named('floor'), limit: { credit: credit(floor.centi) }, only: floor.only }]
      : [],
  }));

function toCourses(some: Offer[]): PlannableCourse[] {
  return some.flatMap(({ creditType, minutes, sessions, provider, gated }, index) => {
    const course = {
      courseId: `${index}`,
      code: `KC-${index}`,
      title: `Course ${index}`,
      provider,
      creditType,
      activityType: gated ? 'VOCATIONAL_COURSE' : 'DAILY_CLASS',
      level: null,
      plannedSeconds: minutes * 60,
      plannedSessions: sessions,
      sessions: [],
    };
    return plannableCourse(PACK, course, NOTHING_DONE, TODAY) ?? [];
  });
}

function materialOf(given: EvaluationCase, some: Offer[]): PlanMaterial {
  return {
    programme: given.programme,
    pack: PACK,
    objective: 'study-time',
    credit: { lots: given.lots, sources: given.sources },
    book: planningBookOf(PACK, given),
    courses: toCourses(some),
    excluded: new Set(),
    costs: new Map(),
  };
}

function planCase(given: EvaluationCase, some: Offer[], care: PlanCare = 'fine'): PlanCase {
  return toPlanCase(materialOf(given, some), { measuredOn: TODAY, care, isApart: false, dropped: new Set() });
}

const solveNow: SolveLater = (problem, limit) => Promise.resolve(solve(problem, limit));
/** Every search gets all of its time, however busy the machine is. */
const stoppedClock = () => 0;
const plan = (given: PlanCase): Promise<PathPlan> => planPath(given, solveNow, stoppedClock);

function costOf(path: PathPlan): number | null {
  if (path.status !== 'plan') return null;
  return path.steps.reduce((sum, step) => (step.do === 'take' ? sum + step.course.studySeconds : sum), 0);
}

/** Hundredths that every visit of a course fills, one after the other; visits that fill none bring no lot. */
function creditOfVisits({ creditCenti, visits }: PlanCase['courses'][number]): number[] {
  const whole = visits.reduce((sum, seconds) => sum + seconds, 0);
  let [seconds, given] = [0, 0];
  return visits
    .map((added) => {
      seconds += added;
      const centi = Math.floor((creditCenti * seconds) / whole) - given;
      given += centi;
      return centi;
    })
    .filter((centi) => centi > 0);
}

describe('a plan', () => {
  it('carried out meets the programme, or every rule was tried to say why there is none', async () => {
    await fc.assert(
      fc.asyncProperty(programmes, credits, offers, small(400), async (file, some, offered, waiting) => {
        const given = caseOf(file, some);
        const material = materialOf(given, offered);
        const hours = new Map([['time leisure', waiting]]);
        const found = await searchPlan(material, hours, solveNow, stoppedClock);
        if (found?.path.status !== 'plan') {
          expect(found?.path).toMatchObject({ status: 'impossible', conflict: { isSmallest: true } });
          return;
        }
        const isMixed = found.notConsidered.some(({ why }) => why === whyLeftOut('mixed'));
        if (!isMixed) expect(found.path).toMatchObject({ isCheapest: true, least: found.path.price });
        const { steps } = found.path;
        const after = carryOut(PACK, beforePlan(material, hours), steps, convertOnPaper(PACK, material.book));
        if ('refused' in after) throw new Error(`A step was refused: ${after.refused.way.rule.code}`);
        const { lots, sources } = after.book;
        expect(evaluateProgramme({ ...given, lots, sources })).toMatchObject({ isMet: true });
        expect(found.promised).toMatchObject({ isMet: true });
      }),
      { numRuns: 40 },
    );
  });

  it('takes no study time when conversions alone are enough, and nothing at all when the programme is met', async () => {
    await fc.assert(
      fc.asyncProperty(programmes, credits, offers, async (file, some, offered) => {
        const given = caseOf(file, some);
        const without = await plan(planCase(given, []));
        const path = await plan(planCase(given, offered));
        if (without.status === 'plan') expect(costOf(path)).toBe(0);
        if (evaluateProgramme(given).isMet) expect(path).toMatchObject({ status: 'plan', steps: [] });
      }),
      { numRuns: 40 },
    );
  });

  it('costs the same where what no plan needs is left out of the search', () => {
    fc.assert(
      fc.property(
        programmes,
        credits,
        offers,
        fc.constantFrom<PlanCare>('loose', 'close', 'fine'),
        (file, some, offered, care) => {
          const asked = planCase(caseOf(file, some), offered, care);
          const prices = [true, false].map((isBounded) => {
            const { builder, courses } = layOutPlan(asked, { isBounded });
            const solution = solve(builder.minimising(courses.map(({ taken, price }) => [taken, price])));
            if (!('values' in solution)) return solution.status;
            return courses.reduce((sum, { taken, price }) => sum + price * solution.values[taken]!, 0);
          });
          expect(prices[0]).toBe(prices[1]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is never dearer than any choice of courses that meets the programme without converting', async () => {
    await fc.assert(
      fc.asyncProperty(
        programmes,
        credits,
        offers.map((all) => all.slice(0, 4)),
        async (file, some, offered) => {
          const given = caseOf(file, some);
          const asked = planCase(given, offered);
          const path = await plan(asked);
          const cheapest = costOf(path);
          for (let choice = 0; choice < 2 ** asked.courses.length; choice += 1) {
            const chosen = asked.courses.filter((_, index) => (choice >> index) & 1);
            const steps = chosen.map((course) => ({ do: 'take' as const, course }));
            // Each course counted alone, as the plan counts it: no waiting time joins another's. Every visit is an outcome.
            const lots = steps.flatMap(({ course }) =>
              creditOfVisits(course).map((centi) => ({ centi, ...course.facts })),
            );
            const after = caseOf(file, [...some, ...lots]);
            if (!evaluateProgramme(after).isMet) continue;
            expect(cheapest).not.toBeNull();
            expect(cheapest).toBeLessThanOrEqual(chosen.reduce((sum, { studySeconds }) => sum + studySeconds, 0));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
