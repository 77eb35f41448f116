import { Refusal, type RefusalCode, type RefusalDetails } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import type { InsertTarget, Sql, SqlValue } from '../platform/database/sql.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import type { Entry, EntryDraft } from './domain/entry.js';
import type { LearnerBook } from './domain/post-entry.js';

/** Rows of a feature's own tables that must be written with the entry or not at all. */
export interface FeatureRows {
  target: InsertTarget;
  rows: SqlValue[][];
}

/** A refusal that leaves rows of its feature behind, written together with the answer under its key. */
export class KeptRefusal extends Refusal {
  constructor(
    code: RefusalCode,
    details: RefusalDetails,
    readonly rows: FeatureRows[],
  ) {
    super(code, details);
  }
}

/** What a rule decided: the entry to write, and what becomes true with it once the book has numbered it. */
export interface Decision<Answer> {
  draft: EntryDraft;
  complete(entry: Entry): { answer: Answer; rows?: FeatureRows[] };
}

/**
 * What the commands of one round have taken of what learners share (places in a session), by name. Facts are read before
 * a round and rows written after it, so that a command sees only here what those before it take. Whoever decides by such
 * a number adds to it in `complete`, across all kinds of commands.
 */
export type RoundCounts = Map<string, number>;

/** Everything a decision may look at besides its own input and facts. */
export interface DecisionContext {
  book: LearnerBook;
  nowMs: number;
  taken: RoundCounts;
  /** Who asks, and under which key. */
  by: Pick<BookCommand, 'caller' | 'once'>;
}

/**
 * One kind of change to the book. `loadFacts` reads, for a whole batch at once, what the rule needs to know; `decide`
 * is pure: it proposes an entry or throws a `Refusal`. In one call of `loadFacts` no learner occurs twice.
 */
export interface CommandKind<Input, Facts, Answer> {
  /** Name in the audit: verb and thing. */
  action: string;
  /** The rule looks at lots, so they are read before it runs. */
  needsLots?: boolean;
  loadFacts(sql: Sql, inputs: { learnerId: string; input: Input }[]): Promise<Facts>;
  decide(input: Input, facts: Facts, context: DecisionContext): Decision<Answer>;
}

/** One change that one caller asks for in one learner's book. */
export interface BookCommand<Input = unknown, Facts = unknown, Answer = unknown> {
  kind: CommandKind<Input, Facts, Answer>;
  learnerId: string;
  input: Input;
  caller: Caller;
  /** Given for single requests; lists and files are kept once by what they say (see attendance). */
  once?: OnceKey;
}

/** What became of a command. Only an unexpected failure is thrown instead. */
export type Outcome<Answer> = { answer: Answer; replayed: boolean } | Refusal;
