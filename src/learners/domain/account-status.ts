import { Refusal } from '../../kernel/refusal.js';
import type { AccountStatus } from '../../ledger/domain/post-entry.js';

/** From each status, what an account may become. Frozen still earns but converts nothing; closed is final (DOMAIN ACC-8). */
const ACCOUNT_CHANGES: Record<AccountStatus, readonly AccountStatus[]> = {
  active: ['frozen', 'closed'],
  frozen: ['active', 'closed'],
  closed: [],
};

/** Refuses with `account-change-not-allowed` unless an account of this status may become `wanted`. */
export function requireAccountChange(status: AccountStatus, wanted: AccountStatus): void {
  if (!ACCOUNT_CHANGES[status].includes(wanted)) throw new Refusal('account-change-not-allowed', { status, wanted });
}

/** Refuses with `account-closed` when nothing new may be given to this account. */
export function requireOpenAccount(status: AccountStatus): void {
  if (status === 'closed') throw new Refusal('account-closed');
}
