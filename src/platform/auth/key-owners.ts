import type { Sql } from '../database/sql.js';
import type { KeyGrant } from './api-keys.service.js';
import type { Caller } from './caller.js';

/** What was done to a key, for the audit. */
export interface KeyDeed {
  caller: Caller;
  action: 'issue-api-key' | 'revoke-api-key';
  keyId: string;
}

/**
 * What keys need from the rest of the bank: whether their owner is on record, and a line in the audit. The platform
 * knows no feature, so it says here what it asks and a feature answers.
 */
export abstract class KeyOwners {
  /** Refuses a grant to a provider that is not on record with `provider-unknown`. */
  abstract check(sql: Sql, grant: KeyGrant): Promise<void>;
  /** Writes the audit line inside the deed's own transaction. */
  abstract record(sql: Sql, deed: KeyDeed, nowMs: number): Promise<void>;
}
