import { Injectable } from '@nestjs/common';
import { recordDeeds } from '../audit/audit.port.js';
import { Refusal } from '../kernel/refusal.js';
import type { KeyGrant } from '../platform/auth/api-keys.service.js';
import { KeyOwners, type KeyDeed } from '../platform/auth/key-owners.js';
import type { Sql } from '../platform/database/sql.js';
import { readProvider } from './provider.store.js';

/** Answers what the platform asks about the owners of API keys. */
@Injectable()
export class ProviderKeyOwners extends KeyOwners {
  async check(sql: Sql, { providerId }: KeyGrant): Promise<void> {
    if (providerId !== undefined && !(await readProvider(sql, providerId))) throw new Refusal('provider-unknown');
  }

  async record(sql: Sql, { caller, action, keyId }: KeyDeed, nowMs: number): Promise<void> {
    await recordDeeds(sql, [{ caller, action, subject: keyId }], nowMs);
  }
}
