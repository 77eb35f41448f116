import { Refusal } from '../kernel/refusal.js';
import type { Sql } from '../platform/database/sql.js';
import type { CommandKind } from './book-command.js';
import { readEntry, readReversals } from './book.store.js';
import { entryId, type Entry } from './domain/entry.js';
import { planReversal } from './domain/plan-reversal.js';
import type { ReversalPlan, ReversalRule } from './reversal.port.js';

/** The entry to undo and why. */
export interface ReversalInput {
  version: number;
  reason: string;
  /** Who may undo it: null for a registrar, else only entries of this provider. */
  onlyProviderId: string | null;
  ruleFor(kind: Entry['kind']): ReversalRule | undefined;
}

/** The reversal and the entry that it undid, by their public names. */
export interface ReversalReceipt {
  entryId: string;
  reversesEntryId: string;
}

interface ReversalFacts {
  /** Entry, the version that already reversed it, and what its feature says; or the refusal to give. */
  byLearner: Map<string, { entry: Entry; reversedBy: number | undefined; plan: ReversalPlan } | Refusal>;
}

/** Undoes an entry by an equal and opposite one that names it. An entry is undone once; undoing the reversal brings it back. */
export const REVERSE_ENTRY: CommandKind<ReversalInput, ReversalFacts, ReversalReceipt> = {
  action: 'reverse-entry',
  needsLots: true,
  async loadFacts(sql, asked) {
    const byLearner: ReversalFacts['byLearner'] = new Map();
    for (const { learnerId, input } of asked) byLearner.set(learnerId, await loadOne(sql, learnerId, input));
    return { byLearner };
  },
  decide(input, facts, { book, nowMs, taken }) {
    const fact = facts.byLearner.get(book.learnerId)!;
    if (fact instanceof Refusal) throw fact;
    // Its live credit is in the other account: what is to be put right must first come back.
    if (book.mergedInto) throw new Refusal('account-merged');
    const { entry, reversedBy, plan } = fact;
    if (reversedBy !== undefined) {
      throw new Refusal('entry-already-reversed', { entryId: entryId(book.learnerId, reversedBy) });
    }
    plan.requireRoom?.(taken);
    return {
      draft: {
        kind: 'reversal',
        occurredAt: nowMs,
        subject: entry.subject ?? undefined,
        providerId: entry.providerId,
        policyVersion: entry.policyVersion,
        reversesVersion: entry.version,
        reason: input.reason,
        postings: planReversal(book, entry, plan.step, plan.freesHeld),
      },
      complete: (reversal) => ({
        rows: plan.rows(reversal, taken),
        answer: {
          entryId: entryId(book.learnerId, reversal.version),
          reversesEntryId: entryId(book.learnerId, entry.version),
        },
      }),
    };
  },
};

async function loadOne(
  sql: Sql,
  learnerId: string,
  input: ReversalInput,
): Promise<{ entry: Entry; reversedBy: number | undefined; plan: ReversalPlan } | Refusal> {
  const entry = await readEntry(sql, learnerId, input.version);
  if (!entry || (input.onlyProviderId !== null && entry.providerId !== input.onlyProviderId))
    return new Refusal('not-found');
  const { root, isUndoing } = await rootOf(sql, entry);
  const rule = input.ruleFor(root.kind);
  if (!rule) return new Refusal('entry-not-reversible', { kind: root.kind });
  const reversedBy = (await readReversals(sql, learnerId)).get(entry.version);
  try {
    return { entry, reversedBy, plan: await rule(sql, root, isUndoing) };
  } catch (error) {
    if (error instanceof Refusal) return reversedBy === undefined ? error : alreadyReversed(learnerId, reversedBy);
    throw error;
  }
}

function alreadyReversed(learnerId: string, reversedBy: number): Refusal {
  return new Refusal('entry-already-reversed', { entryId: entryId(learnerId, reversedBy) });
}

/** The entry at the bottom of a chain of reversals, and whether undoing `entry` undoes or restores it. */
async function rootOf(sql: Sql, entry: Entry): Promise<{ root: Entry; isUndoing: boolean }> {
  let root = entry;
  let isUndoing = true;
  while (root.reversesVersion !== null) {
    const below = await readEntry(sql, root.learnerId, root.reversesVersion);
    if (!below) throw new Error(`Entry ${entryId(root.learnerId, root.version)} reverses one that is not there`);
    root = below;
    isUndoing = !isUndoing;
  }
  return { root, isUndoing };
}
