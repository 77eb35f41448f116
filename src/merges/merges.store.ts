import type { AccountMerge } from '../ledger/ledger.port.js';
import type { Transaction } from '../platform/database/writer.js';

/** A transaction or the read connection. */
type Connection = Pick<Transaction, 'orm'>;

/** Both sides of a merge. */
export interface MergeSides {
  kept: AccountMerge;
  closed: AccountMerge;
}

/** Writes both sides of a merge. */
export async function insertMerge({ orm }: Connection, { kept, closed }: MergeSides): Promise<void> {
  await orm.insert<AccountMerge>('account_merge', kept);
  await orm.insert<AccountMerge>('account_merge', closed);
}

/** Both sides of a merge, undone or not; null when there is no such merge. */
export async function findMerge({ orm }: Connection, mergeId: string): Promise<MergeSides | null> {
  const rows = await orm.findBy<AccountMerge>('account_merge', { mergeId });
  const [kept, closed] = (['kept', 'closed'] as const).map((side) => rows.find((row) => row.side === side));
  return kept && closed ? { kept, closed } : null;
}

/** Marks one side of a merge as undone. */
export async function endMerge(
  { sql }: Pick<Transaction, 'sql'>,
  { learnerId, mergeId }: Pick<AccountMerge, 'learnerId' | 'mergeId'>,
  reversal: { version: number | null; reason: string; nowMs: number },
): Promise<void> {
  await sql.run(
    'update account_merge set is_live = 0, reversal_version = ?, reversal_reason = ?, reversed_at = ? where learner_id = ? and merge_id = ?',
    [reversal.version, reversal.reason, reversal.nowMs, learnerId, mergeId],
  );
}
