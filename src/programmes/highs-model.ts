import type { IntegerProgramme } from './domain/integer-programme.js';

/** An integer programme as HiGHS takes it: sparse arrays, which unlike its text format have no longest line. */
export function toHighsModel(programme: IntegerProgramme) {
  const { columns, rows } = programme;
  return {
    numCols: columns.length,
    numRows: rows.length,
    colCost: columns.map(({ cost }) => cost),
    colLower: columns.map(({ lower }) => lower),
    colUpper: columns.map(({ upper }) => upper),
    rowLower: rows.map(({ lower }) => lower),
    rowUpper: rows.map(({ upper }) => upper),
    matrix: sparse(programme),
    integrality: columns.map(({ mayBeFraction }) => (mayBeFraction ? 0 : 1)),
  };
}

/**
 * How HiGHS is to search. Its relative gap is not zero unless told. On these programmes its feasibility jump takes two
 * thirds of the time and finds nothing, while rounding, which it leaves out unless told, often finds the best plan.
 */
export function highsOptions({ enough }: Pick<IntegerProgramme, 'enough'>, timeLimitMs: number) {
  return {
    ...{ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0.9, time_limit: timeLimitMs / 1_000 },
    ...{
      mip_heuristic_run_feasibility_jump: false,
      mip_heuristic_run_zi_round: true,
      mip_heuristic_run_shifting: true,
    },
    ...(enough === undefined ? {} : { objective_target: enough + 0.5 }),
  };
}

function sparse({ columns, rows }: IntegerProgramme) {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const { terms } of rows) {
    for (const [column, coefficient] of terms) {
      indices.push(column);
      values.push(coefficient);
    }
    starts.push(indices.length);
  }
  return { format: 'csr' as const, numRows: rows.length, numCols: columns.length, starts, indices, values };
}
