import { auditEventEntity } from './audit/audit.port.js';
import { CreateAudit1700000000100 } from './audit/audit.migration.js';
import { balanceEntity, journalEntryEntity, learningAccountEntity, postingEntity } from './ledger/ledger.entity.js';
import { CreateLedger1700000000200 } from './ledger/ledger.migration.js';
import { apiKeyEntity } from './platform/auth/api-key.js';
import type { EntitySpec } from './platform/database/columns.js';
import type { Schema } from './platform/database/data-sources.js';
import { idempotencyRecordEntity } from './platform/idempotency/idempotency.store.js';
import { CreatePlatform1700000000000 } from './platform/platform.migration.js';

/** Every table and every migration of the bank, in the order they are made. */
export const SCHEMA: Schema = {
  entities: [
    apiKeyEntity,
    idempotencyRecordEntity,
    auditEventEntity,
    learningAccountEntity,
    journalEntryEntity,
    postingEntity,
    balanceEntity,
  ] as EntitySpec<never>[],
  migrations: [CreatePlatform1700000000000, CreateAudit1700000000100, CreateLedger1700000000200],
};
