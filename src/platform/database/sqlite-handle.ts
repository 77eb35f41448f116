import type BetterSqlite3 from 'better-sqlite3';
import type { DataSource } from 'typeorm';

/** The SQLite driver's own connection behind an open data source. TypeORM has it but does not type it. */
export function sqliteHandle(dataSource: DataSource): BetterSqlite3.Database {
  return (dataSource.driver as unknown as { databaseConnection: BetterSqlite3.Database }).databaseConnection;
}
