import type { Sql, SqlValue } from '../platform/database/sql.js';
import type { CaseState } from './domain/case-states.js';
import { CASE_COLUMNS, type CaseRow } from './recognition.store.js';

/** Which cases a list asks for. */
export interface CaseFilter {
  learnerId?: string;
  providerId?: string;
  state?: CaseState;
  /** Only cases due before this day. */
  dueBefore?: string;
}

const NEVER_DUE = '9999-12-31';

/** Sort key of a case in lists: due first, then the older case. */
export function dueKey({ due_on, recognition_id }: CaseRow): [string, string] {
  return [due_on ?? NEVER_DUE, recognition_id];
}

/** Cases oldest due first, after a key; cases that are not due come last. Without steps and evidence. */
export async function listCases(
  sql: Sql,
  filter: CaseFilter,
  after: [string, string] | null,
  limit: number,
): Promise<CaseRow[]> {
  const conditions: [string, SqlValue[]][] = [];
  if (filter.learnerId !== undefined) conditions.push(['learner_id = ?', [filter.learnerId]]);
  if (filter.providerId !== undefined) conditions.push(['provider_id = ?', [filter.providerId]]);
  if (filter.state !== undefined) conditions.push(['state = ?', [filter.state]]);
  if (filter.dueBefore !== undefined) conditions.push(['due_on < ?', [filter.dueBefore]]);
  if (after) conditions.push([`(coalesce(due_on, '${NEVER_DUE}'), recognition_id) > (?, ?)`, after]);
  const where = conditions.length > 0 ? `where ${conditions.map(([text]) => text).join(' and ')}` : '';
  return sql.rows<CaseRow>(
    `select ${CASE_COLUMNS.join(', ')} from recognition ${where} order by coalesce(due_on, '${NEVER_DUE}'), recognition_id limit ?`,
    [...conditions.flatMap(([, values]) => values), limit],
  );
}
