import type { Sql } from '../platform/database/sql.js';

interface MergedRow {
  learner_id: string;
  other_learner_id: string;
}

const MERGED = 'select learner_id, other_learner_id from account_merge';

async function others(sql: Sql, learnerIds: string[], side: 'kept' | 'closed'): Promise<MergedRow[]> {
  return sql.rowsByKeys<MergedRow>(
    MERGED,
    ['learner_id'],
    learnerIds.map((learnerId) => [learnerId]),
    `and side = '${side}' and is_live = 1`,
  );
}

/** The account that each of these was merged into; one that was not is absent. */
export async function mergeTargets(sql: Sql, learnerIds: string[]): Promise<Map<string, string>> {
  const rows = await others(sql, learnerIds, 'closed');
  return new Map(rows.map((row) => [row.learner_id, row.other_learner_id]));
}

/** An account that was merged into another one, and since when. */
interface KeptMerge {
  learnerId: string;
  otherLearnerId: string;
  /** Epoch milliseconds. */
  recordedAt: number;
}

/** Live merges that these learners' accounts kept: what came over, and when. */
export async function keptMerges(sql: Sql, learnerIds: string[]): Promise<KeptMerge[]> {
  return sql.rowsByKeys<KeptMerge>(
    'select learner_id as "learnerId", other_learner_id as "otherLearnerId", recorded_at as "recordedAt" from account_merge',
    ['learner_id'],
    learnerIds.map((learnerId) => [learnerId]),
    "and side = 'kept' and is_live = 1",
  );
}

/**
 * All accounts of the person who keeps each of these: the account itself first, then those merged into it, and into
 * those. What a person attended, passed or converted anywhere counts for their gates and caps. One look-up unless there
 * was a merge.
 */
export async function personAccounts(sql: Sql, learnerIds: string[]): Promise<Map<string, string[]>> {
  const found = new Map(learnerIds.map((learnerId) => [learnerId, [learnerId]]));
  // Account → whose list it is on.
  let waiting = new Map(learnerIds.map((learnerId) => [learnerId, learnerId]));
  while (waiting.size > 0) {
    const next = new Map<string, string>();
    for (const { learner_id: account, other_learner_id: merged } of await others(sql, [...waiting.keys()], 'kept')) {
      const keeper = waiting.get(account)!;
      found.get(keeper)!.push(merged);
      next.set(merged, keeper);
    }
    waiting = next;
  }
  return found;
}
