/** A linear condition on columns; `name` says which rule it comes from. */
export interface Row {
  name: string;
  terms: [column: number, coefficient: number][];
  lower: number;
  upper: number;
}

/**
 * Least sum of costs under linear conditions. Bounds and coefficients are integers, columns whole numbers but for those
 * a search for a bound lets be fractions.
 */
export interface IntegerProgramme {
  columns: { lower: number; upper: number; cost: number; mayBeFraction?: boolean }[];
  rows: Row[];
}

/**
 * How a search ended: `best` is proven, `found` fits but the time ran out before it was proven, `none` cannot be. No
 * solution costs less than `bound`.
 */
export type Solution = { status: 'best' | 'found'; values: number[]; bound?: number } | { status: 'none' | 'unknown' };

/** Solves in the calling thread; only for the small programmes of one learner's evaluation. */
export type Solve = (programme: IntegerProgramme) => Solution;

/** Solves somewhere else within a time limit. */
export type SolveLater = (programme: IntegerProgramme, timeLimitMs: number) => Promise<Solution>;

/** Puts an integer programme together. */
export class ProgrammeBuilder {
  readonly columns: IntegerProgramme['columns'] = [];
  readonly rows: Row[] = [];

  /** A new whole number between two bounds; its index. */
  column(lower: number, upper: number, cost = 0): number {
    return this.columns.push({ lower, upper, cost }) - 1;
  }

  row(name: string, terms: Row['terms'], lower: number, upper: number): void {
    this.rows.push({ name, terms, lower, upper });
  }

  /** The same conditions with other costs, by column; what is not named costs nothing. */
  minimising(costs: Iterable<[column: number, cost: number]>, further: Row[] = []): IntegerProgramme {
    const byColumn = new Map(costs);
    return {
      columns: this.columns.map((column, index) => ({ ...column, cost: byColumn.get(index) ?? 0 })),
      rows: [...this.rows, ...further],
    };
  }
}

/** The same with fractions allowed in some columns: never dearer, and found much faster. */
export function relaxed({ columns, rows }: IntegerProgramme, loose: Set<number>): IntegerProgramme {
  return { rows, columns: columns.map((column, index) => ({ ...column, mayBeFraction: loose.has(index) })) };
}

/**
 * The values as exact integers, after every condition was checked again with them: a solver works in floating point
 * and its word is not taken for it. Throws when a condition does not hold.
 */
export function exactValues({ columns, rows }: IntegerProgramme, values: ArrayLike<number>): number[] {
  if (columns.some(({ mayBeFraction }) => mayBeFraction))
    return columns.map(({ mayBeFraction }, index) => (mayBeFraction ? values[index]! : Math.round(values[index]!)));
  const exact = columns.map(({ lower, upper }, index) => {
    // Not -0.
    const value = Math.round(values[index] ?? Number.NaN) + 0;
    if (!(value >= lower && value <= upper)) throw new Error(`The solver left a column's bounds: ${value}`);
    return value;
  });
  for (const { name, terms, lower, upper } of rows) {
    const sum = terms.reduce((total, [column, coefficient]) => total + coefficient * exact[column]!, 0);
    if (sum < lower || sum > upper) throw new Error(`The solver broke the condition ${name}: ${sum}`);
  }
  return exact;
}
