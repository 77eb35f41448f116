import type BetterSqlite3 from 'better-sqlite3';
import type { DataSource, EntityManager } from 'typeorm';
import { Refusal } from '../../kernel/refusal.js';
import { PostgresSql, SqliteSql, type Sql } from './sql.js';
import { sqliteHandle } from './sqlite-handle.js';

/** One open transaction. Nothing of it may be used after the work that received it has returned. */
export interface Transaction {
  sql: Sql;
  orm: EntityManager;
  /** Runs `work` so that a refusal undoes only `work` and comes back as a value; any other error undoes everything. */
  attempt<T>(work: () => Promise<T>): Promise<T | Refusal>;
}

/** The only way to write. `write` returns after the commit is on disk, or throws and nothing has happened. */
export abstract class Writer {
  abstract write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** How many callers wait for their turn, for the metrics. */
  abstract get waiting(): number;
}

/** Callers that may wait at once before further ones are refused with `overloaded`. */
const MAX_WAITING = 5_000;

/** True when a write failed because another process had just written the same key. */
export function isKeyClash(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? (error as { driverError?: { code?: string } }).driverError?.code;
  return code === '23505' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

async function attempt<T>(sql: Sql, work: () => Promise<T>): Promise<T | Refusal> {
  await sql.run('savepoint attempt');
  try {
    const result = await work();
    await sql.run('release savepoint attempt');
    return result;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await sql.run('rollback to savepoint attempt');
    await sql.run('release savepoint attempt');
    return error;
  }
}

/**
 * SQLite has one writer, and TypeORM on better-sqlite3 has one connection: two transactions at once erase each other's
 * acknowledged work (typeorm#1884, measured). So writers take turns, and between begin and commit nothing else runs on
 * this connection. `begin immediate` makes a second process wait instead of failing in the middle.
 */
export class SqliteWriter extends Writer {
  private turn: Promise<unknown> = Promise.resolve();
  private waitingCount = 0;
  private durabilityAsserted = false;
  private readonly sql: SqliteSql;
  private readonly database: BetterSqlite3.Database;

  constructor(private readonly dataSource: DataSource) {
    super();
    this.database = sqliteHandle(dataSource);
    this.sql = new SqliteSql(this.database);
  }

  get waiting(): number {
    return this.waitingCount;
  }

  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    if (this.waitingCount >= MAX_WAITING) return Promise.reject(new Refusal('overloaded', { retryAfterSeconds: 1 }));
    this.waitingCount += 1;
    const mine = this.turn.then(() => this.commit(work));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  /** Lets no transaction begin until the work is done. Reads go on. For the copying of the log, not for callers. */
  pause(work: () => Promise<void>): Promise<void> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async commit<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    this.waitingCount -= 1;
    const { sql } = this;
    try {
      this.database.exec('begin immediate');
      const result = await work({ sql, orm: this.dataSource.manager, attempt: (inner) => attempt(sql, inner) });
      this.database.exec('commit');
      if (!this.durabilityAsserted) this.assertDurable();
      return result;
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('rollback');
      throw translateSqliteError(error);
    }
  }

  /** The driver reads `synchronous` as 2 right after opening and 1 after the first write unless it was set explicitly. */
  private assertDurable(): void {
    const level = this.database.pragma('synchronous', { simple: true });
    const expected = this.database.memory ? level : 2;
    if (level !== expected)
      throw new Error(`SQLite synchronous is ${String(level)}, not FULL: acknowledged work could be lost`);
    this.durabilityAsserted = true;
  }
}

function translateSqliteError(error: unknown): unknown {
  const code = (error as { code?: string }).code ?? '';
  if (code === 'SQLITE_FULL') return new Refusal('storage-full', { retryAfterSeconds: 30 });
  if (code.startsWith('SQLITE_BUSY')) return new Refusal('overloaded', { retryAfterSeconds: 1 });
  return error;
}

/** Serialization failure and deadlock: the server undid everything, so doing it again is safe. */
const RETRYABLE = new Set(['40001', '40P01']);
const MAX_TRIES = 6;

/** PostgreSQL: every caller has its own transaction from the pool; the same keys make a retry safe. */
export class PostgresWriter extends Writer {
  private waitingCount = 0;

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  get waiting(): number {
    return this.waitingCount;
  }

  async write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    if (this.waitingCount >= MAX_WAITING) throw new Refusal('overloaded', { retryAfterSeconds: 1 });
    this.waitingCount += 1;
    try {
      for (let attempts = 1; ; attempts += 1) {
        try {
          return await this.commit(work);
        } catch (error) {
          const code = (error as { driverError?: { code?: string } }).driverError?.code ?? '';
          if (!RETRYABLE.has(code)) throw error;
          if (attempts === MAX_TRIES) throw new Refusal('overloaded', { retryAfterSeconds: 1 });
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempts));
        }
      }
    } finally {
      this.waitingCount -= 1;
    }
  }

  private async commit<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction();
      const sql = new PostgresSql(runner);
      const result = await work({ sql, orm: runner.manager, attempt: (inner) => attempt(sql, inner) });
      await runner.commitTransaction();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      throw error;
    } finally {
      await runner.release();
    }
  }
}
