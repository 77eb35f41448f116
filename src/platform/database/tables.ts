import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnSql, type ColumnKind, type Dialect } from './columns.js';

/** One table as a migration writes it down: one text for both databases. */
export interface TableText {
  table: string;
  columns: Record<string, ColumnKind>;
  primaryKey: string[];
  /** Constraint name → SQL expression valid in both databases. */
  checks?: Record<string, string>;
  /** Column → `table(column)`; only to small reference tables, so that learner-owned rows can be sharded. */
  references?: Record<string, string>;
  indexes?: { name: string; columns: string[]; unique?: boolean; where?: string }[];
  /** Adds triggers that refuse update, delete and truncate. */
  appendOnly?: boolean;
  /**
   * SQLite: rows lie in the order they came, with the key beside them, instead of in the order of the key. For long rows
   * under a random key that are never read in a row: then a commit's rows share pages.
   */
  inOrderOfArrival?: boolean;
}

/**
 * A migration that makes tables and nothing else. The bank only goes forward: what was written down stays, so going
 * back is restoring a backup.
 */
export abstract class TableMigration implements MigrationInterface {
  abstract readonly tables: TableText[];

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, this.tables);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('The bank is append-only: restore a backup instead of migrating down'));
  }
}

/** The dialect a migration runs on. */
function dialectOf(runner: QueryRunner): Dialect {
  return runner.connection.options.type === 'postgres' ? 'postgres' : 'sqlite';
}

/**
 * Creates the tables in order. SQLite tables are STRICT (text never hides in an integer column) and clustered by their key
 * unless they say otherwise.
 */
export async function createTables(runner: QueryRunner, tables: TableText[]): Promise<void> {
  const dialect = dialectOf(runner);
  for (const table of tables) for (const text of createTableSql(dialect, table)) await runner.query(text);
}

/** Adds a column to a table; it must be one that may be null, because the rows of before have nothing in it. */
export async function addColumn(
  runner: QueryRunner,
  table: string,
  column: string,
  kind: Extract<ColumnKind, `${string}?`>,
): Promise<void> {
  await runner.query(`alter table ${table} add column ${column} ${columnSql(dialectOf(runner), kind)}`);
}

function createTableSql(dialect: Dialect, spec: TableText): string[] {
  // Spelt the way TypeORM reads SQLite checks back, so that the schema difference test can compare them: upper case,
  // quoted names, and never last in the table.
  const lines = [
    ...Object.entries(spec.columns).map(([name, kind]) => `${name} ${columnSql(dialect, kind)}`),
    ...Object.entries(spec.checks ?? {}).map(([name, expression]) => `CONSTRAINT "${name}" CHECK (${expression})`),
    ...Object.entries(spec.references ?? {}).map(
      ([column, target]) => `constraint fk_${spec.table}_${column} foreign key (${column}) references ${target}`,
    ),
    `constraint pk_${spec.table} primary key (${spec.primaryKey.join(', ')})`,
  ];
  const clustered = spec.inOrderOfArrival ? '' : ', without rowid';
  const suffix = dialect === 'sqlite' ? ` strict${clustered}` : '';
  const indexes = (spec.indexes ?? []).map(
    ({ name, columns, unique, where }) =>
      `create ${unique ? 'unique ' : ''}index ${name} on ${spec.table} (${columns.join(', ')})${where ? ` where ${where}` : ''}`,
  );
  const guards = spec.appendOnly ? appendOnlySql(dialect, spec.table) : [];
  return [`create table ${spec.table} (${lines.join(', ')})${suffix}`, ...indexes, ...guards];
}

function appendOnlySql(dialect: Dialect, table: string): string[] {
  if (dialect === 'sqlite') {
    return ['update', 'delete'].map(
      (verb) =>
        `create trigger ${table}_no_${verb} before ${verb} on ${table} begin select raise(abort, '${table} is append-only'); end`,
    );
  }
  return [
    `create or replace function refuse_change() returns trigger language plpgsql as $$ begin raise exception '% is append-only', tg_table_name; end $$`,
    `create trigger ${table}_no_change before update or delete on ${table} for each row execute function refuse_change()`,
    `create trigger ${table}_no_truncate before truncate on ${table} for each statement execute function refuse_change()`,
  ];
}
