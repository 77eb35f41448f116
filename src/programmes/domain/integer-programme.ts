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
  /** Whole number that nothing costs less than, as is known from elsewhere: what costs no more is the best. */
  enough?: number;
}

/**
 * How a search ended: `best` is proven, `found` fits but the time ran out before it was proven, `none` cannot be. No
 * solution costs less than `bound`.
 */
export type Solution =
  | { status: 'best' | 'found'; values: number[]; bound?: number }
  | { status: 'unknown'; bound?: number }
  | { status: 'none' };

/** Solves in the calling thread; only for the small programmes of one learner's evaluation. */
export type Solve = (programme: IntegerProgramme) => Solution;

/** Solves somewhere else within a time limit. */
export type SolveLater = (programme: IntegerProgramme, timeLimitMs: number) => Promise<Solution>;

/** Solvers miss a whole number by less. */
const TOLERANCE = 1e-5;

/** Puts an integer programme together. */
export class ProgrammeBuilder {
  readonly columns: IntegerProgramme['columns'] = [];
  readonly rows: Row[] = [];

  /** A new whole number between two bounds; its index. */
  column(lower: number, upper: number, cost = 0): number {
    return this.columns.push({ lower, upper, cost }) - 1;
  }

  /** Nothing above `upper` is needed of a column. */
  limit(column: number, upper: number): void {
    this.columns[column]!.upper = Math.min(this.columns[column]!.upper, upper);
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
export function relaxed({ columns, ...rest }: IntegerProgramme, loose: Set<number>): IntegerProgramme {
  return { ...rest, columns: columns.map((column, index) => ({ ...column, mayBeFraction: loose.has(index) })) };
}

/** The same with narrower bounds for some columns. */
export function withBounds(
  { columns, ...rest }: IntegerProgramme,
  bounds: Map<number, { lower: number; upper: number }>,
): IntegerProgramme {
  return {
    ...rest,
    columns: columns.map((column, index) => {
      const { lower = column.lower, upper = column.upper } = bounds.get(index) ?? {};
      return { ...column, lower: Math.max(lower, column.lower), upper: Math.min(upper, column.upper) };
    }),
  };
}

/**
 * The values as exact integers, after every condition was checked again with them: a solver works in floating point
 * and its word is not taken for it. Throws when a condition does not hold.
 */
export function exactValues(programme: IntegerProgramme, values: ArrayLike<number>): number[] {
  const { columns } = programme;
  if (columns.some(({ mayBeFraction }) => mayBeFraction))
    return columns.map(({ mayBeFraction }, index) => (mayBeFraction ? values[index]! : Math.round(values[index]!)));
  const { exact, broken } = rounded(programme, values);
  if (broken !== null) throw new Error(`The solver ${broken}`);
  return exact;
}

/** The values of a search with fractions as exact integers, or null where they are not or break a condition. */
export function wholeValues(programme: IntegerProgramme, values: number[]): number[] | null {
  const { exact, broken } = rounded(programme, values);
  return broken === null && exact.every((value, index) => Math.abs(value - values[index]!) < TOLERANCE) ? exact : null;
}

/** The nearest integers, and what they break. */
function rounded(
  { columns, rows }: IntegerProgramme,
  values: ArrayLike<number>,
): { exact: number[]; broken: string | null } {
  // Not -0.
  const exact = columns.map((_, index) => Math.round(values[index] ?? Number.NaN) + 0);
  const outside = columns.findIndex(({ lower, upper }, index) => !(exact[index]! >= lower && exact[index]! <= upper));
  if (outside >= 0) return { exact, broken: `left a column's bounds: ${exact[outside]}` };
  for (const { name, terms, lower, upper } of rows) {
    const sum = terms.reduce((total, [column, coefficient]) => total + coefficient * exact[column]!, 0);
    if (sum < lower || sum > upper) return { exact, broken: `broke the condition ${name}: ${sum}` };
  }
  return { exact, broken: null };
}
