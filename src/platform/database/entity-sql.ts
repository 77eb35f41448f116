import { snakeCase, type EntitySpec } from './columns.js';
import type { Sql, SqlValue } from './sql.js';

/** Columns of a table (all, or those named) as a select list that gives the entity's own names. */
export function selectList<T>(spec: EntitySpec<T>, alias: string, properties = columnsOf(spec)): string {
  return properties.map((property) => `${alias}.${snakeCase(property)} as "${property}"`).join(', ');
}

function columnsOf<T>(spec: EntitySpec<T>): (keyof T & string)[] {
  return Object.keys(spec.columns) as (keyof T & string)[];
}

function valuesOf<T>(spec: EntitySpec<T>, row: T): SqlValue[] {
  return columnsOf(spec).map((property) => row[property] as SqlValue);
}

/** Inserts all rows; a key that is already there is an error of the database. */
export async function insertAll<T>(sql: Sql, spec: EntitySpec<T>, rows: T[]): Promise<void> {
  const columns = columnsOf(spec).map(snakeCase);
  await sql.insert(
    { table: spec.table, columns },
    rows.map((row) => valuesOf(spec, row)),
  );
}

/** Inserts a row unless one of its keys is taken; says which. Of any number of writers at once, one gets true. */
export async function insertIfNew<T>(sql: Sql, spec: EntitySpec<T>, row: T): Promise<boolean> {
  const columns = columnsOf(spec).map(snakeCase);
  const changed = await sql.run(
    `insert into ${spec.table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')}) on conflict do nothing`,
    valuesOf(spec, row),
  );
  return changed === 1;
}
