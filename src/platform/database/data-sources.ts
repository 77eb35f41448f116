import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import { DataSource, type EntityManager, type MigrationInterface } from 'typeorm';
import { startCheckpointer } from './checkpointer.js';
import { entitySchema, type Dialect, type EntitySpec } from './columns.js';
import { PostgresSql, SqliteSql, type Sql, type StatementRunner } from './sql.js';
import { sqliteHandle } from './sqlite-handle.js';
import { PostgresWriter, SqliteWriter, type Writer } from './writer.js';

/** What the composition root tells the platform about the features' tables. */
export interface Schema {
  entities: EntitySpec<never>[];
  migrations: (new () => MigrationInterface)[];
}

/** Where the bank lives: a PostgreSQL address, or else one SQLite file. */
export interface DatabaseLocation {
  databaseUrl?: string;
  databaseFile: string;
  /** Connections per process on PostgreSQL. */
  poolSize?: number;
  /** Pages of SQLite's log at which it is copied into the file; tests make them few. */
  checkpointPages?: number;
}

/** The read side: never inside the writer's transaction, sees only what is committed. */
export class Reader {
  constructor(
    readonly sql: Sql,
    readonly orm: EntityManager,
  ) {}
}

/** An open bank file or server. */
export interface Database {
  dialect: Dialect;
  writer: Writer;
  reader: Reader;
  dataSource: DataSource;
  close(): Promise<void>;
}

// Amounts, seconds and epoch milliseconds stay below 2^53; without this, bigint columns come back as text.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** Pages (4 KiB) the log may gather before they are copied into the file; larger means fewer writes of the same page. */
const CHECKPOINT_PAGES = 16_384;
const PAGE_CACHE_KIB = 256 * 1024;

function prepareSqlite(database: BetterSqlite3.Database): void {
  database.pragma('journal_mode = WAL');
  // Set explicitly: with WAL the driver's own default is NORMAL, which loses acknowledged commits at a power cut.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  // Without this `insert or replace` deletes the old row past the trigger that makes a table append-only.
  database.pragma('recursive_triggers = ON');
  database.pragma(`cache_size = -${PAGE_CACHE_KIB}`);
}

/** Opens the bank and brings its schema up to date. Errors: whatever the database says, unchanged. */
export async function openDatabase(location: DatabaseLocation, schema: Schema): Promise<Database> {
  return location.databaseUrl
    ? openPostgres(location.databaseUrl, location.poolSize ?? 10, schema)
    : openSqlite(location.databaseFile, location.checkpointPages ?? CHECKPOINT_PAGES, schema);
}

async function openSqlite(file: string, checkpointPages: number, schema: Schema): Promise<Database> {
  mkdirSync(dirname(file), { recursive: true });
  const entities = schema.entities.map((spec) => entitySchema('sqlite', spec));
  const dataSource = new DataSource({
    type: 'better-sqlite3',
    database: file,
    entities,
    migrations: schema.migrations,
    migrationsTransactionMode: 'each',
    prepareDatabase: prepareSqlite,
    timeout: 10_000,
  });
  await dataSource.initialize();
  await dataSource.runMigrations();
  const readSource = new DataSource({
    type: 'better-sqlite3',
    database: file,
    entities,
    readonly: true,
    timeout: 10_000,
  });
  await readSource.initialize();
  const writer = new SqliteWriter(dataSource);
  const pauseWrites = (work: () => Promise<void>) => writer.pause(work);
  const checkpointer = startCheckpointer(sqliteHandle(dataSource), checkpointPages, pauseWrites);
  return {
    dialect: 'sqlite',
    dataSource,
    writer,
    reader: new Reader(new SqliteSql(sqliteHandle(readSource)), readSource.manager),
    close: async () => {
      await checkpointer.stop();
      await readSource.destroy();
      await dataSource.destroy();
    },
  };
}

async function openPostgres(url: string, poolSize: number, schema: Schema): Promise<Database> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    entities: schema.entities.map((spec) => entitySchema('postgres', spec)),
    migrations: schema.migrations,
    migrationsTransactionMode: 'each',
    poolSize,
  });
  await dataSource.initialize();
  await migratePostgres(dataSource);
  return {
    dialect: 'postgres',
    dataSource,
    writer: new PostgresWriter(dataSource),
    reader: new Reader(new PostgresSql(pooledRunner(dataSource)), dataSource.manager),
    close: () => dataSource.destroy(),
  };
}

/** Each read takes a connection from the pool for one statement. */
function pooledRunner(dataSource: DataSource): StatementRunner {
  return {
    async query(text, values, structured) {
      const runner = dataSource.createQueryRunner();
      try {
        return await runner.query(text, values, structured);
      } finally {
        await runner.release();
      }
    },
  };
}

/** Any number, the same in every process: two processes that start together must not migrate together. */
const MIGRATION_LOCK = 20130101;

async function migratePostgres(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations();
    await runner.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  } finally {
    await runner.release();
  }
}
