import { monitorEventLoopDelay } from 'node:perf_hooks';
import { OBJECTIVES } from '../../src/programmes/domain/planning-case.js';
import type { CheapestPath, PathPlan } from '../../src/programmes/domain/plan-path.js';
import type { PlanMaterial } from '../../src/programmes/plan-case.js';
import { searchPlan } from '../../src/programmes/search-plan.js';
import { SolverThread } from '../../src/programmes/solver-thread.js';
import { planMaterial } from './plan-material.js';
import type { Report } from './report.js';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

/** Percent that a plan may at most be too dear; none where it is proven the best. */
function gapOf({ isCheapest, price, least }: CheapestPath): number {
  return isCheapest ? 0 : Math.ceil((100 * (price - least)) / price);
}

/** What came of the searches, in words: how many are proven, and how far off the others may be. */
function outcomeWords(paths: PathPlan[]): string {
  const plans = paths.flatMap((path) => (path.status === 'plan' ? [path] : []));
  const impossible = paths.flatMap((path) => (path.status === 'impossible' ? [path.conflict] : []));
  const proven = plans.filter(({ isCheapest }) => isCheapest).length;
  const smallest = impossible.filter(({ isSmallest }) => isSmallest).length;
  const most = Math.max(0, ...plans.map(gapOf));
  return [
    ...(plans.length > 0
      ? [`${proven} of ${plans.length} proven the best, the others at most ${most} % too dear`]
      : []),
    ...(impossible.length > 0 ? [`${smallest} of ${impossible.length} impossible with the fewest rules proven`] : []),
    ...paths.flatMap(({ status }) => (status === 'unknown' ? ['one not found'] : [])),
  ].join('; ');
}

/** Time to find and prove the cheapest plan of 200 lots, 100 rules and 300 courses, and how long the server was held up. */
export async function measurePlans(report: Report): Promise<void> {
  const thread = new SolverThread();
  const solve = thread.solve.bind(thread);
  const plan = async (material: PlanMaterial): Promise<PathPlan> => {
    const found = await searchPlan(material, new Map(), solve, () => performance.now());
    return found?.path ?? { status: 'unknown', bounds: { least: 0, leastAfter: null } };
  };
  for (const seed of SEEDS.slice(0, 3)) await plan(planMaterial(seed, 'study-time', 20));
  for (const objective of OBJECTIVES) {
    for (const [what, total] of [
      ['possible', 40],
      ['impossible', 2_000],
    ] as const) {
      const times: number[] = [];
      const paths: PathPlan[] = [];
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      for (const seed of SEEDS) {
        const material = planMaterial(seed, objective, total);
        const started = performance.now();
        paths.push(await plan(material));
        times.push(performance.now() - started);
      }
      delay.disable();
      times.sort((a, b) => a - b);
      const [p50Ms, slowestMs] = [times[Math.floor(times.length / 2)]!, times.at(-1)!];
      report.figure({ name: `plan, ${objective}, ${what}`, perSecond: 1_000 / p50Ms, p50Ms, p99Ms: slowestMs });
      report.target(`plan: ${objective}, ${what}, slowest`, [slowestMs], 'ms', { atMost: 1_000 });
      const held = (delay.max / 1e6).toFixed(0);
      report.note(
        `${objective}, ${what}: ${p50Ms.toFixed(0)} ms in the middle, ${slowestMs.toFixed(0)} the slowest; ` +
          `${outcomeWords(paths)}; event loop held up at most ${held} ms`,
      );
    }
  }
  await thread.onModuleDestroy();
}
