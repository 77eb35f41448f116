import type { Sql } from '../platform/database/sql.js';
import type { ApprovalPeriod } from './domain/approval-period.js';
import { selectList } from '../platform/database/entity-sql.js';
import { providerEntity, type ProviderRow } from './providers.entity.js';

const SELECT = `select ${selectList(providerEntity, 'p')} from provider p`;

/** The provider of an id that is a UUID, or null. */
export async function readProvider(sql: Sql, providerId: string): Promise<ProviderRow | null> {
  return (await sql.rows<ProviderRow>(`${SELECT} where p.provider_id = ?`, [providerId]))[0] ?? null;
}

/** The same, held until the transaction ends. */
export async function lockProvider(sql: Sql, providerId: string): Promise<ProviderRow | null> {
  return (await sql.rowsByKeys<ProviderRow>(SELECT, ['p.provider_id'], [[providerId]], 'for update'))[0] ?? null;
}

/** Providers by code, those that are on record. */
export async function providersByCode(sql: Sql, codes: Iterable<string>): Promise<Map<string, ProviderRow>> {
  const keys = [...new Set(codes)].map((code) => [code]);
  const rows = await sql.rowsByKeys<ProviderRow>(SELECT, ['p.code'], keys);
  return new Map(rows.map((row) => [row.code, row]));
}

/** Providers in order of code, after `after`, at most `count`. */
export async function listProviders(sql: Sql, after: string | null, count: number): Promise<ProviderRow[]> {
  // Every code sorts after the empty text.
  return sql.rows(`${SELECT} where p.code > ? order by p.code limit ?`, [after ?? '', count]);
}

/** Puts another approval period in force. */
export async function setApproval(sql: Sql, providerId: string, { from, to }: ApprovalPeriod): Promise<void> {
  await sql.run('update provider set approved_from = ?, approved_to = ? where provider_id = ?', [from, to, providerId]);
}
