import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';

/** The two databases the bank runs on. */
export type Dialect = 'sqlite' | 'postgres';

/**
 * The whole column vocabulary, shared by migrations and entities so that both databases get one text:
 * `id` a UUID, `text` a string compared byte by byte, `int` a 64-bit integer (money-like amounts, seconds, epoch milliseconds).
 * A trailing `?` makes the column nullable.
 */
export type ColumnKind = 'id' | 'text' | 'int' | 'id?' | 'text?' | 'int?';

const SQL_TYPES: Record<Dialect, Record<'id' | 'text' | 'int', string>> = {
  sqlite: { id: 'text', text: 'text', int: 'integer' },
  postgres: { id: 'uuid', text: 'text collate "C"', int: 'bigint' },
};

function baseKind(kind: ColumnKind): 'id' | 'text' | 'int' {
  return kind.replace('?', '') as 'id' | 'text' | 'int';
}

/** SQL type with nullability, for migrations. */
export function columnSql(dialect: Dialect, kind: ColumnKind): string {
  return `${SQL_TYPES[dialect][baseKind(kind)]}${kind.endsWith('?') ? '' : ' not null'}`;
}

function columnOptions(dialect: Dialect, kind: ColumnKind, name: string, primary: boolean): EntitySchemaColumnOptions {
  const base = baseKind(kind);
  const nullable = kind.endsWith('?');
  if (dialect === 'sqlite') return { name, primary, nullable, type: base === 'int' ? 'integer' : 'text' };
  if (base === 'id') return { name, primary, nullable, type: 'uuid' };
  if (base === 'int') return { name, primary, nullable, type: 'bigint' };
  return { name, primary, nullable, type: 'text', collation: 'C' };
}

/** What an entity file says of its table. Properties are camelCase, columns snake_case (unquoted camelCase folds). */
export interface EntitySpec<T> {
  table: string;
  columns: Record<keyof T & string, ColumnKind>;
  primaryKey: (keyof T & string)[];
  indexes?: { name: string; columns: (keyof T & string)[]; unique?: boolean; where?: string }[];
  /** Constraint name → SQL expression, as the migration that made it says. */
  checks?: Record<string, string>;
}

/** `learnerId` → `learner_id`. */
export function snakeCase(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Entity of a table for one dialect. Entities read and check the schema; fixed SQL writes the book. */
export function entitySchema<T>(dialect: Dialect, spec: EntitySpec<T>): EntitySchema<T> {
  const columns = Object.fromEntries(
    Object.entries<ColumnKind>(spec.columns).map(([property, kind]) => [
      property,
      columnOptions(dialect, kind, snakeCase(property), spec.primaryKey.includes(property as keyof T & string)),
    ]),
  );
  return new EntitySchema<T>({
    name: spec.table,
    tableName: spec.table,
    columns: columns as never,
    indices: (spec.indexes ?? []).map(({ name, columns: on, unique, where }) => ({
      name,
      columns: on,
      unique: unique ?? false,
      where,
    })),
    checks: Object.entries(spec.checks ?? {}).map(([name, expression]) => ({ name, expression })),
  });
}
