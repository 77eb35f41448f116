import { sha256Hex } from '../kernel/canonical-json.js';
import { isId } from '../kernel/ids.js';
import type { Refusal } from '../kernel/refusal.js';
import { KeptRefusal, type BookCommand } from '../ledger/book-command.js';
import type { InsertTarget, Sql } from '../platform/database/sql.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import type { RefusedConversionRow } from './conversion.entity.js';
import type { TracedDecision } from './domain/conversion-case.js';

/** Counts a refusal for every rule that was tried; the same request counts once. Nothing in a row leads back to a person. */
const INSERT_COUNT: InsertTarget = {
  table: 'conversion_refusal',
  columns: ['rule', 'request_hash', 'code', 'refused_on'],
  onConflict: 'on conflict (rule, request_hash) do nothing',
};
/** Keeps what was refused, with its trace. */
export const INSERT_REFUSED: InsertTarget = {
  table: 'refused_conversion',
  columns: ['learner_id', 'refusal_key', 'decided_at', 'asked_by', 'policy_version', 'rule', 'code', 'trace'],
};

/** Letters of the hash that name a refusal. */
const KEY_LENGTH = 32;

/** The refusal of a decision with what stays of it: its trace, and a count for each rule that said no. */
export function keptRefusal(
  refusal: Refusal,
  traced: TracedDecision,
  given: { learnerId: string; nowMs: number; by: Pick<BookCommand, 'caller' | 'once'> },
): Refusal {
  const { learnerId, nowMs, by } = given;
  if (!by.once) return refusal;
  const requestHash = hashOf(by.once);
  const { rule, policyVersion } = traced.decision;
  const tried = [
    ...(rule === null ? [] : [{ rule, code: refusal.code }]),
    ...traced.others.map((other) => ({ rule: other.rule, code: other.failed.code })),
  ];
  const key = requestHash.slice(0, KEY_LENGTH);
  const row = [learnerId, key, nowMs, by.caller.keyId, policyVersion, rule, refusal.code, JSON.stringify(traced)];
  return new KeptRefusal(refusal.code, { ...refusal.details, conversionId: refusalId(learnerId, key) }, [
    { target: INSERT_REFUSED, rows: [row] },
    {
      target: INSERT_COUNT,
      rows: tried.map((one) => [one.rule, requestHash, one.code, traced.inputs.today]),
    },
  ]);
}

function hashOf({ scope, key }: OnceKey): string {
  return sha256Hex(`${scope}\n${key}`);
}

/** Public name of a refused request: of its learner and its own; the letter tells it from the name of an entry. */
export function refusalId(learnerId: string, refusalKey: string): string {
  return `${learnerId}.r${refusalKey}`;
}

/** A refused request with its trace. */
export type RefusedConversion = Omit<RefusedConversionRow, 'trace'> & { traced: TracedDecision };

const COLUMNS = `learner_id as "learnerId", refusal_key as "refusalKey", decided_at as "decidedAt", asked_by as "askedBy",
  policy_version as "policyVersion", rule as "rule", code as "code", trace as "trace"`;

function toRefused({ trace, ...row }: RefusedConversionRow): RefusedConversion {
  return { ...row, traced: JSON.parse(trace) as TracedDecision };
}

/** The refused request that a public id names, or null. */
export async function findRefused(sql: Sql, conversionId: string): Promise<RefusedConversion | null> {
  const [learnerId = '', name = '', ...more] = conversionId.split('.');
  const key = name.slice(1);
  if (more.length > 0 || !isId(learnerId) || name[0] !== 'r' || !/^[0-9a-f]{32}$/.test(key)) return null;
  const [row] = await sql.rows<RefusedConversionRow>(
    `select ${COLUMNS} from refused_conversion where learner_id = ? and refusal_key = ?`,
    [learnerId, key],
  );
  return row ? toRefused(row) : null;
}

/** Where a list of a learner's refused requests goes on: behind this one. */
export type RefusedKey = [decidedAt: number, refusalKey: string];

/** Refused requests of a learner, newest first. */
export async function refusedOf(
  sql: Sql,
  learnerId: string,
  { after, limit }: { after: RefusedKey | null; limit: number },
): Promise<RefusedConversion[]> {
  const rows = await sql.rows<RefusedConversionRow>(
    `select ${COLUMNS} from refused_conversion where learner_id = ? and (decided_at, refusal_key) < (?, ?)
     order by decided_at desc, refusal_key desc limit ?`,
    [learnerId, ...(after ?? [Number.MAX_SAFE_INTEGER, '']), limit],
  );
  return rows.map(toRefused);
}

/** Refused requests of all learners in the order of their keys, for the audit. */
export async function refusedAfter(
  sql: Sql,
  after: [learnerId: string, refusalKey: string],
  limit: number,
): Promise<RefusedConversion[]> {
  const rows = await sql.rows<RefusedConversionRow>(
    `select ${COLUMNS} from refused_conversion where (learner_id, refusal_key) > (?, ?)
     order by learner_id, refusal_key limit ?`,
    [...after, limit],
  );
  return rows.map(toRefused);
}
