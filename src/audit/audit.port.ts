import type { Caller, Role } from '../platform/auth/caller.js';
import type { EntitySpec } from '../platform/database/columns.js';
import type { InsertTarget, Sql } from '../platform/database/sql.js';
import { newId } from '../kernel/ids.js';

/** Who did what, written in the same transaction as the deed. Append-only; holds names of things, never personal data. */
export interface AuditEvent {
  eventId: string;
  recordedAt: number;
  /** The API key that acted. */
  actor: string;
  role: Role;
  /** Verb and thing, such as `record-attendance`. */
  action: string;
  /** What it was done to: an entry, a code, a serial. */
  subject: string;
  learnerId: string | null;
  /** `done`, or the code of the refusal. */
  outcome: string;
}

/** Audit lines; the database refuses to change or delete one. */
export const auditEventEntity: EntitySpec<AuditEvent> = {
  table: 'audit_event',
  columns: {
    eventId: 'id',
    recordedAt: 'int',
    actor: 'text',
    role: 'text',
    action: 'text',
    subject: 'text',
    learnerId: 'id?',
    outcome: 'text',
  },
  primaryKey: ['eventId'],
};

const INSERT: InsertTarget = {
  table: 'audit_event',
  columns: ['event_id', 'recorded_at', 'actor', 'role', 'action', 'subject', 'learner_id', 'outcome'],
};

/** One line of the audit, before it is dated. */
export interface Deed {
  caller: Pick<Caller, 'keyId' | 'role'>;
  action: string;
  subject: string;
  learnerId?: string | null;
  outcome?: string;
}

/** Writes audit lines inside the deed's own transaction. */
export async function recordDeeds(sql: Sql, deeds: Deed[], nowMs: number): Promise<void> {
  await sql.insert(
    INSERT,
    deeds.map(({ caller, action, subject, learnerId, outcome }) => [
      newId(nowMs),
      nowMs,
      caller.keyId,
      caller.role,
      action,
      subject,
      learnerId ?? null,
      outcome ?? 'done',
    ]),
  );
}
