import { relaxed, type IntegerProgramme, type Row, type Solution } from './integer-programme.js';
import type { LaidOutPlan } from './lay-out-plan.js';
import type { PlanCase } from './planning-case.js';

/** Rules that cannot all be kept, though they could without any one of them. */
export interface Conflict {
  /** Names of conditions: `total`, `bucket major`, `cap certificates`, `conversion x`, `excluded KC-1` … */
  rules: string[];
  /** The first thing asked among them; null where it cannot be measured. */
  measured: string | null;
  /** Most hundredths (or outcomes) that the first thing asked can reach under all limits and wishes; null if not known. */
  most: number | null;
  /** True when it is proven that no fewer rules are in conflict; false where the time ran out before. */
  isSmallest: boolean;
}

const RULE = /^(total|timetable|attempt|(bucket|maximum|cap|floor|item|conversion|excluded|intake) .*)$/;
const ASKED = /^(total|(bucket|floor|item) .*)$/;
/** A condition that is missed by less holds: the solver works in floating point. */
const TOLERANCE = 1e-6;

/**
 * The fewest rules that make a plan impossible. First by leaving out one after the other: what can be left out while it
 * stays impossible is not to blame; the learner's own wishes and limits are tried first, last what the award asks. Then
 * it is proven that no fewer do, or fewer are found, see {@link ConflictSearch.fewest}.
 */
export async function findConflict(
  { builder, courses }: Pick<LaidOutPlan, 'builder' | 'courses'>,
  { objective }: Pick<PlanCase, 'objective'>,
  asking: ConflictAsking,
): Promise<Conflict> {
  const search = new ConflictSearch(builder, asking);
  const needed = await search.needed();
  const { rules, isSmallest } = needed.isTried ? await search.fewest(needed.rules) : { ...needed, isSmallest: false };
  const first = rules.find((name) => ASKED.test(name));
  const canBeMeasured = first !== undefined && (objective !== 'finish' || courses.length > 0);
  const measured = canBeMeasured ? first : null;
  return { rules, measured, most: measured === null ? null : await search.mostOf(measured), isSmallest };
}

/** How conflicts are looked for. */
export interface ConflictAsking {
  /** Columns that may be fractions. */
  amounts: Set<number>;
  solve: (problem: IntegerProgramme) => Promise<Solution>;
  isTimeLeft: () => boolean;
}

class ConflictSearch {
  private readonly solve: ConflictAsking['solve'];
  private readonly isTimeLeft: ConflictAsking['isTimeLeft'];
  private readonly amounts: Set<number>;
  /** All that may be to blame, in the order of the plan's conditions. */
  private readonly names: string[];

  constructor(
    private readonly plan: LaidOutPlan['builder'],
    { solve, isTimeLeft, amounts }: ConflictAsking,
  ) {
    [this.solve, this.isTimeLeft, this.amounts] = [solve, isTimeLeft, amounts];
    this.names = [...new Set(plan.rows.map(({ name }) => name).filter((name) => RULE.test(name)))];
  }

  /** Rules none of which can be left out, or more of them where the time ran out before every one was tried. */
  async needed(): Promise<{ rules: string[]; isTried: boolean }> {
    const wishes = this.names.filter((name) => !ASKED.test(name));
    const asked = this.names.filter((name) => ASKED.test(name)).reverse();
    const kept = new Set(this.names);
    const drop = async (some: string[]): Promise<boolean> => {
      some.forEach((name) => kept.delete(name));
      const isStill = (await this.solve(this.keeping(kept))).status === 'none';
      if (!isStill) some.forEach((name) => kept.add(name));
      return isStill;
    };
    const inOrder = () => this.names.filter((name) => kept.has(name));
    // Often what the award asks is too much by itself.
    if (wishes.length > 0) await drop(wishes);
    for (const some of lumps([...wishes, ...asked].filter((name) => kept.has(name)))) {
      if (!this.isTimeLeft()) return { rules: inOrder(), isTried: false };
      if ((await drop(some)) || some.length === 1) continue;
      for (const name of some) {
        if (!this.isTimeLeft()) return { rules: inOrder(), isTried: false };
        await drop([name]);
      }
    }
    return { rules: inOrder(), isTried: true };
  }

  /**
   * Every conflict has a rule of what is left out of any rules that can be kept together. Fewest rules with one of each
   * such rest are therefore never more than the smallest conflict: either they are one, or they can be kept together
   * with some others, which gives another rest. `known` is returned once no fewer are possible.
   */
  async fewest(known: string[]): Promise<{ rules: string[]; isSmallest: boolean }> {
    const rests: string[][] = [];
    // Mostly there is one conflict, and leaving out any rule of it ends it.
    for (const name of known) {
      if (!this.isTimeLeft()) return { rules: known, isSmallest: false };
      const others = await this.solve(this.keeping(new Set(this.names.filter((other) => other !== name))));
      rests.push('values' in others ? [name] : await this.restOf(known.filter((other) => other !== name)));
    }
    for (;;) {
      const fewest = await this.oneOfEach(rests);
      if (fewest !== null && fewest.length >= known.length) return { rules: known, isSmallest: true };
      if (fewest === null || !this.isTimeLeft()) return { rules: known, isSmallest: false };
      const { status } = await this.solve(this.keeping(new Set(fewest)));
      if (status === 'none') return { rules: fewest, isSmallest: true };
      if (status === 'unknown') return { rules: known, isSmallest: false };
      rests.push(await this.restOf(fewest));
    }
  }

  /** Most of what a rule sums up when nothing else is asked, and every limit and wish is kept; null if not known. */
  async mostOf(name: string): Promise<number | null> {
    const { terms } = this.plan.rows.find((row) => row.name === name)!;
    const others = this.keeping(new Set(this.names.filter((other) => !ASKED.test(other))));
    const costs = new Map(terms.map(([column, coefficient]) => [column, -coefficient]));
    const columns = others.columns.map((column, index) => ({ ...column, cost: costs.get(index) ?? 0 }));
    const solution = await this.solve({ ...others, columns });
    return solution.status === 'best' ? sumOf(terms, solution.values) : null;
  }

  /** The plan's conditions without the rules that are not kept. */
  private keeping(kept: Set<string>): IntegerProgramme {
    const columns = this.plan.columns.map((column) => ({ ...column, cost: 0 }));
    return relaxed(
      { columns, rows: this.plan.rows.filter(({ name }) => !RULE.test(name) || kept.has(name)) },
      this.amounts,
    );
  }

  /** What must be left out so that some rules, and as many others as go with them, can be kept together. */
  private async restOf(together: string[]): Promise<string[]> {
    const kept = new Set(together);
    const add = async (some: string[]): Promise<string[]> => {
      const missing = some.filter((name) => !kept.has(name));
      if (missing.length === 0 || !this.isTimeLeft()) return missing;
      const solution = await this.solve(this.keeping(new Set([...kept, ...missing])));
      if ('values' in solution) {
        this.heldBy(solution.values).forEach((name) => kept.add(name));
        missing.forEach((name) => kept.add(name));
        return [];
      }
      if (missing.length === 1) return missing;
      const half = Math.ceil(missing.length / 2);
      return [...(await add(missing.slice(0, half))), ...(await add(missing.slice(half)))];
    };
    const rest = await add(this.names);
    return rest.filter((name) => !kept.has(name));
  }

  /** Rules that hold by themselves in a solution found without them. */
  private heldBy(values: number[]): string[] {
    const broken = new Set(
      this.plan.rows
        .filter(({ terms, lower, upper }) => {
          const sum = sumOf(terms, values);
          return sum < lower - TOLERANCE || sum > upper + TOLERANCE;
        })
        .map(({ name }) => name),
    );
    return this.names.filter((name) => !broken.has(name));
  }

  /** Fewest rules of which each of some groups has one; null where that is not proven. */
  private async oneOfEach(groups: string[][]): Promise<string[] | null> {
    const index = new Map(this.names.map((name, column) => [name, column]));
    const rows = groups.map((group): Row => ({
      name: 'one of them',
      terms: group.map((name) => [index.get(name)!, 1]),
      lower: 1,
      upper: Infinity,
    }));
    const columns = this.names.map(() => ({ lower: 0, upper: 1, cost: 1 }));
    const solution = await this.solve({ columns, rows });
    return solution.status === 'best' ? this.names.filter((_, column) => solution.values[column] === 1) : null;
  }
}

function sumOf(terms: Row['terms'], values: number[]): number {
  return terms.reduce((sum, [column, coefficient]) => sum + coefficient * values[column]!, 0);
}

/** Names in a few lumps, so that what is surely not to blame goes at once. */
function lumps(names: string[]): string[][] {
  const size = Math.max(1, Math.ceil(names.length / 8));
  return Array.from({ length: Math.ceil(names.length / size) }, (_, index) =>
    names.slice(index * size, (index + 1) * size),
  );
}
