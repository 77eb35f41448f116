import { monitorEventLoopDelay } from 'node:perf_hooks';
import { OBJECTIVES } from '../../src/programmes/domain/planning-case.js';
import type { CheapestPath } from '../../src/programmes/domain/plan-path.js';
import type { PlanMaterial } from '../../src/programmes/plan-case.js';
import { searchPlan } from '../../src/programmes/search-plan.js';
import { SolverThread } from '../../src/programmes/solver-thread.js';
import { planMaterial } from './plan-material.js';
import type { Report } from './report.js';

/** How far from the best a plan may be: none, or the percent that its bound leaves open. */
function provenWords({ isCheapest, price, least }: CheapestPath): string {
  return isCheapest ? 'proven' : `at most ${Math.ceil((100 * (price - least)) / price)} % too dear`;
}

/** Time to find and prove the cheapest plan of 200 lots, 100 rules and 300 courses, and how long the server was held up. */
export async function measurePlans(report: Report): Promise<void> {
  const thread = new SolverThread();
  const solve = thread.solve.bind(thread);
  const plan = async (material: PlanMaterial) => {
    const found = await searchPlan(material, new Map(), solve, () => performance.now());
    return found?.path ?? { status: 'unknown' as const };
  };
  await plan(planMaterial(1, 'study-time', 20));
  for (const objective of OBJECTIVES) {
    for (const [what, total] of [
      ['possible', 40],
      ['impossible', 2_000],
    ] as const) {
      const times: number[] = [];
      const found: string[] = [];
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      for (let seed = 1; seed <= 10; seed += 1) {
        const material = planMaterial(seed, objective, total);
        const started = performance.now();
        const path = await plan(material);
        times.push(performance.now() - started);
        const kept =
          path.status === 'impossible'
            ? `${path.conflict.rules.length} rules${path.conflict.isSmallest ? '' : ' (maybe not the fewest)'}`
            : '';
        found.push(path.status === 'plan' ? provenWords(path) : `${path.status} ${kept}`);
      }
      delay.disable();
      times.sort((a, b) => a - b);
      const [p50Ms, p99Ms] = [times[4]!, times[9]!];
      report.figure({ name: `plan, ${objective}, ${what}`, perSecond: 1_000 / p50Ms, p50Ms, p99Ms });
      report.target(`plan: ${objective}, ${what}`, times, 'ms', { atMost: 1_000 });
      const counts = [...new Set(found)].map((each) => `${found.filter((other) => other === each).length} ${each}`);
      report.note(
        `${objective}, ${what}: ${counts.join(', ')}; event loop held up at most ${(delay.max / 1e6).toFixed(0)} ms`,
      );
    }
  }
  await thread.onModuleDestroy();
}
