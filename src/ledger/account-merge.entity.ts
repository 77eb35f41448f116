import type { EntitySpec } from '../platform/database/columns.js';
import type { AccountStatus } from './domain/post-entry.js';

/**
 * One side of a merge of two accounts of one person: each account has its own row, so that a look-up stays with the
 * learner. The entries are the record of what moved; this says which accounts are one person's now.
 */
export interface AccountMerge {
  learnerId: string;
  mergeId: string;
  /** Whether this account was kept or closed. */
  side: 'kept' | 'closed';
  otherLearnerId: string;
  /** This side's entry; null where nothing moved here. */
  version: number | null;
  reason: string;
  mergedBy: string;
  recordedAt: number;
  /** 1 until the merge is undone. */
  isLive: number;
  reversalVersion: number | null;
  reversalReason: string | null;
  reversedAt: number | null;
  /** What undoing it gives back to the closed account: its status, and its cards as JSON. */
  statusBefore: AccountStatus | null;
  cardsBefore: string | null;
}

/**
 * Merges, one row on either side, so that each account finds its own. An account is merged into one other at most at a
 * time.
 */
export const accountMergeEntity: EntitySpec<AccountMerge> = {
  table: 'account_merge',
  columns: {
    learnerId: 'id',
    mergeId: 'id',
    side: 'text',
    otherLearnerId: 'id',
    version: 'int?',
    reason: 'text',
    mergedBy: 'text',
    recordedAt: 'int',
    isLive: 'int',
    reversalVersion: 'int?',
    reversalReason: 'text?',
    reversedAt: 'int?',
    statusBefore: 'text?',
    cardsBefore: 'text?',
  },
  primaryKey: ['learnerId', 'mergeId'],
  checks: { account_merge_side: "side in ('kept', 'closed')" },
  indexes: [
    { name: 'account_merge_by_id', columns: ['mergeId'] },
    {
      name: 'account_merge_one_target',
      columns: ['learnerId'],
      unique: true,
      where: "side = 'closed' and is_live = 1",
    },
  ],
};
