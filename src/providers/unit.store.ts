import type { Sql, SqlValue } from '../platform/database/sql.js';
import { pathOfCode } from './domain/unit-code.js';
import { selectList } from '../platform/database/entity-sql.js';
import { administrativeUnitEntity, type AdministrativeUnitRow } from './providers.entity.js';

const SELECT = `select ${selectList(administrativeUnitEntity, 'u')} from administrative_unit u`;

/** Level of a unit on record (1 city, 2 county, 3 street or town, 4 community or village), or null when there is none. */
export async function unitLevel(sql: Sql, code: string): Promise<number | null> {
  const rows = await sql.rows<{ level: number }>('select level from administrative_unit where code = ?', [code]);
  return rows[0]?.level ?? null;
}

/** True when an administrative unit of this code is on record. Reads inside the given transaction or connection. */
export async function unitExists(sql: Sql, code: string): Promise<boolean> {
  return (await unitLevel(sql, code)) !== null;
}

/** Those of the codes that are on record. */
export async function knownUnitCodes(sql: Sql, codes: Iterable<string>): Promise<Set<string>> {
  const rows = await sql.rowsByKeys<{ code: string }>(
    'select code from administrative_unit',
    ['code'],
    [...new Set(codes)].map((code) => [code]),
  );
  return new Set(rows.map(({ code }) => code));
}

/** A unit with all above it, from the city down; empty when there is no such unit. */
export async function unitPath(sql: Sql, code: string): Promise<AdministrativeUnitRow[]> {
  const rows = await sql.rowsByKeys<AdministrativeUnitRow>(
    SELECT,
    ['u.code'],
    pathOfCode(code).map((step) => [step]),
  );
  return rows.some((row) => row.code === code) ? rows.sort((a, b) => a.level - b.level) : [];
}

/** Units in order of code, after `after`, at most `count`. */
export async function listUnits(
  sql: Sql,
  filter: { parent?: string; level?: number; after?: string },
  count: number,
): Promise<AdministrativeUnitRow[]> {
  const conditions: [string, SqlValue | undefined][] = [
    ['u.parent_code = ?', filter.parent],
    ['u.level = ?', filter.level],
    ['u.code > ?', filter.after],
  ];
  const used = conditions.filter((condition): condition is [string, SqlValue] => condition[1] !== undefined);
  const where = used.length > 0 ? `where ${used.map(([text]) => text).join(' and ')}` : '';
  return sql.rows(`${SELECT} ${where} order by u.code limit ?`, [...used.map(([, value]) => value), count]);
}
