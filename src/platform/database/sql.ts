import type BetterSqlite3 from 'better-sqlite3';
import type { QueryResult } from 'typeorm';
import type { Dialect } from './columns.js';

/** What a column can hold. Integers only: no column holds a fraction. */
export type SqlValue = string | number | null;

/** Columns of a table written row by row, with what to do when the key is already there. */
export interface InsertTarget {
  table: string;
  columns: readonly string[];
  /** For example `on conflict (learner_id, bucket) do update set amount = excluded.amount`. */
  onConflict?: string;
  /** With `onConflict`: how many of the first columns are the key, so that one statement never names a row twice. */
  keyLength?: number;
}

/** Rows of an upsert with only the last one of each key: PostgreSQL refuses to touch a row twice in one statement. */
export function lastOfEachKey(target: InsertTarget, rows: SqlValue[][]): SqlValue[][] {
  const { keyLength } = target;
  if (keyLength === undefined) return rows;
  return [...new Map(rows.map((row) => [JSON.stringify(row.slice(0, keyLength)), row])).values()];
}

/**
 * The small SQL surface both databases share. Text uses `?` for parameters and lower-case keywords; results have
 * integers as numbers. All calls belong to the transaction (or read connection) the object came from.
 */
export interface Sql {
  readonly dialect: Dialect;
  /** All rows of a query. */
  rows<T>(text: string, values?: SqlValue[]): Promise<T[]>;
  /** Rows whose `keyColumns` equal any of `keys`; `text` ends before `where`, `suffix` follows (order, lock). */
  rowsByKeys<T>(text: string, keyColumns: readonly string[], keys: SqlValue[][], suffix?: string): Promise<T[]>;
  /** Runs a statement; the number of rows it changed. */
  run(text: string, values?: SqlValue[]): Promise<number>;
  /** Inserts all rows, set-based where the database likes it. */
  insert(target: InsertTarget, rows: SqlValue[][]): Promise<void>;
}

function insertHead(target: InsertTarget): string {
  return `insert into ${target.table} (${target.columns.join(', ')}) values `;
}

/**
 * A prepared query whose rows become objects here: the driver gives arrays, because setting one property after the other from
 * its side of the language costs about as much again as the query (two thousand rows of eight columns: 1.7 against 3.1 ms).
 */
class RowReader {
  private readonly names: string[];

  constructor(private readonly statement: BetterSqlite3.Statement<unknown[]>) {
    this.names = statement.columns().map(({ name }) => name);
    statement.raw();
  }

  /** Adds the rows to `found`. */
  read(values: SqlValue[], found: unknown[]): void {
    const { names } = this;
    for (const cells of this.statement.all(...values) as unknown[][]) {
      const row: Record<string, unknown> = {};
      for (let index = 0; index < names.length; index += 1) row[names[index]!] = cells[index];
      found.push(row);
    }
  }
}

/**
 * SQLite: prepared statements on the driver's own handle. A loop of prepared statements is faster here than one large
 * statement, because there is no round trip to save.
 */
export class SqliteSql implements Sql {
  readonly dialect = 'sqlite';
  private readonly statements = new Map<string, BetterSqlite3.Statement<unknown[]>>();
  private readonly queries = new Map<string, RowReader>();

  constructor(private readonly database: BetterSqlite3.Database) {}

  private statement(text: string): BetterSqlite3.Statement<unknown[]> {
    let statement = this.statements.get(text);
    if (!statement) {
      statement = this.database.prepare(text);
      this.statements.set(text, statement);
    }
    return statement;
  }

  private query(text: string): RowReader {
    let query = this.queries.get(text);
    if (!query) {
      query = new RowReader(this.database.prepare(text));
      this.queries.set(text, query);
    }
    return query;
  }

  async rows<T>(text: string, values: SqlValue[] = []): Promise<T[]> {
    const found: T[] = [];
    this.query(text).read(values, found);
    return found;
  }

  async rowsByKeys<T>(text: string, keyColumns: readonly string[], keys: SqlValue[][], suffix = ''): Promise<T[]> {
    const where = keyColumns.map((column) => `${column} = ?`).join(' and ');
    const query = this.query(`${text} where ${where} ${suffix.replace('for update', '')}`);
    const found: T[] = [];
    for (const key of keys) query.read(key, found);
    return found;
  }

  async run(text: string, values: SqlValue[] = []): Promise<number> {
    return this.statement(text).run(...values).changes;
  }

  async insert(target: InsertTarget, rows: SqlValue[][]): Promise<void> {
    if (rows.length === 0) return;
    const statement = this.statement(
      `${insertHead(target)}(${target.columns.map(() => '?').join(', ')}) ${target.onConflict ?? ''}`,
    );
    for (const row of rows) statement.run(...row);
  }
}

/** PostgreSQL's limit of parameters in one statement is 65,535; this stays well below and keeps plans cheap. */
const MAX_PARAMETERS = 20_000;

/**
 * Keys of several columns become one condition each in a tree that PostgreSQL walks down: ten thousand in one statement
 * are `stack depth limit exceeded`. Keys of one column are an array and have no such limit.
 */
const MAX_ROW_KEYS = 1_000;

/** What runs one statement on PostgreSQL: a transaction's query runner, or the pool. */
export interface StatementRunner {
  query(text: string, values: SqlValue[], structured: true): Promise<QueryResult>;
}

/** PostgreSQL: multi-row `values` (also the form a distributed PostgreSQL routes well), `?` rewritten to `$n`. */
export class PostgresSql implements Sql {
  readonly dialect = 'postgres';

  constructor(private readonly runner: StatementRunner) {}

  async rows<T>(text: string, values: SqlValue[] = []): Promise<T[]> {
    return (await this.runner.query(numbered(text), values, true)).records as T[];
  }

  async rowsByKeys<T>(text: string, keyColumns: readonly string[], keys: SqlValue[][], suffix = ''): Promise<T[]> {
    if (keys.length === 0) return [];
    const found: T[] = [];
    for (const part of chunks(keys, keyColumns.length === 1 ? MAX_PARAMETERS : MAX_ROW_KEYS)) {
      const list = part.map(() => `(${keyColumns.map(() => '?').join(', ')})`).join(', ');
      found.push(
        ...(await this.rows<T>(`${text} where (${keyColumns.join(', ')}) in (${list}) ${suffix}`, part.flat())),
      );
    }
    return found;
  }

  async run(text: string, values: SqlValue[] = []): Promise<number> {
    return (await this.runner.query(numbered(text), values, true)).affected ?? 0;
  }

  async insert(target: InsertTarget, rows: SqlValue[][]): Promise<void> {
    const width = target.columns.length;
    for (const part of chunks(rows, Math.floor(MAX_PARAMETERS / width))) {
      const list = part.map(() => `(${target.columns.map(() => '?').join(', ')})`).join(', ');
      await this.runner.query(numbered(`${insertHead(target)}${list} ${target.onConflict ?? ''}`), part.flat(), true);
    }
  }
}

function numbered(text: string): string {
  let index = 0;
  return text.replace(/\?/g, () => `$${++index}`);
}

function* chunks<T>(items: T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
