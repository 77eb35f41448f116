import type { EntitySpec } from '../platform/database/columns.js';
import type { LifeStep } from './domain/pack-life.js';

/** One published policy pack, exactly as it was published. Never changed: a new rule is a new version. */
export interface PolicyVersionRow {
  policyVersion: string;
  effectiveFrom: string;
  /** The pack's file as canonical JSON. */
  content: string;
  contentHash: string;
  recordedAt: number;
}

/** One step of a version on its way: drafted, reviewed, published. Only ever added to. */
export interface PolicyStepRow extends LifeStep {
  policyVersion: string;
  /** 1, 2, 3 … within the version. */
  step: number;
  /** The pack's file as canonical JSON, with a draft. */
  content: string | null;
}

/** Which version takes effect on a day: at most one. */
export interface PolicyDayRow {
  effectiveFrom: string;
  policyVersion: string;
}

/** Versions by name; the database refuses to change or delete one. */
export const policyVersionEntity: EntitySpec<PolicyVersionRow> = {
  table: 'policy_version',
  columns: { policyVersion: 'text', effectiveFrom: 'text', content: 'text', contentHash: 'text', recordedAt: 'int' },
  primaryKey: ['policyVersion'],
};

/** Steps of versions by version and 1, 2, 3 …; the state of a version is that of its last step. Append-only. */
export const policyStepEntity: EntitySpec<PolicyStepRow> = {
  table: 'policy_step',
  columns: {
    policyVersion: 'text',
    step: 'int',
    kind: 'text',
    contentHash: 'text',
    content: 'text?',
    actor: 'text',
    comment: 'text?',
    recordedAt: 'int',
  },
  primaryKey: ['policyVersion', 'step'],
  checks: { policy_step_kind: "kind in ('draft', 'review', 'publication')" },
};

/** Days on which a version takes effect; two versions cannot take the same day. Append-only. */
export const policyDayEntity: EntitySpec<PolicyDayRow> = {
  table: 'policy_day',
  columns: { effectiveFrom: 'text', policyVersion: 'text' },
  primaryKey: ['effectiveFrom'],
};
