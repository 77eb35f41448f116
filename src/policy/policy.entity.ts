import type { EntitySpec } from '../platform/database/columns.js';

/** One published policy pack, exactly as it was published. Never changed: a new rule is a new version. */
export interface PolicyVersionRow {
  policyVersion: string;
  effectiveFrom: string;
  /** The pack's file as canonical JSON. */
  content: string;
  contentHash: string;
  recordedAt: number;
}

/** Versions by name; the database refuses to change or delete one. */
export const policyVersionEntity: EntitySpec<PolicyVersionRow> = {
  table: 'policy_version',
  columns: { policyVersion: 'text', effectiveFrom: 'text', content: 'text', contentHash: 'text', recordedAt: 'int' },
  primaryKey: ['policyVersion'],
};
