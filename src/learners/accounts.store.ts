import { MoreThan } from 'typeorm';
import { Refusal } from '../kernel/refusal.js';
import { mergeTargets } from '../ledger/ledger.port.js';
import type { Caller } from '../platform/auth/caller.js';
import type { InsertTarget, Sql } from '../platform/database/sql.js';
import type { AccountStatus } from '../ledger/domain/post-entry.js';
import type { Connection } from './cards.store.js';
import type { AccountChange, Learner } from './learners.entity.js';

const INSERT_LEARNER: InsertTarget = {
  table: 'learner',
  columns: [
    'learner_id',
    'name',
    'identity_type',
    'identity_cipher',
    'identity_hash',
    'unit_code',
    'consent_at',
    'opened_on',
    'opened_by',
    'recorded_at',
  ],
};
const INSERT_ACCOUNT: InsertTarget = {
  table: 'learning_account',
  columns: ['learner_id', 'status', 'version', 'lot_count', 'recorded_at'],
};

/** Who opens accounts, as far as it is on record. */
export type Actor = Pick<Caller, 'keyId' | 'role'>;

/** Writes people and their empty, active accounts. */
export async function insertAccounts(sql: Sql, learners: Learner[]): Promise<void> {
  await sql.insert(
    INSERT_LEARNER,
    learners.map((learner) => [
      learner.learnerId,
      learner.name,
      learner.identityType,
      learner.identityCipher,
      learner.identityHash,
      learner.unitCode,
      learner.consentAt,
      learner.openedOn,
      learner.openedBy,
      learner.recordedAt,
    ]),
  );
  await sql.insert(
    INSERT_ACCOUNT,
    learners.map(({ learnerId }) => [learnerId, 'active', 0, 0, 0]),
  );
}

/**
 * Status of an account, held until the transaction ends: every change of an account or its cards starts here. Null
 * when there is none. Refuses with `account-merged` when the account is closed because it was merged into another one:
 * whatever is to change must change there.
 */
export async function lockAccount(sql: Sql, learnerId: string): Promise<AccountStatus | null> {
  const [row] = await sql.rowsByKeys<{ status: AccountStatus }>(
    'select status from learning_account',
    ['learner_id'],
    [[learnerId]],
    'for update',
  );
  if (row?.status === 'closed' && (await mergeTargets(sql, [learnerId])).has(learnerId)) {
    throw new Refusal('account-merged');
  }
  return row?.status ?? null;
}

/** Statuses of accounts by learner. */
export async function accountStatuses(sql: Sql, learnerIds: string[]): Promise<Map<string, AccountStatus>> {
  const rows = await sql.rowsByKeys<{ learner_id: string; status: AccountStatus }>(
    'select learner_id, status from learning_account',
    ['learner_id'],
    learnerIds.map((learnerId) => [learnerId]),
  );
  return new Map(rows.map((row) => [row.learner_id, row.status]));
}

/** Writes a change of status and why; the account must be locked. */
export async function writeAccountChange(
  { sql, orm }: Connection,
  change: Omit<AccountChange, 'sequence'>,
): Promise<void> {
  const { learnerId } = change;
  await sql.run('update learning_account set status = ? where learner_id = ?', [change.statusAfter, learnerId]);
  const sequence = (await orm.countBy<AccountChange>('account_change', { learnerId })) + 1;
  await orm.insert('account_change', { ...change, sequence });
}

/** Changes of an account's status, oldest first. */
export async function accountChanges({ orm }: Connection, learnerId: string): Promise<AccountChange[]> {
  return orm.find<AccountChange>('account_change', { where: { learnerId }, order: { sequence: 'ASC' } });
}

/** Learners in the order of their ids, after `afterId` where given. */
export async function learnersAfter({ orm }: Connection, afterId: string | null, limit: number): Promise<Learner[]> {
  return orm.find<Learner>('learner', {
    where: afterId === null ? {} : { learnerId: MoreThan(afterId) },
    order: { learnerId: 'ASC' },
    take: limit,
  });
}
