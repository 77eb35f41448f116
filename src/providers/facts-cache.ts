import type { Clock } from '../kernel/clock.js';
import type { Sql } from '../platform/database/sql.js';

/** Another process may change the catalogue: after this long its word is asked for again. */
const KEEP_MS = 5_000;
const MAX_ENTRIES = 50_000;

/** Facts by key, kept in memory for a moment. A hit costs no database read; what is not on record is never kept. */
export class FactsCache<T> {
  private readonly entries = new Map<string, { facts: T; until: number }>();
  private generation = 0;

  constructor(
    private readonly clock: Clock,
    private readonly keyOf: (facts: T) => string,
    private readonly read: (sql: Sql, keys: string[]) => Promise<T[]>,
  ) {}

  /** Facts of those keys that are on record; `sql` reads what is not in memory. */
  async many(sql: Sql, keys: Iterable<string>): Promise<Map<string, T>> {
    const now = this.clock.nowMs();
    const found = new Map<string, T>();
    const missing: string[] = [];
    for (const key of new Set(keys)) {
      const entry = this.entries.get(key);
      if (entry && entry.until > now) found.set(key, entry.facts);
      else missing.push(key);
    }
    if (missing.length === 0) return found;
    const { generation } = this;
    for (const facts of await this.read(sql, missing)) {
      found.set(this.keyOf(facts), facts);
      // What was read before a change must not outlive it.
      if (generation === this.generation) this.keep(this.keyOf(facts), facts, now + KEEP_MS);
    }
    return found;
  }

  /** Facts of one key, or null. */
  async one(sql: Sql, key: string): Promise<T | null> {
    const entry = this.entries.get(key);
    if (entry && entry.until > this.clock.nowMs()) return entry.facts;
    return (await this.many(sql, [key])).get(key) ?? null;
  }

  /** Forgets everything, also what is being read at this moment. */
  clear(): void {
    this.generation += 1;
    this.entries.clear();
  }

  private keep(key: string, facts: T, until: number): void {
    // Deleted first, so that the oldest entry is always the first one.
    this.entries.delete(key);
    if (this.entries.size >= MAX_ENTRIES) this.entries.delete(this.entries.keys().next().value!);
    this.entries.set(key, { facts, until });
  }
}
