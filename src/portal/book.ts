import type { Lot } from '../ledger/domain/lots.js';
import type { StatedEntry, Statement } from '../ledger/statements.service.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import type { AsOf } from './as-of.js';

/** A learner's book as it stood at an instant: all that the pages about it show. */
export interface Book {
  learnerId: string;
  asOf: AsOf;
  /** Totals, from the one calculator. */
  statement: Statement;
  lots: Lot[];
  /** Everything that had been recorded, oldest first. */
  entries: StatedEntry[];
  /** Rules of the day, for names and prices; null in a bank that has published none. */
  pack: PolicyPack | null;
}
