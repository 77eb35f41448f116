import { endOfDayMs } from '../kernel/clock.js';
import { groupBy } from '../kernel/group-by.js';
import type { Sql } from '../platform/database/sql.js';
import { lifeOf, type LifeStep, type PackLife } from './domain/pack-life.js';

/** A version with everything that happened to it. */
export interface StoredPolicy {
  policyVersion: string;
  /** The pack's file as canonical JSON, as it stands now. */
  content: string;
  steps: LifeStep[];
  life: PackLife;
}

interface StepRow {
  policy_version: string;
  kind: LifeStep['kind'];
  content_hash: string;
  content: string | null;
  actor: string;
  comment: string | null;
  recorded_at: number;
}

interface VersionRow {
  policy_version: string;
  content: string;
  content_hash: string;
  recorded_at: number;
}

/** Versions by name; those that do not exist are left out. One that was published without steps has one of the operator. */
export async function readStoredPolicies(sql: Sql, versions: string[]): Promise<Map<string, StoredPolicy>> {
  const keys = versions.map((version) => [version]);
  const steps = groupBy(
    await sql.rowsByKeys<StepRow>(
      'select policy_version, kind, content_hash, content, actor, comment, recorded_at from policy_step',
      ['policy_version'],
      keys,
      'order by policy_version, step',
    ),
    (row) => row.policy_version,
  );
  const published = await sql.rowsByKeys<VersionRow>(
    'select policy_version, content, content_hash, recorded_at from policy_version',
    ['policy_version'],
    keys,
  );
  const found = new Map<string, StoredPolicy>();
  for (const policyVersion of versions) {
    const version = published.find((row) => row.policy_version === policyVersion);
    const rows = steps.get(policyVersion) ?? (version ? [operatorStep(version)] : []);
    const taken = rows.map(toStep);
    const life = lifeOf(taken);
    const content = version?.content ?? rows.findLast((row) => row.content !== null)?.content;
    if (life && content) found.set(policyVersion, { policyVersion, content, steps: taken, life });
  }
  return found;
}

/** Versions published before steps were kept. */
function operatorStep({ policy_version, content_hash, recorded_at }: VersionRow): StepRow {
  return {
    policy_version,
    kind: 'publication',
    content_hash,
    content: null,
    actor: 'operator',
    comment: null,
    recorded_at,
  };
}

function toStep({ kind, content_hash: contentHash, actor, comment, recorded_at: recordedAt }: StepRow): LifeStep {
  return { kind, contentHash, actor, comment, recordedAt };
}

/** Names of versions after `after`, in order. */
export async function listVersions(sql: Sql, after: string, limit: number): Promise<string[]> {
  const rows = await sql.rows<{ policy_version: string }>(
    `select policy_version from (
       select policy_version from policy_step union select policy_version from policy_version
     ) known where policy_version > ? order by policy_version limit ?`,
    [after, limit],
  );
  return rows.map((row) => row.policy_version);
}

/** Adds a step after `count` others; false when somebody else has just taken that place. */
export async function addStep(
  sql: Sql,
  policyVersion: string,
  count: number,
  step: LifeStep,
  content: string | null,
): Promise<boolean> {
  const { kind, contentHash, actor, comment, recordedAt } = step;
  const added = await sql.run(
    `insert into policy_step (policy_version, step, kind, content_hash, content, actor, comment, recorded_at)
     values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (policy_version, step) do nothing`,
    [policyVersion, count + 1, kind, contentHash, content, actor, comment, recordedAt],
  );
  return added === 1;
}

/** Puts a version in force from a day on. */
export async function addVersion(
  sql: Sql,
  row: { policyVersion: string; effectiveFrom: string; content: string; contentHash: string; recordedAt: number },
): Promise<void> {
  await sql.run(
    `insert into policy_version (policy_version, effective_from, content, content_hash, recorded_at)
     values (?, ?, ?, ?, ?) on conflict (policy_version) do nothing`,
    [row.policyVersion, row.effectiveFrom, row.content, row.contentHash, row.recordedAt],
  );
}

/** Takes the day for a version: the version that has it. Two that ask at once wait for each other here. */
export async function takeDay(sql: Sql, effectiveFrom: string, policyVersion: string): Promise<string> {
  await sql.run(
    'insert into policy_day (effective_from, policy_version) values (?, ?) on conflict (effective_from) do nothing',
    [effectiveFrom, policyVersion],
  );
  const [row] = await sql.rows<{ policy_version: string }>(
    'select policy_version from policy_day where effective_from = ?',
    [effectiveFrom],
  );
  return row!.policy_version;
}

/** True when no version is published. */
export async function hasNoRules(sql: Sql): Promise<boolean> {
  return (await sql.rows('select policy_version from policy_version limit 1')).length === 0;
}

/**
 * True when an entry of the book happened on a day or later. The one question the rules ask of the book; asked by the
 * name of its table, because the book knows no policies and policies do not know the book.
 */
export async function hasEntriesSince(sql: Sql, day: string): Promise<boolean> {
  const startOfDayMs = endOfDayMs(day) - 86_400_000 + 1;
  return (
    (await sql.rows('select version from journal_entry where occurred_at >= ? limit 1', [startOfDayMs])).length > 0
  );
}
