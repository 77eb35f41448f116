import type { IntegerProgramme, Row, Solution } from './integer-programme.js';
import type { LaidOutPlan, PlanCase } from './lay-out-plan.js';

/** Rules that cannot all be kept, though they could without any one of them. */
export interface Conflict {
  /** Names of conditions: `total`, `bucket major`, `cap certificates`, `conversion x`, `excluded KC-1` … */
  rules: string[];
  /** Most hundredths (or outcomes) that the first thing asked can reach while the others are kept; null if not known. */
  most: number | null;
  /** False where the time ran out before every rule was tried: some may not be needed. */
  isSmallest: boolean;
}

const RULE = /^(total|timetable|attempt|(bucket|maximum|cap|floor|item|conversion|excluded|intake) .*)$/;
const ASKED = /^(total|(bucket|floor|item) .*)$/;

/**
 * A smallest set of rules that makes a plan impossible, by leaving out one after the other: what can be left out while
 * it stays impossible is not to blame. First the learner's own wishes and limits are tried, last what the award asks.
 */
export async function findConflict(
  { builder, courses }: LaidOutPlan,
  { objective }: PlanCase,
  solve: (problem: IntegerProgramme) => Promise<Solution>,
  isTimeLeft: () => boolean,
): Promise<Conflict> {
  const names = [...new Set(builder.rows.map(({ name }) => name).filter((name) => RULE.test(name)))];
  const wishes = names.filter((name) => !ASKED.test(name));
  const asked = names.filter((name) => ASKED.test(name)).reverse();
  const left = new Set<string>();
  const without = (dropped: Set<string>): IntegerProgramme => ({
    columns: builder.columns.map((column) => ({ ...column, cost: 0 })),
    rows: builder.rows.filter(({ name }) => !dropped.has(name)),
  });
  let isSmallest = true;
  // Often what the award asks is too much by itself.
  if (wishes.length > 0 && (await solve(without(new Set(wishes)))).status === 'none')
    wishes.forEach((name) => left.add(name));
  const inTurn = [...wishes, ...asked].filter((name) => !left.has(name));
  for (const some of parts(inTurn)) {
    if (!isTimeLeft()) {
      isSmallest = false;
      break;
    }
    const tried = new Set([...left, ...some]);
    if ((await solve(without(tried))).status === 'none') some.forEach((name) => left.add(name));
    else if (some.length > 1)
      for (const name of some) {
        if (!isTimeLeft()) {
          isSmallest = false;
          break;
        }
        if ((await solve(without(new Set([...left, name])))).status === 'none') left.add(name);
      }
  }
  const rules = names.filter((name) => !left.has(name));
  const first = rules.find((name) => ASKED.test(name));
  const most = first === undefined ? null : await mostOf(builder.rows.find(({ name }) => name === first)!);
  return { rules, most, isSmallest };

  /** Most of what a condition sums up, when only the others of the conflict are kept. */
  async function mostOf(row: Row): Promise<number | null> {
    const problem = without(new Set([...left, row.name]));
    const costs = new Map(row.terms.map(([column, coefficient]) => [column, -coefficient]));
    const solution = await solve({
      ...problem,
      columns: problem.columns.map((column, index) => ({ ...column, cost: costs.get(index) ?? 0 })),
    });
    if (solution.status !== 'best' || (objective === 'finish' && courses.length === 0)) return null;
    return row.terms.reduce((sum, [column, coefficient]) => sum + coefficient * solution.values[column]!, 0);
  }
}

/** Names in a few lumps, so that what is surely not to blame goes at once. */
function parts(names: string[]): string[][] {
  const size = Math.max(1, Math.ceil(names.length / 8));
  return Array.from({ length: Math.ceil(names.length / size) }, (_, index) =>
    names.slice(index * size, (index + 1) * size),
  );
}
