import highsPackage from 'highs';
import { highsOptions, toHighsModel } from './highs-model.js';
import { exactValues, type IntegerProgramme, type Solution } from './domain/integer-programme.js';

/*
 * HiGHS, compiled to WebAssembly: loaded once when the process starts (some 0.2 s), then called without waiting. Traps
 * of the package: a model is not freed by the garbage collector, and it reports an integer as 2.9999999.
 */

// The package's types describe its CommonJS form; as an ES module the default export is the loader itself.
const loadHighs = typeof highsPackage === 'function' ? highsPackage : highsPackage.default;
const highs = await loadHighs();
const { optimal, objectiveTarget, infeasible, timeLimit, solutionLimit } = highs.constants.modelStatus;
const WITHIN_MS = 2_000;

/**
 * Solves an integer programme in this thread and checks the answer exactly. An evaluation takes one to three
 * milliseconds; what may take longer belongs to {@link SolverThread}. Throws when the solver fails.
 */
export function solve(programme: IntegerProgramme, timeLimitMs = WITHIN_MS): Solution {
  const { columns, rows } = programme;
  if (columns.length === 0)
    return rows.every(({ lower, upper }) => lower <= 0 && upper >= 0)
      ? { status: 'best', values: [] }
      : { status: 'none' };
  const model = highs.createModel(toHighsModel(programme));
  try {
    model.options.set(highsOptions(programme, timeLimitMs));
    model.run();
    const status = model.getModelStatus();
    if (status === infeasible) return { status: 'none' };
    const isBest = status === optimal || status === objectiveTarget;
    if (!isBest && status !== timeLimit && status !== solutionLimit)
      throw new Error(`The solver ended with status ${status}`);
    if (!isBest && model.info.get('primal_solution_status') !== highs.constants.solutionStatus.feasible)
      return { status: 'unknown' };
    const values = exactValues(programme, model.getSolution().colValue);
    return { status: isBest ? 'best' : 'found', values, bound: Number(model.info.get('mip_dual_bound')) };
  } finally {
    model.dispose();
  }
}
