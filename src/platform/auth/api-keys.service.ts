import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Refusal } from '../../kernel/refusal.js';
import { Reader } from '../database/data-sources.js';
import { Writer, type Transaction } from '../database/writer.js';
import { hashSecret, isSameHash, keyText, newSecret, parseKeyText, type ApiKey } from './api-key.js';
import type { Caller, Role } from './caller.js';

/** A revoked key is refused at once in this process and after this long in another one. */
const CACHE_MS = 5_000;
const CACHE_MAX = 10_000;

/** What a new key may do. */
export interface KeyGrant {
  role: Role;
  label: string;
  providerId?: string;
  learnerId?: string;
  /** Since when an expert has worked in their trade, `YYYY-MM-DD`; only for registrars. */
  expertSince?: string;
}

/** Issues, checks and revokes API keys. */
@Injectable()
export class ApiKeys {
  private readonly cache = new Map<string, { caller: Caller; until: number }>();
  private generation = 0;

  constructor(
    private readonly reader: Reader,
    private readonly writer: Writer,
    private readonly clock: Clock,
  ) {}

  /** The caller behind a key text, or null. Unknown, revoked and misspelt keys look the same. */
  async authenticate(text: string): Promise<Caller | null> {
    const parsed = parseKeyText(text);
    if (!parsed) return null;
    const hash = hashSecret(parsed.secret);
    const now = this.clock.nowMs();
    const cached = this.cache.get(hash);
    if (cached && cached.until > now && cached.caller.keyId === parsed.keyId) return cached.caller;
    const { generation } = this;
    const key = await this.reader.orm.findOneBy<ApiKey>('api_key', { keyId: parsed.keyId });
    if (!key || key.revokedAt !== null || !isSameHash(key.secretHash, hash)) return null;
    const { keyId, role, providerId, learnerId, expertSince } = key;
    const caller = { keyId, role, providerId, learnerId, expertSince };
    // What was read before a key ended must not outlive it.
    if (generation === this.generation) this.keep(hash, caller, now + CACHE_MS);
    return caller;
  }

  /** Makes a key; its text is in the answer and nowhere else. */
  async issue(grant: KeyGrant): Promise<{ keyId: string; key: string }> {
    return this.writer.write((transaction) => this.issueIn(transaction, grant));
  }

  /** The same inside a transaction that does more. */
  async issueIn(transaction: Transaction, grant: KeyGrant): Promise<{ keyId: string; key: string }> {
    const now = this.clock.nowMs();
    const keyId = newId(now);
    const secret = newSecret();
    const row: ApiKey = {
      keyId,
      secretHash: hashSecret(secret),
      role: grant.role,
      providerId: grant.providerId ?? null,
      learnerId: grant.learnerId ?? null,
      label: grant.label,
      createdAt: now,
      revokedAt: null,
      expertSince: grant.expertSince ?? null,
    };
    await transaction.orm.insert('api_key', row);
    return { keyId, key: keyText(keyId, secret) };
  }

  /** Ends a key. Refuses with `not-found` when there is none or it has ended before. */
  async revokeIn(transaction: Transaction, keyId: string): Promise<void> {
    const changed = await transaction.sql.run(
      'update api_key set revoked_at = ? where key_id = ? and revoked_at is null',
      [this.clock.nowMs(), keyId],
    );
    if (changed === 0) throw new Refusal('not-found');
  }

  /** Called after every commit that ended a key: forgets everything, also what is being read at this moment. */
  forget(): void {
    this.generation += 1;
    this.cache.clear();
  }

  private keep(hash: string, caller: Caller, until: number): void {
    if (this.cache.size >= CACHE_MAX) this.cache.clear();
    this.cache.set(hash, { caller, until });
  }
}
