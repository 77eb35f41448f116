import { layUnsplit } from './count-conversions.js';
import { relaxed, wholeValues, withBounds, type IntegerProgramme, type Solution } from './integer-programme.js';
import type { LaidOutPlan } from './lay-out-plan.js';

/** Less than this of a conversion is none. */
const IDLE = 1e-6;
/** So much more than with fractions a conversion may be used once all is whole. */
const NEAR = 3;

/** How much counts where and is drawn may be fractions at first: what is cheapest is a matter of courses and steps. */
export function amountsOf({ uses, draws, counted, standIns, ways }: LaidOutPlan): Set<number> {
  const gives = standIns.map((standIn) => ({ column: standIn.gives }));
  return new Set([
    ...[...uses, ...draws, ...counted, ...gives].map(({ column }) => column),
    ...ways.flatMap((own) =>
      own.way.mostUses === Infinity ? [own.uses, ...own.draws.map(({ column }) => column)] : [],
    ),
  ]);
}

/**
 * The same courses with whole hundredths, and of those the fewest drawn by conversions: first with the conversions that
 * were found with fractions, which mostly do, then near the fewest that fractions need, then with all.
 */
export async function roundPlan(
  plan: LaidOutPlan,
  values: number[],
  solve: (problem: IntegerProgramme) => Promise<Solution>,
): Promise<Solution> {
  const { builder, courses, ways, draws, counted } = plan;
  const fixedAt = (columns: number[]) => new Map(columns.map((column) => [column, exactly(values[column]!)]));
  const costs = draws.map(({ column }): [number, number] => [column, 1]);
  const fixed = fixedAt(courses.map(({ taken }) => taken));
  const all = withBounds(builder.minimising(costs), fixed);
  const unsplit = withBounds(builder.minimising(costs, layUnsplit(builder, counted)), fixed);
  const numbered = withBounds(unsplit, fixedAt(counted.flatMap(({ numbers }) => numbers)));
  const amounts = amountsOf(plan);
  // Whole conversions draw whole hundredths, if nothing crosses them.
  const ofWhole = new Set(amounts);
  for (const { uses } of ways) ofWhole.delete(uses);
  const idle = ways.flatMap(({ uses }) => (values[uses]! < IDLE ? [uses] : []));
  const attempts: (() => IntegerProgramme | Promise<IntegerProgramme | null>)[] = [
    () => withBounds(unsplit, new Map(idle.map((uses) => [uses, exactly(0)]))),
    async () => {
      const fewest = await solve(relaxed(numbered, amounts));
      if (!('values' in fewest)) return null;
      const most = ways.map(({ uses }) => [uses, { lower: 0, upper: Math.ceil(fewest.values[uses]!) + NEAR }] as const);
      return withBounds(numbered, new Map(most));
    },
    ...(counted.length > 0 ? [() => numbered] : []),
    () => all,
  ];
  let last: Solution = { status: 'unknown' };
  for (const attempt of attempts) {
    const problem = await attempt();
    if (!problem) continue;
    last = await solve(relaxed(problem, ofWhole));
    const exact = 'values' in last ? wholeValues(problem, last.values) : null;
    if ('values' in last && exact) return { ...last, values: exact };
  }
  return last.status === 'none' ? last : solve(all);
}

function exactly(value: number): { lower: number; upper: number } {
  return { lower: value, upper: value };
}
