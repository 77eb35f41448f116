import { randomUUID } from 'node:crypto';
import { newId } from '../../src/kernel/ids.js';
import type { BookCommand, CommandKind, Outcome } from '../../src/ledger/book-command.js';
import { Committer } from '../../src/ledger/committer.js';
import type { Caller } from '../../src/platform/auth/caller.js';
import type { Dialect } from '../../src/platform/database/columns.js';
import { openDatabase, type Database, type DatabaseLocation } from '../../src/platform/database/data-sources.js';
import type { Sql } from '../../src/platform/database/sql.js';
import { Writer, type Transaction } from '../../src/platform/database/writer.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { SCHEMA } from '../../src/schema.js';
import { TestClock } from './clock.js';
import { newLocation } from './databases.js';
import { ATTEND, CreateSyntheticVisits1900000000000, type EntryAnswer } from './synthetic-commands.js';

/** The bank's schema with the table of the synthetic visit. */
const TEST_SCHEMA = { ...SCHEMA, migrations: [...SCHEMA.migrations, CreateSyntheticVisits1900000000000] };

/** Lanes as the application has them with a pool of ten. */
const POSTGRES_LANES = 5;

/** Who posts in these tests; the scope of its keys. */
export const CALLER: Caller = {
  keyId: '0190040a-7f80-7c60-9d7e-3f0b6a1c2d4e',
  role: 'registrar',
  providerId: null,
  learnerId: null,
};

/** A command under `key`, or under no key when it is null. The body hash is the input and the learner. */
export function command<Input, Facts, Answer>(
  kind: CommandKind<Input, Facts, Answer>,
  learnerId: string,
  input: Input,
  key: string | null = randomUUID(),
): BookCommand<Input, Facts, Answer> {
  const bodyHash = `${learnerId} ${JSON.stringify(input)}`;
  return {
    kind,
    learnerId,
    input,
    caller: CALLER,
    once: key === null ? undefined : { scope: CALLER.keyId, key, bodyHash },
  };
}

/** Passes writes on and counts them; while the gate is shut they wait. */
export class GatedWriter extends Writer {
  writes = 0;
  private gate: Promise<void> = Promise.resolve();
  private openGate: () => void = () => undefined;

  constructor(private readonly inner: Writer) {
    super();
  }

  get waiting(): number {
    return this.inner.waiting;
  }

  shut(): void {
    this.gate = new Promise((resolve) => (this.openGate = resolve));
  }

  open(): void {
    this.openGate();
  }

  async write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    this.writes += 1;
    await this.gate;
    return this.inner.write(work);
  }
}

/** A book with a committer of its own and a clock the test holds. */
export class TestBook {
  readonly writer: GatedWriter;
  readonly committer: Committer;
  readonly clock = new TestClock();

  private constructor(
    readonly location: DatabaseLocation,
    readonly database: Database,
    lanes: number,
    private readonly remove: () => Promise<void>,
  ) {
    this.writer = new GatedWriter(database.writer);
    this.committer = this.newCommitter(lanes);
  }

  /** A new, empty bank. */
  static async create(dialect: Dialect): Promise<TestBook> {
    const place = await newLocation(dialect);
    return TestBook.open(place.location, () => place.remove());
  }

  /** A bank that is already there; closing leaves it there. */
  static async open(
    location: DatabaseLocation,
    remove: () => Promise<void> = async () => undefined,
  ): Promise<TestBook> {
    const database = await openDatabase(location, TEST_SCHEMA);
    return new TestBook(location, database, location.databaseUrl ? POSTGRES_LANES : 1, remove);
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.remove();
  }

  /** Reads what is committed, on another connection than the writer's. */
  get sql(): Sql {
    return this.database.reader.sql;
  }

  /** Another committer on the same bank and clock. With one lane, what is submitted together is one batch. */
  newCommitter(lanes: number): Committer {
    return new Committer(this.writer, this.clock, new Metrics(), lanes);
  }

  /** Opens `count` active learning accounts, as the learners feature does. */
  async openAccounts(count: number): Promise<string[]> {
    const learnerIds = Array.from({ length: count }, () => newId(this.clock.nowMs()));
    await this.database.writer.write(({ sql }) =>
      sql.insert(
        { table: 'learning_account', columns: ['learner_id', 'status', 'version', 'lot_count', 'recorded_at'] },
        learnerIds.map((learnerId) => [learnerId, 'active', 0, 0, 0]),
      ),
    );
    return learnerIds;
  }

  async openAccount(): Promise<string> {
    const [learnerId] = await this.openAccounts(1);
    return learnerId!;
  }

  attend(learnerId: string, seconds: number, key?: string | null): Promise<Outcome<EntryAnswer>> {
    return this.committer.submit(command(ATTEND, learnerId, { seconds }, key));
  }

  /** Balance by `bucket:creditType` as stored. */
  async balances(learnerId: string): Promise<Record<string, number>> {
    const rows = await this.sql.rows<{ bucket: string; credit_type: string; amount: number }>(
      'select bucket, credit_type, amount from balance where learner_id = ?',
      [learnerId],
    );
    return Object.fromEntries(rows.map((row) => [`${row.bucket}:${row.credit_type}`, row.amount]));
  }

  /** How many entries each of these keys has. */
  async entriesByKey(keys: string[]): Promise<Map<string, number>> {
    const rows = await this.sql.rows<{ idempotency_key: string }>(
      'select idempotency_key from journal_entry where idempotency_key is not null',
    );
    const counts = new Map(keys.map((key) => [key, 0]));
    for (const { idempotency_key: key } of rows) {
      const count = counts.get(key);
      if (count !== undefined) counts.set(key, count + 1);
    }
    return counts;
  }
}
