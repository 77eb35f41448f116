import Database from 'better-sqlite3';
import { RowMaker, type BookRows } from './book-rows.js';
import type { SeededBank } from './seeded-bank.js';
import type { PlannedVisit } from './visit-plan.js';

const TABLES = [
  'learning_account',
  'journal_entry',
  'posting',
  'balance',
  'attendance',
  'session_seat',
  'idempotency_record',
  'audit_event',
] as const satisfies (keyof BookRows)[];

/** What to do where the row is already there: the bank changes only these. */
const UPSERTS: Partial<Record<keyof BookRows, string>> = {
  learning_account:
    'on conflict (learner_id) do update set version = excluded.version, lot_count = excluded.lot_count, recorded_at = excluded.recorded_at',
  balance: 'on conflict (learner_id, credit_type, bucket) do update set amount = excluded.amount',
  session_seat: 'on conflict (session_id) do update set taken = excluded.taken',
};

/** How a commit of the bare writer reaches the disk. */
export type Durability = 'FULL' | 'OFF';

/**
 * Writes rows of the book into a bank's own tables with the bare driver: prepared statements, one transaction a commit,
 * nothing read, nothing decided. With FULL this is the limit of what any bank on this driver could reach.
 */
export class BareWriter {
  private readonly database: Database.Database;
  private readonly statements: Record<keyof BookRows, Database.Statement<unknown[]>>;
  private readonly maker: RowMaker;

  constructor(bank: SeededBank, durability: Durability) {
    this.database = new Database(bank.file);
    // The bank's own settings (src/platform/database/data-sources.ts).
    this.database.pragma('journal_mode = WAL');
    this.database.pragma(`synchronous = ${durability}`);
    this.database.pragma('foreign_keys = ON');
    this.database.pragma('recursive_triggers = ON');
    this.database.pragma('wal_autocheckpoint = 16384');
    this.database.pragma('cache_size = -262144');
    this.maker = new RowMaker(bank);
    this.statements = Object.fromEntries(TABLES.map((table) => [table, this.insertInto(table)])) as Record<
      keyof BookRows,
      Database.Statement<unknown[]>
    >;
  }

  /** A statement with as many places as the table has columns: a column that is added breaks the benchmark at once. */
  private insertInto(table: keyof BookRows): Database.Statement<unknown[]> {
    const columns = this.database.prepare(`select count(*) from pragma_table_info('${table}')`).pluck().get() as number;
    const places = Array.from({ length: columns }, () => '?').join(', ');
    return this.database.prepare(`insert into ${table} values (${places}) ${UPSERTS[table] ?? ''}`);
  }

  /** Works out the rows of some commits, then writes them; only the writing is timed. Seconds. */
  write(commits: PlannedVisit[][], areSingleRequests: boolean): number {
    const rows = commits.map((visits) => this.maker.rowsOf(visits, areSingleRequests));
    const started = performance.now();
    for (const commit of rows) this.commit(commit);
    return (performance.now() - started) / 1000;
  }

  /** Attendances a second in commits of `size`, written for about `seconds`. */
  measure(visits: Iterator<PlannedVisit, never>, size: number, seconds: number, areSingleRequests: boolean): number {
    let written = 0;
    let spent = 0;
    while (spent < seconds) {
      const commits = Array.from({ length: Math.ceil(8_192 / size) }, () =>
        Array.from({ length: size }, () => visits.next().value),
      );
      spent += this.write(commits, areSingleRequests);
      written += commits.length * size;
    }
    return written / spent;
  }

  close(): void {
    this.database.pragma('wal_checkpoint(TRUNCATE)');
    this.database.close();
  }

  private commit(rows: BookRows): void {
    this.database.exec('begin immediate');
    for (const table of TABLES) {
      const statement = this.statements[table];
      for (const row of rows[table]) statement.run(row);
    }
    this.database.exec('commit');
  }
}
