import type { OutcomeFacts } from '../../kernel/outcome.js';
import type { Lot } from '../../ledger/domain/lots.js';
import { attemptKeys } from '../../policy/domain/attempts.js';
import type { TitleRules } from '../../policy/domain/title-rules.js';

/** Courses of which an outcome was converted or is held: other outcomes of the same course serve no more. */
export class UsedAttempts {
  private readonly outcomes = new Map<string, Set<number>>();

  constructor(
    private readonly titleRules: TitleRules,
    lots: Lot[],
    sources: Map<number, OutcomeFacts>,
  ) {
    for (const { lot, version, buckets } of lots)
      if ((buckets['converted'] ?? 0) + (buckets['held'] ?? 0) > 0)
        for (const key of attemptKeys(titleRules, sources.get(lot)!))
          this.outcomes.set(key, (this.outcomes.get(key) ?? new Set()).add(version));
  }

  /** True for another outcome than those used. What a conversion brought in stands for the outcome itself. */
  standsFor({ version }: Pick<Lot, 'version'>, facts: OutcomeFacts): boolean {
    if (facts.origin === 'conversion') return false;
    return this.keysOf(facts).some((key) => !this.outcomes.get(key)!.has(version));
  }

  /** True where an outcome of such a course was used. */
  knows(facts: OutcomeFacts): boolean {
    return this.keysOf(facts).length > 0;
  }

  private keysOf(facts: OutcomeFacts): string[] {
    return attemptKeys(this.titleRules, facts).filter((key) => this.outcomes.has(key));
  }
}
