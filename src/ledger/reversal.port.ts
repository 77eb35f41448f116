import { Injectable } from '@nestjs/common';
import type { Sql } from '../platform/database/sql.js';
import type { FeatureRows, RoundCounts } from './book-command.js';
import type { AccrualStep } from './domain/accrue.js';
import type { Entry, EntryKind } from './domain/entry.js';

/** What else must happen when an entry of a kind is undone, or done again by undoing its reversal. */
export interface ReversalPlan {
  /** How the entry's study time becomes credit, when it does: see `planReversal`. */
  step: AccrualStep | null;
  /** True: credit that the entry took out of `held` returns to `available`, because the hold it came from is over. */
  freesHeld?: boolean;
  /** Looks once more when the reversal is decided: other commands of its commit may have taken what it needs. */
  requireRoom?(taken: RoundCounts): void;
  /** Rows of the feature's own projections, given the new reversal entry; adds what they take to `taken`. */
  rows(reversal: Entry, taken: RoundCounts): FeatureRows[];
}

/**
 * A feature's word on undoing its own entries. `isUndoing` is true when `entry` stops counting and false when it counts
 * again. Throws a `Refusal` when that must not happen.
 */
export type ReversalRule = (sql: Sql, entry: Entry, isUndoing: boolean) => Promise<ReversalPlan>;

/** The features' reversal rules by kind of entry. A kind without one cannot be reversed by itself (awards are revoked). */
@Injectable()
export class ReversalRules {
  private readonly rules = new Map<EntryKind, ReversalRule>();

  /** Called by each feature once, when the application starts. */
  register(kind: EntryKind, rule: ReversalRule): void {
    if (this.rules.has(kind)) throw new Error(`Two features want to reverse entries of kind ${kind}`);
    this.rules.set(kind, rule);
  }

  /** The rule of a kind, or undefined when entries of it cannot be undone by themselves. */
  ruleFor(kind: EntryKind): ReversalRule | undefined {
    return this.rules.get(kind);
  }
}
