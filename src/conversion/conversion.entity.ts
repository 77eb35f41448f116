import type { EntitySpec } from '../platform/database/columns.js';

/** A conversion that was made, and why. Append-only; whether it still counts is for the journal to say. */
export interface ConversionRow {
  learnerId: string;
  /** Version of its entry. */
  version: number;
  rule: string;
  /** Programme whose share limits it, or null. */
  capProgramme: string | null;
  fromType: string;
  toType: string;
  fromCenti: number;
  toCenti: number;
  /** The `ConversionDecision` as JSON: every check with what it compared. */
  decision: string;
}

/** Conversions by the learner and version of their entry; the database refuses to change or delete one. */
export const conversionEntity: EntitySpec<ConversionRow> = {
  table: 'conversion',
  columns: {
    learnerId: 'id',
    version: 'int',
    rule: 'text',
    capProgramme: 'text?',
    fromType: 'text',
    toType: 'text',
    fromCenti: 'int',
    toCenti: 'int',
    decision: 'text',
  },
  primaryKey: ['learnerId', 'version'],
};
